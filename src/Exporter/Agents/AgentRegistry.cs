using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Agents;

/// <summary>What the header of a datagram says about its sender.</summary>
internal readonly record struct DatagramIdentity(Address Agent, uint SubAgentId, uint Sequence, uint UptimeMilliseconds, int Length);

/// <summary>The one registry of agents, shared by all workers.</summary>
internal sealed class AgentRegistry(AgentOptions options)
{
    private readonly Registry<Agent> agents = new();

    public int Count => agents.Count;
    public int Maximum => options.Maximum;
    public Agent this[int id] => agents[id];

    /// <summary>Turns gaps that have waited long enough into losses.</summary>
    public void Settle(long now, bool final) => _ = (agents.Count, now, final);

    /// <summary>Judges one datagram by agent and sequence: <see cref="DatagramOutcome.Ok"/>, Duplicate, AgentNotAllowed or TooManyAgents.</summary>
    public DatagramOutcome Observe(in DatagramIdentity datagram, in DatagramOrigin origin, out Agent? agent)
    {
        (Address address, uint subAgent) = (datagram.Agent, datagram.SubAgentId);
        Agent added = agents.Add(id => new Agent { Id = id, Address = address, SubAgentId = subAgent });
        agent = added;
        return DatagramOutcome.Ok;
    }
}
