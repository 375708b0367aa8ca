using System.Globalization;

namespace SFlow.Exporter.Pipeline;

/// <summary>
/// 95 % confidence interval of an estimate, from random sampling alone: the true value lies within plus or minus this share of the estimate.
/// <c>docs/adr/0008-the-error-of-an-estimate.md</c> explains the formula.
/// </summary>
/// <param name="Share">Share of the estimate, 0 or more; null with too few samples.</param>
internal readonly record struct EstimateError(double? Share)
{
    /// <summary>Minimum samples for an interval.</summary>
    public const int FewestSamples = 30;

    /// <summary>97.5 % quantile of the normal distribution.</summary>
    private const double Quantile = 1.96;

    public const string TooFew = "too few";

    /// <param name="estimate">Estimated bytes or packets.</param>
    /// <param name="variance">Its estimated variance; 0 if every packet was sampled.</param>
    /// <param name="samples">Number of samples.</param>
    public static EstimateError Of(double estimate, double variance, ulong samples) =>
        samples == 0 ? new EstimateError(null)
        : variance <= 0 ? new EstimateError(0)
        : samples < FewestSamples ? new EstimateError(null)
        : new EstimateError(Math.Exp(Quantile * Math.Sqrt(variance) / estimate) - 1);

    /// <summary>"± 12 %" with two digits, rounded up; "too few" without an interval.</summary>
    public override string ToString()
    {
        if (Share is not double share) return TooFew;
        double percent = share * 100;
        if (percent == 0) return "± 0 %";
        double unit = Math.Pow(10, Math.Floor(Math.Log10(percent)) - 1);
        // Minus a small tolerance, so that 12 % stays 12 % in binary floating point.
        double rounded = Math.Ceiling((percent / unit) - 1e-9) * unit;
        int decimals = Math.Clamp(1 - (int)Math.Floor(Math.Log10(percent)), 0, 4);
        return $"± {Math.Round(rounded, decimals).ToString($"#,##0.{new string('#', decimals)}", CultureInfo.InvariantCulture)} %";
    }
}
