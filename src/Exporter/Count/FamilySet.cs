using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Count;

/// <summary>The families that the program counts, for all workers and readers.</summary>
internal sealed class FamilySet : IReadOnlyList<IFamily>
{
    private readonly Family[] families;
    private readonly Epochs epochs = new();
    private readonly Lock turn = new();

    public FamilySet(params Family[] families) => this.families = families;

    /// <summary>The families of a running exporter, each with its limit.</summary>
    /// <param name="names">Registries that give the keys their meaning.</param>
    /// <param name="options">Which families, with which limits and labels.</param>
    /// <param name="now">Birth of the remainders, in nanoseconds of Unix time.</param>
    /// <param name="places">GeoIP databases, if there are any.</param>
    /// <exception cref="SettingsException">The options name an unknown family or label.</exception>
    public static FamilySet Live(Registries names, CountOptions options, long now, IGeoIp? places = null)
    {
        FamilyChoice choice = FamilyChoice.Of(options, FamilyCatalogue.All);
        names.WorkloadNamespaces.Set(choice.WorkloadNamespaces, names.Namespaces);
        return new FamilySet([.. FamilyCatalogue.All.Where(choice.Has).Select(family => family.Make(names, choice.LimitsOf(family), now, places))]);
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

    public int Count => families.Length;

    public IFamily this[int index] => families[index];

    /// <summary>The stage of one more worker.</summary>
    public CountStage NewStage() => new(epochs.NewWorker(), [.. families.Select(family => family.NewShard())]);

    /// <summary>Decides anew which keys have a series. Does nothing while a worker is still in an earlier epoch.</summary>
    /// <param name="steadyNow">Nanoseconds of the steady clock.</param>
    /// <param name="now">Birth of new series, in nanoseconds of Unix time.</param>
    /// <returns>Whether it was done.</returns>
    public bool Balance(long steadyNow, long now)
    {
        lock (turn)
        {
            if (!epochs.IsReached()) return false;
            foreach (Family family in families) family.Balance(epochs.Current, steadyNow, now);
            epochs.Advance();
            return true;
        }
    }

    public IEnumerator<IFamily> GetEnumerator() => families.AsEnumerable<IFamily>().GetEnumerator();

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
}
