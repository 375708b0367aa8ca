using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Agents;

/// <summary>
/// The counters of the Open vSwitch behind one agent: records 0:2207 and 0:2203 of one counter sample. Several bridges are several sub-agents, and
/// Open vSwitch sends these records for one of them only. Guarded by the agent.
/// </summary>
internal sealed class OvsCounters
{
    private GrowingCounter hits, misses, lost, maskHits, userTime, systemTime;
    private CounterOrder order;
    private (uint, uint) source;
    private uint flows = uint.MaxValue, masks = uint.MaxValue;
    private ulong memory;

    /// <summary>The values as of now.</summary>
    public OvsFigures Figures => new(
        Of(hits), Of(misses), Of(lost), Of(maskHits), Of(flows), Of(masks), Of(userTime) / 1e3, Of(systemTime) / 1e3, memory is 0 or ulong.MaxValue ? null : memory);

    /// <summary>Takes a counter sample with record 0:2207.</summary>
    /// <param name="counters">The counter sample.</param>
    /// <param name="restarts">Restarts of the agent so far: its process, and maybe its datapath, started again.</param>
    public void Take(in CounterRecord counters, long restarts)
    {
        if (source != (counters.SourceIdType, counters.SourceIdIndex))
        {
            // Another data source has counters of its own.
            (source, order) = ((counters.SourceIdType, counters.SourceIdIndex), default);
            hits.Rebase(); misses.Rebase(); lost.Rebase(); maskHits.Rebase(); userTime.Rebase(); systemTime.Rebase();
        }
        if (!order.TryAdvance(counters, restarts, out bool restarted)) return;
        hits.Take(counters.OvsHits, !restarted);
        misses.Take(counters.OvsMisses, !restarted);
        lost.Take(counters.OvsLost, !restarted);
        maskHits.Take(counters.OvsMaskHits, !restarted);
        (flows, masks) = (counters.OvsFlows, counters.OvsMasks);
        if (!counters.HasResources) return;
        userTime.Take(counters.UserTime, !restarted);
        systemTime.Take(counters.SystemTime, !restarted);
        memory = counters.MemoryUsed;
    }

    private static double? Of(uint gauge) => gauge == uint.MaxValue ? null : gauge;

    private static double? Of(in GrowingCounter counter) => counter.IsKnown ? counter.Total : null;
}

/// <summary>Values of an Open vSwitch; null for what it does not send. Counters start at the first counter sample.</summary>
/// <param name="Hits">Packets that matched a flow of the datapath.</param>
/// <param name="Misses">Packets that matched none.</param>
/// <param name="Lost">Packets lost on the way to user space.</param>
/// <param name="MaskHits">Masks tried for all packets.</param>
/// <param name="Flows">Flows in the datapath.</param>
/// <param name="Masks">Masks in the datapath.</param>
/// <param name="UserSeconds">CPU time of ovs-vswitchd in user mode.</param>
/// <param name="SystemSeconds">CPU time of ovs-vswitchd in the kernel.</param>
/// <param name="Memory">Bytes of memory of ovs-vswitchd.</param>
internal readonly record struct OvsFigures(
    double? Hits, double? Misses, double? Lost, double? MaskHits, double? Flows, double? Masks, double? UserSeconds, double? SystemSeconds, double? Memory);
