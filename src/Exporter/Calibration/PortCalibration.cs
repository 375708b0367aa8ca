using SFlow.Exporter.Agents;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Calibration;

/// <summary>
/// Owner of the ports of all agents and of their sums, shared by all workers. An agent has an entry from its first counter sample of a port on. The
/// entry goes when the agent was evicted.
/// </summary>
internal sealed class PortCalibration(AgentRegistry agents, AgentOptions options) : ICalibration, IUpkeep
{
    private readonly PortBudget budget = new(options);
    private readonly Lock changing = new();

    /// <summary>By the id of the agent.</summary>
    private volatile AgentPorts?[] entries = new AgentPorts?[64];

    public int Ports => budget.Taken;
    public int MaximumPorts => budget.Maximum;
    public long RefusedPorts => budget.Refused;

    /// <summary>Adds flow samples of one agent to the windows of its ports.</summary>
    public void Add(int agent, ReadOnlySpan<Flow> samples) => Find(agent)?.Add(samples);

    /// <summary>Takes the counters of a port.</summary>
    public void Turn(in CounterRecord counters)
    {
        Agent agent = agents[counters.Agent];
        (Find(agent.Id) ?? Begin(agent)).Turn(counters, agent.Restarts + agent.Conflicts);
    }

    public CalibrationSums Read(int agent, bool recent) => Find(agent)?.Read(recent) ?? default;

    public void Keep(long now)
    {
        AgentPorts?[] all = entries;
        for (int id = 0; id < all.Length; id++)
        {
            if (all[id] is not { } entry) continue;
            if (IsOf(entry, agents[id])) entry.Keep(now);
            else End(id);
        }
    }

    private AgentPorts? Find(int agent)
    {
        AgentPorts?[] all = entries;
        return (uint)agent < (uint)all.Length && all[agent] is { } entry && IsOf(entry, agents[agent]) ? entry : null;
    }

    /// <summary>The id of an evicted agent belongs to another one later.</summary>
    private static bool IsOf(AgentPorts entry, Agent agent) => ReferenceEquals(entry.Agent, agent) && !agent.IsEvicted;

    private AgentPorts Begin(Agent agent)
    {
        lock (changing)
        {
            if (Find(agent.Id) is { } begun) return begun;
            if (agent.Id < entries.Length) entries[agent.Id]?.Release();
            AgentPorts?[] all = entries;
            if (agent.Id >= all.Length) Array.Resize(ref all, Math.Max(agent.Id + 1, all.Length * 2));
            AgentPorts entry = new(agent, budget);
            all[agent.Id] = entry;
            entries = all;
            return entry;
        }
    }

    private void End(int id)
    {
        lock (changing)
        {
            if (entries[id] is not { } entry || IsOf(entry, agents[id])) return;
            entry.Release();
            entries[id] = null;
        }
    }
}
