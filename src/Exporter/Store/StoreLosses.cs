using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Store;

/// <summary>Records that were written and then lost with their file, until the sink has counted them.</summary>
internal sealed class StoreLosses
{
    private readonly List<(LossReason Reason, long Records)> waiting = [];

    public void Add(LossReason reason, long records)
    {
        if (records > 0) waiting.Add((reason, records));
    }

    public IReadOnlyList<(LossReason Reason, long Records)> Take()
    {
        if (waiting.Count == 0) return [];
        (LossReason, long)[] taken = [.. waiting];
        waiting.Clear();
        return taken;
    }
}
