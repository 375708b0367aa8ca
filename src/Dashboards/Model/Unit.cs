namespace SFlow.Dashboards.Model;

/// <summary>A unit, as each of the programs that draw calls it.</summary>
/// <param name="Grafana">Grafana's id; the OpenShift console uses the same.</param>
/// <param name="Perses">Perses' name.</param>
internal sealed record Unit(string Grafana, string Perses)
{
    public static Unit BytesPerSecond { get; } = new("Bps", "bytes/sec");
    public static Unit PacketsPerSecond { get; } = new("pps", "packets/sec");
    public static Unit PerSecond { get; } = new("suffix:/s", "ops/sec");
    public static Unit Bytes { get; } = new("decbytes", "decbytes");
    public static Unit Memory { get; } = new("bytes", "bytes");
    public static Unit Share { get; } = new("percentunit", "percent-decimal");
    public static Unit Seconds { get; } = new("s", "seconds");
    public static Unit Count { get; } = new("short", "decimal");
    public static Unit Whole { get; } = new("none", "decimal");
    public static Unit Money { get; } = new("currencyUSD", "usd");
    public static Unit Ratio { get; } = new("none", "decimal");
    public static Unit Text { get; } = new("none", "decimal");
}
