using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Agents;

/// <summary>What is known of one agent (address and sub-agent); figures are written by receive workers and read by any scrape.</summary>
internal sealed class Agent
{
    private readonly AgentStreams streams = new();
    private readonly SamplingHistory sampling = new();
    private readonly BandwidthLimit bandwidth;
    private AgentInterfaces? interfaces;
    private OvsCounters? ovs;
    private Node? node;

    /// <summary>
    /// The kernel gives all datagrams of one sender and port to one worker. Yet two paths or two ports of one agent may reach two workers.
    /// </summary>
    private SpinGate gate;

    /// <param name="bytesPerSecond">The most that the agent can carry; 0 is no limit.</param>
    public Agent(double bytesPerSecond) => bandwidth = new BandwidthLimit(bytesPerSecond);

    public required int Id { get; init; }
    public required Address Address { get; init; }
    public required uint SubAgentId { get; init; }
    public required InterfaceSeats InterfaceSeats { get; init; }

    /// <summary>Datagrams taken, duplicates left out.</summary>
    public long Datagrams { get; internal set; }
    /// <summary>Datagrams that the sequence says were sent and that never came.</summary>
    public long Lost { get; internal set; }
    /// <summary>Lost datagrams as a share of all that the agent sent, from 0 to 1.</summary>
    public double LossShare => Lost == 0 ? 0 : (double)Lost / (Datagrams + Lost);
    public long Duplicates { get; internal set; }
    /// <summary>Datagrams that came out of order; no loss.</summary>
    public long Reordered { get; internal set; }
    /// <summary>Times that sequence and uptime began again.</summary>
    public long Restarts { get; internal set; }
    /// <summary>Datagrams whose sender took turns, within a minute, with another one that claims the same agent address.</summary>
    public long Conflicts { get; internal set; }
    public long FlowSamples { get; internal set; }
    public long CounterSamples { get; internal set; }
    /// <summary>Sampling rate of the newest flow sample; 0 when none came yet.</summary>
    public uint SamplingRate { get; internal set; }
    /// <summary>Arrival of the first datagram, nanoseconds of the steady clock, like all times here.</summary>
    public long FirstSeen { get; internal set; }
    /// <summary>Arrival of the newest datagram.</summary>
    public long LastSeen { get; internal set; }
    /// <summary>Arrival of the newest datagram with a flow sample, with a counter sample, and of the newest one that began a new life; 0 for never.</summary>
    public long LastFlowSample { get; internal set; }
    public long LastCounterSample { get; internal set; }
    public long LastRestart { get; internal set; }
    public Address Sender { get; internal set; }

    /// <summary>The counters above.</summary>
    public AgentFigures Figures => new(Datagrams, Lost, Duplicates, Reordered, Restarts, Conflicts, FlowSamples, CounterSamples);

    /// <summary>Which of the registry's bounds the agent is under.</summary>
    public Membership Membership { get; internal set; }

    /// <summary>The agent has metrics of its own; else it is part of those of all others.</summary>
    public bool HasOwnSeries { get; internal set; }

    /// <summary>What was counted while the agent was part of the others: no part of its own metrics.</summary>
    public AgentFigures Elsewhere { get; internal set; }

    /// <summary>It gave its place to another one and is known no more.</summary>
    public bool IsEvicted { get; internal set; }

    /// <summary>A node's agent that takes no place of others.</summary>
    internal bool IsSure { get; set; }

    /// <summary>Since when it is a stranger to the cluster; 0 where it is none.</summary>
    internal long StrangerSince { get; set; }

    /// <summary>The node whose agent this is, or null.</summary>
    public Node? Node => Volatile.Read(ref node);

    /// <summary>Index into <see cref="NodeRegistry"/> of <see cref="Node"/>, or -1.</summary>
    public int ObserverNode => Node?.Id ?? -1;

    /// <summary>The registry found its node, or that it has none.</summary>
    public void BelongTo(Node? home)
    {
        Volatile.Write(ref node, home);
        home?.Hear(LastSeen);
    }

    /// <summary>Judges and counts one datagram of this agent: <see cref="DatagramOutcome.Ok"/> or Duplicate.</summary>
    public DatagramOutcome Take(in DatagramIdentity datagram, in DatagramOrigin origin)
    {
        gate.Enter();
        DatagramOutcome outcome = streams.Take(datagram, origin, this);
        if (FirstSeen == 0) FirstSeen = origin.SteadyNanoseconds;
        LastSeen = Math.Max(LastSeen, origin.SteadyNanoseconds);
        if (outcome == DatagramOutcome.Ok)
        {
            Datagrams++;
            Sender = origin.Sender;
            Node?.Hear(LastSeen);
        }
        gate.Leave();
        return outcome;
    }

    /// <summary>Whether the sender is the one that the agent is known by, and no other one that claims its address.</summary>
    public bool IsKnownBy(Address sender) => streams.Owner == sender;

    /// <summary>Accepts sound samples of one moment, from the sender that the agent is known by. False if each has to be judged.</summary>
    /// <param name="samples">At least one sample.</param>
    /// <param name="bytes">The sum of their <see cref="BandwidthLimit.BytesOf"/>.</param>
    public bool TryAccept(ReadOnlySpan<Flow> samples, ulong bytes)
    {
        ref readonly Flow last = ref samples[^1];
        if (!sampling.TryAccept(samples) || !bandwidth.TryTake(bytes, trusted: true, last.SteadyNanoseconds)) return false;
        SamplingRate = last.SamplingRate;
        return true;
    }

    /// <summary>Why a flow sample of the agent, sound by itself, can't be true; <see cref="SampleFault.None"/> for nearly all.</summary>
    public SampleFault Judge(in Flow sample)
    {
        if (!sampling.IsPlausible(sample, sample.IsFromOwner, sample.SteadyNanoseconds)) return SampleFault.SamplingRateJump;
        if (!bandwidth.TryTake(BandwidthLimit.BytesOf(sample), sample.IsFromOwner, sample.SteadyNanoseconds)) return SampleFault.BandwidthTooHigh;
        SamplingRate = sample.SamplingRate;
        return SampleFault.None;
    }

    /// <summary>Counts the samples of one datagram, the newest that was taken.</summary>
    /// <param name="flows">Flow samples in it.</param>
    /// <param name="counters">Counter samples in it.</param>
    public void CountSamples(int flows, int counters)
    {
        gate.Enter();
        FlowSamples += flows;
        CounterSamples += counters;
        if (flows > 0) LastFlowSample = LastSeen;
        if (counters > 0) LastCounterSample = LastSeen;
        gate.Leave();
    }

    /// <summary>Takes counters of the switch or of an interface. An agent without metrics of its own has none of interfaces either.</summary>
    public void Count(in CounterRecord counters)
    {
        gate.Enter();
        if (counters.HasOvsDatapath && !IsEvicted) (ovs ??= new OvsCounters()).Take(counters, Restarts);
        if (counters.HasInterface && InterfaceSeats.IsEnabled && !IsEvicted && HasOwnSeries)
            (interfaces ??= new AgentInterfaces(InterfaceSeats)).Take(counters, Restarts);
        else if (!HasOwnSeries && interfaces is not null)
        {
            interfaces.Leave();
            interfaces = null;
        }
        gate.Leave();
    }

    /// <summary>A packet of a pod of the agent's node came in by an interface.</summary>
    public void SawPod(uint index, int endpoint, EndpointRegistry endpoints)
    {
        if (Volatile.Read(ref interfaces) is not { } known) return;
        gate.Enter();
        known.SawPod(index, endpoint, endpoints);
        gate.Leave();
    }

    /// <summary>The interfaces that have metrics of their own.</summary>
    public InterfaceTotals[] ReadInterfaces() => Volatile.Read(ref interfaces)?.Shown ?? [];

    /// <summary>The counters of the Open vSwitch; null for an agent that sends none.</summary>
    public OvsFigures? ReadOvs()
    {
        if (Volatile.Read(ref ovs) is not { } known) return null;
        gate.Enter();
        OvsFigures figures = known.Figures;
        gate.Leave();
        return figures;
    }

    /// <summary>Counts as lost what has been missing for five seconds at <paramref name="now"/> (nanoseconds), or all that is missing.</summary>
    public void Settle(long now, bool final)
    {
        gate.Enter();
        Lost += streams.Settle(now, final);
        if (!final) interfaces?.Tidy(now);
        gate.Leave();
    }

    /// <summary>Gives up the place; interfaces that were followed are free for others.</summary>
    internal void Release()
    {
        gate.Enter();
        IsEvicted = true;
        interfaces?.Leave();
        (interfaces, ovs) = (null, null);
        gate.Leave();
    }
}
