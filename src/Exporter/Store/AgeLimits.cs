namespace SFlow.Exporter.Store;

/// <summary>Which records are too old. Times are nanoseconds of Unix time.</summary>
/// <param name="Cutoff">Records before this time.</param>
/// <param name="CutoffUpTo">The last position for which <paramref name="Cutoff"/> holds: records behind it were stamped by a clock in doubt.</param>
/// <param name="WrittenLongAgo">Records up to this position, if their time is after <paramref name="Now"/>.</param>
/// <param name="Now">The time.</param>
internal readonly record struct AgeLimits(long Cutoff, long CutoffUpTo, long WrittenLongAgo, long Now);
