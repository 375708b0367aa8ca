using SFlow.Exporter.Count.Families;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Count;

/// <summary>The families that the program counts, for all workers and readers.</summary>
internal sealed class FamilySet : IReadOnlyList<IFamily>
{
    /// <summary>A key without samples for some minutes leaves its place to others. Its rows in the history stay.</summary>
    private static readonly TimeSpan HistoryIdle = TimeSpan.FromMinutes(10);

    private readonly Family[] families, counted;
    private readonly Epochs epochs = new();
    private readonly Lock turn = new();

    public FamilySet(params Family[] families) => this.families = counted = families;

    private FamilySet(Family[] families, Family history)
    {
        this.families = families;
        counted = [.. families, history];
        History = history;
    }

    /// <summary>The families of a running exporter, each with its limit.</summary>
    /// <param name="names">Registries that give the keys their meaning.</param>
    /// <param name="options">Which families, with which limits and labels.</param>
    /// <param name="now">Birth of the remainders, in nanoseconds of Unix time.</param>
    /// <param name="places">GeoIP databases, if there are any.</param>
    /// <param name="historyKeys">Rows of a window of the history; 0 without a history.</param>
    /// <exception cref="SettingsException">The options name an unknown family or label.</exception>
    public static FamilySet Live(Registries names, CountOptions options, long now, IGeoIp? places = null, int historyKeys = 0)
    {
        FamilyChoice choice = FamilyChoice.Of(options, FamilyCatalogue.All);
        names.WorkloadNamespaces.Set(choice.WorkloadNamespaces, names.Namespaces);
        Family[] chosen = [.. FamilyCatalogue.All.Where(choice.Has).Select(family => family.Make(names, choice.LimitsOf(family), now, places))];
        return historyKeys == 0 ? new FamilySet(chosen) : new FamilySet(chosen, NewHistory(names, historyKeys, now));
    }

    /// <summary>The families of a command that reads a capture: without limits, because a capture ends.</summary>
    /// <param name="names">Registries that give the keys their meaning.</param>
    /// <param name="hasNodes">Whether the inventory has nodes.</param>
    /// <param name="detailed">Whether backends are counted too.</param>
    public static FamilySet OfCapture(Registries names, bool hasNodes, bool detailed)
    {
        bool IsCounted(FamilyCatalogue.Entry family) => family.Defaults.Captures switch
        {
            CaptureUse.Always => true,
            CaptureUse.WithNodes => hasNodes,
            CaptureUse.Detailed => detailed,
            _ => false,
        };
        return new([.. FamilyCatalogue.All.Where(IsCounted).Select(family => family.Make(names, FamilyLimits.None, 0, null))]);
    }

    /// <summary>What the history reads; it is no metric, so it is not among the others. Null without a history.</summary>
    public IFamily? History { get; }

    /// <summary>The family of the history.</summary>
    /// <param name="names">Registries that give the keys their meaning.</param>
    /// <param name="keys">Maximum keys that have sums of their own.</param>
    /// <param name="now">Birth of the remainder, in nanoseconds of Unix time.</param>
    public static Family<HistoryFamily> NewHistory(Registries names, int keys, long now) => new(names, new FamilyLimits(keys + SeriesSlots.First, HistoryIdle), now);

    public int Count => families.Length;

    public IFamily this[int index] => families[index];

    /// <summary>The stage of one more worker.</summary>
    public CountStage NewStage() => new(epochs.NewWorker(), [.. counted.Select(family => family.NewShard())]);

    /// <summary>Decides anew which keys have a series. Does nothing while a worker is still in an earlier epoch.</summary>
    /// <param name="steadyNow">Nanoseconds of the steady clock.</param>
    /// <param name="now">Birth of new series, in nanoseconds of Unix time.</param>
    /// <returns>Whether it was done.</returns>
    public bool Balance(long steadyNow, long now)
    {
        lock (turn)
        {
            if (!epochs.IsReached()) return false;
            foreach (Family family in counted) family.Balance(epochs.Current, steadyNow, now);
            epochs.Advance();
            return true;
        }
    }

    public IEnumerator<IFamily> GetEnumerator() => families.AsEnumerable<IFamily>().GetEnumerator();

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
}
