namespace SFlow.Dashboards.Kibana.Vega;

/// <summary>What charts sum, and how they write it.</summary>
/// <param name="Field">The field.</param>
/// <param name="Unit">Unit of a sum, behind a number with a decimal prefix.</param>
/// <param name="Factor">From the sum to what a rate shows a second.</param>
/// <param name="RateUnit">Unit of a rate.</param>
internal sealed record Amount(string Field, string Unit, int Factor, string RateUnit)
{
    public static Amount Bytes { get; } = new(RecordField.Bytes, "B", 8, "bit/s");
    public static Amount Packets { get; } = new(RecordField.Packets, "packets", 1, "packets/s");
    public static Amount Downloads { get; } = new(RecordField.AcknowledgedBytes, "B", 8, "bit/s");

    /// <summary>An expression of Vega that writes a sum: 12.3 MB.</summary>
    public string Text(string expression) => Number(expression, Unit);

    public string RateText(string expression) => Number(expression, RateUnit);

    /// <summary>Three digits, a blank, and the decimal prefix with its unit.</summary>
    private static string Number(string expression, string unit) => $"replace(format({expression}, '.3~s'), regexp('([a-zA-Zµ]?)$'), ' $1') + '{unit}'";
}
