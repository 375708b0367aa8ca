using System.Globalization;
using System.Text.Json.Serialization;

namespace SFlow.Compare;

/// <summary>One figure, measured a number of times.</summary>
/// <param name="Name">What was measured of whom.</param>
/// <param name="Unit">The figure's unit.</param>
/// <param name="Rounds">The figure of each round.</param>
internal sealed record Series(string Name, string Unit, List<double> Rounds)
{
    [JsonIgnore]
    public double Median
    {
        get
        {
            double[] sorted = [.. Rounds.Order()];
            int middle = sorted.Length / 2;
            return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        }
    }

    public static string Figure(double value) => Math.Abs(value) switch
    {
        0 => "0",
        < 20 => value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("N0", CultureInfo.InvariantCulture).Replace(',', ' '),
    };

    /// <summary>Median (least-most).</summary>
    public override string ToString() => $"{Figure(Median)} ({Figure(Rounds.Min())}-{Figure(Rounds.Max())})";
}
