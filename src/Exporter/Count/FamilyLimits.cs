namespace SFlow.Exporter.Count;

/// <summary>How large a family may become.</summary>
/// <param name="Series">Maximum series, including two of the remainder; <see cref="int.MaxValue"/> for none, as for captures.</param>
/// <param name="Idle">A series without a sample for this time moves to the remainder; zero for never.</param>
/// <param name="Labels">The labels in use; null for all.</param>
internal sealed record FamilyLimits(int Series, TimeSpan Idle = default, IReadOnlyList<string>? Labels = null)
{
    /// <summary>Captures end, so their series need no limit.</summary>
    public static readonly FamilyLimits None = new(int.MaxValue);

    /// <summary>The fewest series of a family that can have one besides its remainder.</summary>
    public const int Fewest = SeriesSlots.First + 1;
}
