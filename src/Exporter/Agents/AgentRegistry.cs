using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Agents;

/// <summary>The one registry of agents, shared by all workers; bounded, and closed to agents outside the allow-list.</summary>
internal sealed class AgentRegistry(AgentOptions options)
{
    private readonly Registry<Agent> agents = new();
    private readonly AgentTable table = new();
    private readonly Lock adding = new();
    private readonly Prefix[] allowed = Prefix.TryParseList(options.Allowed, out List<Prefix> prefixes, out string wrong)
        ? [.. prefixes]
        : throw new ArgumentException($"\"{wrong}\" is no CIDR", nameof(options));

    /// <summary>Ports of agents that are followed.</summary>
    public PortBudget Ports { get; } = new(options);
    public int Count => agents.Count;
    public int Maximum => options.Maximum;
    public Agent this[int id] => agents[id];

    /// <summary>Judges one datagram by agent and sequence: <see cref="DatagramOutcome.Ok"/>, Duplicate, AgentNotAllowed or TooManyAgents.</summary>
    public DatagramOutcome Observe(in DatagramIdentity datagram, in DatagramOrigin origin, out Agent? agent)
    {
        agent = table.Find(datagram.Agent, datagram.SubAgentId);
        if (agent is null)
        {
            if (!IsAllowed(datagram.Agent)) return DatagramOutcome.AgentNotAllowed;
            if (agents.Count >= options.Maximum) return DatagramOutcome.TooManyAgents;
            agent = Add(datagram.Agent, datagram.SubAgentId);
            if (agent is null) return DatagramOutcome.TooManyAgents;
        }
        return agent.Take(datagram, origin);
    }

    /// <summary>Counts as lost what has been missing for five seconds: before figures are shown.</summary>
    /// <param name="now">Nanoseconds of Unix time (or of the capture's time).</param>
    /// <param name="final">Nothing will come any more: all that is missing is lost.</param>
    public void Settle(long now, bool final)
    {
        for (int id = 0; id < agents.Count; id++) agents[id].Settle(now, final);
    }

    private bool IsAllowed(Address address)
    {
        if (allowed.Length == 0) return true;
        foreach (Prefix prefix in allowed)
            if (prefix.Contains(address)) return true;
        return false;
    }

    /// <summary>The agent that this or another worker adds; null when there is no room.</summary>
    private Agent? Add(Address address, uint subAgentId)
    {
        lock (adding)
        {
            Agent? agent = table.Find(address, subAgentId);
            if (agent is not null || agents.Count >= options.Maximum) return agent;
            agent = agents.Add(id => new Agent { Id = id, Address = address, SubAgentId = subAgentId, PortBudget = Ports });
            table.Add(agent);
            return agent;
        }
    }
}
