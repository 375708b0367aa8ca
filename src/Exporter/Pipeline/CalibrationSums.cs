namespace SFlow.Exporter.Pipeline;

/// <summary>What the flow samples of some ports estimate, and what the ports counted at the same time.</summary>
/// <param name="Estimated">Bytes by the samples.</param>
/// <param name="Counted">Bytes by the ports' own counters.</param>
/// <param name="Variance">That of the estimate, in bytes squared: the sum of r(r-1)l² over samples of l bytes taken 1 in r.</param>
/// <param name="Samples">Flow samples behind the estimate.</param>
internal readonly record struct CalibrationSums(double Estimated, double Counted, double Variance, long Samples)
{
    /// <summary>A ratio of fewer samples would be noise.</summary>
    private bool IsEnough => Samples >= EstimateError.FewestSamples && Counted > 0;

    /// <summary>Estimated bytes over counted ones, 1 when sampling is exact; null for too few samples.</summary>
    public double? Ratio => IsEnough ? Estimated / Counted : null;

    /// <summary>
    /// Half of the ratio's 95 % interval as sampling at random makes it, by the same rule as that of a series; 0 where every packet is
    /// sampled, null for too few samples.
    /// </summary>
    public double? Error => Ratio * EstimateError.Of(Estimated, Variance, (ulong)Samples).Share;

    public static CalibrationSums operator +(CalibrationSums a, CalibrationSums b) =>
        new(a.Estimated + b.Estimated, a.Counted + b.Counted, a.Variance + b.Variance, a.Samples + b.Samples);
}
