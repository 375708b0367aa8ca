namespace SFlow.Dashboards.Kibana.Vega;

/// <summary>What charts sum, and how they write it.</summary>
/// <param name="Field">The field.</param>
/// <param name="Unit">Unit of a sum, behind a number with a decimal prefix.</param>
/// <param name="Factor">From the sum to what a rate shows a second.</param>
/// <param name="RateUnit">Unit of a rate.</param>
internal sealed record Amount(string Field, string Unit, int Factor, string RateUnit)
{
    public static Amount Bytes { get; } = new(RecordField.Bytes, "B", 8, "bit/s");
    public static Amount Packets { get; } = new(RecordField.Packets, " packets", 1, "packets/s");
    public static Amount Downloads { get; } = new(RecordField.AcknowledgedBytes, "B", 8, "bit/s");

    /// <summary>An expression of Vega that writes a sum.</summary>
    public string Text(string expression) => $"format({expression}, '.3~s') + '{Unit}'";

    public string RateText(string expression) => $"format({expression}, '.3~s') + '{RateUnit}'";
}
