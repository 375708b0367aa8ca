using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Count;

/// <summary>How many intervals there were, and how many of them held the truth.</summary>
internal sealed class Coverage
{
    public int Intervals { get; private set; }
    public int Held { get; private set; }
    public int TooFew { get; private set; }
    public double Share => (double)Held / Intervals;

    public void Add(double truth, double estimate, EstimateError error)
    {
        if (error.Share is not double share)
        {
            TooFew++;
            return;
        }
        Intervals++;
        if (Math.Abs(estimate - truth) <= share * estimate) Held++;
    }

    public override string ToString() => $"{Held} of {Intervals} intervals hold the truth, {100 * Share:F1} % ({TooFew} too few)";
}
