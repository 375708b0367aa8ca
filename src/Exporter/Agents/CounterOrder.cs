using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Agents;

/// <summary>
/// The order of the counter samples of one data source. A sample that arrives late must not be read as a counter that fell.
/// </summary>
internal struct CounterOrder
{
    /// <summary>Milliseconds. A datagram that is later than this is not late, but of an agent whose uptime jumped.</summary>
    private const uint MostLate = 60_000;

    private uint uptime;
    private long restarts;
    private bool started;

    /// <summary>Whether the sample is newer than all before it.</summary>
    /// <param name="counters">The counter sample.</param>
    /// <param name="agentRestarts">Restarts of the agent so far.</param>
    /// <param name="restarted">Whether the agent restarted since the sample before.</param>
    public bool TryAdvance(in CounterRecord counters, long agentRestarts, out bool restarted)
    {
        restarted = started && agentRestarts != restarts;
        // Uptime wraps after 49 days, so the difference decides.
        if (started && !restarted && uptime - counters.UptimeMilliseconds is > 0 and < MostLate) return false;
        (uptime, restarts, started) = (counters.UptimeMilliseconds, agentRestarts, true);
        return true;
    }
}
