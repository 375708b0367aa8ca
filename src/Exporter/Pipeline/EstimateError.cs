using System.Globalization;

namespace SFlow.Exporter.Pipeline;

/// <summary>
/// How far an estimate may be off: the truth is within plus or minus this share of it with a probability of 95 %, as far as sampling alone is
/// concerned. <c>docs/adr/0008-the-error-of-an-estimate.md</c> says why it is this interval.
/// </summary>
/// <param name="Share">Of the estimate, from 0 up; null where there are too few samples to tell.</param>
internal readonly record struct EstimateError(double? Share)
{
    /// <summary>Below so many samples nothing is claimed.</summary>
    public const int FewestSamples = 30;

    /// <summary>Quantile of the normal distribution that leaves 2.5 % on either side.</summary>
    private const double Quantile = 1.96;

    public const string TooFew = "too few";

    /// <param name="estimate">Estimated bytes or packets.</param>
    /// <param name="variance">Its estimated variance; 0 when every packet was sampled, and then nothing is uncertain.</param>
    /// <param name="samples">Samples behind it.</param>
    public static EstimateError Of(double estimate, double variance, ulong samples) =>
        samples == 0 ? new EstimateError(null)
        : variance <= 0 ? new EstimateError(0)
        : samples < FewestSamples ? new EstimateError(null)
        : new EstimateError(Math.Exp(Quantile * Math.Sqrt(variance) / estimate) - 1);

    /// <summary>"± 12 %" in two figures, rounded up; "too few" where nothing is claimed.</summary>
    public override string ToString()
    {
        if (Share is not double share) return TooFew;
        double percent = share * 100;
        if (percent == 0) return "± 0 %";
        double unit = Math.Pow(10, Math.Floor(Math.Log10(percent)) - 1);
        // A hair less, so that 12 % stays 12 % in binary numbers.
        double rounded = Math.Ceiling((percent / unit) - 1e-9) * unit;
        int decimals = Math.Clamp(1 - (int)Math.Floor(Math.Log10(percent)), 0, 4);
        return $"± {Math.Round(rounded, decimals).ToString($"#,##0.{new string('#', decimals)}", CultureInfo.InvariantCulture)} %";
    }
}
