using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Agents;

/// <summary>
/// The one registry of agents, shared by all workers. The first agent of each address of a node always gets in; everybody else is bounded, group by
/// group, and gives way after a silence. With a cluster known, strangers are refused unless the allow-list says otherwise. It alone says which node an
/// agent belongs to.
/// </summary>
internal sealed class AgentRegistry : IUpkeep
{
    /// <summary>An agent that is silent for longer gives its place to others when there is none left: ten counter intervals.</summary>
    private const long Idle = 300 * UnixTime.Second;

    private readonly AgentOptions options;
    private readonly IClusterNodes? cluster;
    private readonly AgentTable table = new();
    private readonly AgentSeats seats;
    private readonly StrangerRule strangers;
    private readonly Lock changing = new();
    private volatile Agent[] agents = new Agent[64];
    private volatile int count, known;
    private long swept = long.MinValue / 2;

    /// <param name="options">Bounds and allow-list.</param>
    /// <param name="cluster">The nodes of the cluster; null where nodes and strangers are not distinguished.</param>
    /// <param name="wholeCapture">A capture is read: strangers are not refused.</param>
    public AgentRegistry(AgentOptions options, IClusterNodes? cluster = null, bool wholeCapture = false)
    {
        (this.options, this.cluster) = (options, cluster);
        seats = new AgentSeats(options, cluster);
        strangers = new StrangerRule(options, cluster, wholeCapture);
        Interfaces = new InterfaceSeats(options);
        cluster?.Watch(Locate);
    }

    /// <summary>Interfaces of agents, for their metrics.</summary>
    public InterfaceSeats Interfaces { get; }
    /// <summary>Ids that were given: evicted agents keep theirs until another one takes it.</summary>
    public int Count => count;
    /// <summary>Agents that are known now.</summary>
    public int Known => known;
    public int Maximum => options.Maximum;
    public Agent this[int id] => agents[id];

    /// <summary>Judges one datagram by agent and sequence: <see cref="DatagramOutcome.Ok"/>, Duplicate, AgentNotAllowed or TooManyAgents.</summary>
    public DatagramOutcome Observe(in DatagramIdentity datagram, in DatagramOrigin origin, out Agent? agent)
    {
        agent = table.Find(datagram.Agent, datagram.SubAgentId, out int ofAddress);
        if (agent is null)
        {
            DatagramOutcome refusal = Admit(datagram, origin.SteadyNanoseconds, ofAddress, out agent);
            if (agent is null) return refusal;
        }
        else if (agent.Node is null && strangers.Refuses(agent, origin.SteadyNanoseconds)) return DatagramOutcome.AgentNotAllowed;
        return agent.Take(datagram, origin);
    }

    public void Keep(long now) => Settle(now, final: false);

    /// <summary>Counts as lost what has been missing for five seconds, and gives each agent its group.</summary>
    /// <param name="now">Nanoseconds of the steady clock (or of the capture's time).</param>
    /// <param name="final">Nothing will come any more: all that is missing is lost.</param>
    public void Settle(long now, bool final)
    {
        for (int id = 0; id < count; id++) agents[id].Settle(now, final);
        lock (changing) seats.Assign(agents.AsSpan(0, count), strangers);
    }

    /// <summary>What all agents without metrics of their own sent, those that are gone included; null where there never were any.</summary>
    public AgentFigures? ReadOthers()
    {
        lock (changing) return seats.ReadOthers(agents.AsSpan(0, count));
    }

    /// <summary>The cluster changed: looks up the node of each agent, and gives it its group.</summary>
    private void Locate()
    {
        lock (changing)
        {
            Span<Agent> all = agents.AsSpan(0, count);
            foreach (Agent agent in all)
                if (!agent.IsEvicted) agent.BelongTo(cluster!.Find(agent.Address));
            seats.Assign(all, strangers);
        }
    }

    private DatagramOutcome Admit(in DatagramIdentity datagram, long now, int ofAddress, out Agent? agent)
    {
        agent = null;
        Node? node = cluster?.Find(datagram.Agent);
        Membership group = strangers.GroupOf(datagram.Agent, node);
        if (!strangers.MayEnter(datagram.Agent, group)) return DatagramOutcome.AgentNotAllowed;
        // A node's first agent, and the one that OVN-Kubernetes has, need no place.
        bool isSure = group == Membership.Node && (ofAddress == 0 || datagram.SubAgentId == 0);
        bool mayMakeRoom = Math.Abs(now - Volatile.Read(ref swept)) >= UnixTime.Second;
        if (!HasRoom(group, isSure, datagram.SubAgentId, ofAddress) && !mayMakeRoom) return DatagramOutcome.TooManyAgents;
        lock (changing)
        {
            agent = table.Find(datagram.Agent, datagram.SubAgentId, out ofAddress);
            if (agent is not null) return DatagramOutcome.Ok;
            if (!HasRoom(group, isSure, datagram.SubAgentId, ofAddress))
            {
                if (mayMakeRoom) MakeRoom(now);
                table.Find(datagram.Agent, datagram.SubAgentId, out ofAddress);
                if (!HasRoom(group, isSure, datagram.SubAgentId, ofAddress)) return DatagramOutcome.TooManyAgents;
            }
            // Another book may be current by now, and its agents located.
            agent = Add(datagram, group, cluster?.Find(datagram.Agent), isSure);
        }
        return DatagramOutcome.Ok;
    }

    private bool HasRoom(Membership group, bool isSure, uint subAgent, int ofAddress) =>
        (isSure || seats.Taken(group) < options.Maximum) && (subAgent == 0 || ofAddress < options.MaximumSubAgents);

    private Agent Add(in DatagramIdentity datagram, Membership group, Node? node, bool isSure)
    {
        Agent[] all = agents;
        int id = known < count ? Array.FindIndex(all, 0, count, one => one.IsEvicted) : count;
        Agent agent = new(options.MaximumBandwidth / 8.0) { Id = id, Address = datagram.Agent, SubAgentId = datagram.SubAgentId, InterfaceSeats = Interfaces, Membership = group };
        agent.BelongTo(node);
        if (id == all.Length) Array.Resize(ref all, id * 2);
        all[id] = agent;
        agents = all;
        if (id == count) count = id + 1;
        known++;
        seats.Give(agent, isSure);
        if (node is not null) strangers.Learn(datagram.Agent);
        table.Add(agent);
        return agent;
    }

    /// <summary>Evicts who is silent, nodes aside: they are missed.</summary>
    private void MakeRoom(long now)
    {
        Volatile.Write(ref swept, now);
        Span<Agent> all = agents.AsSpan(0, count);
        seats.Assign(all, strangers);
        foreach (Agent agent in all)
        {
            if (agent.IsEvicted || agent.IsSure || now - agent.LastSeen < Idle) continue;
            agent.Release();
            seats.TakeBack(agent);
            known--;
        }
        table.Rebuild(all);
    }
}
