using SFlow.Exporter.Agents;
using SFlow.Exporter.Decode;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.Agents;

/// <summary>Datagrams with counter samples, from the wire to what the agent knows.</summary>
internal sealed class CounterWire
{
    public const string Agent = "10.128.0.2", Sender = "192.168.100.11";

    private readonly DatagramDecoder decoder;
    private readonly long start;
    private readonly Dictionary<(string, uint), (uint Sequence, double Boot)> senders = [];

    /// <param name="agents">Their registry; one of its own by default.</param>
    /// <param name="registries">Where endpoints are.</param>
    /// <param name="start">Second 0, nanoseconds of the steady clock.</param>
    public CounterWire(AgentRegistry? agents = null, Registries? registries = null, long? start = null)
    {
        this.start = start ?? Heard.At(0);
        Agents = agents ?? new AgentRegistry(new AgentOptions { InterfaceMetrics = true });
        WorkerCounters worker = new();
        CounterStage stage = new(Agents, (registries ?? new Registries()).Endpoints);
        decoder = new DatagramDecoder(Agents, worker, new StageSequence([new PlausibilityStage(Agents, worker)]), [stage], new CountOptions(), kept: false);
    }

    public AgentRegistry Agents { get; }

    public Agent this[string address, uint subAgent = 0] =>
        Enumerable.Range(0, Agents.Count).Select(id => Agents[id]).Single(agent => (agent.Address.ToString(), agent.SubAgentId, agent.IsEvicted) == (address, subAgent, false));

    /// <summary>Hits, misses, lost, mask hits, flows, masks; then milliseconds of CPU and bytes of memory.</summary>
    public void Ovs(double second, uint[] datapath, uint user = 0, uint system = 0, ulong memory = 0, string agent = Agent, uint subAgent = 0, string sender = Sender, bool restart = false, (uint Sequence, double Second)? late = null) =>
        Take(new CounterSampleBuilder { Source = (2, 1000 + subAgent) }
            .Add(2203, [.. DatagramBuilder.Words(user, system), .. DatagramBuilder.Long(memory), .. DatagramBuilder.Long(0), .. DatagramBuilder.Words(0, 0, 0, 0)])
            .Add(2207, DatagramBuilder.Words(datapath)), second, agent, subAgent, sender, restart, late);

    /// <summary>Bytes in and out, packets in and out; other counters are all ones or nothing.</summary>
    public void Interface(double second, uint index, string? name, ulong bytesIn, ulong bytesOut, uint packetsIn = 0, uint packetsOut = 0, string agent = Agent, uint subAgent = 0, string sender = Sender, bool restart = false)
    {
        CounterSampleBuilder sample = new() { Source = (0, index) };
        if (name is not null) sample.Add(1005, DatagramBuilder.Opaque(System.Text.Encoding.Latin1.GetBytes(name)));
        Take(sample.Add(1, InterfaceRecord(index, bytesIn, bytesOut, packetsIn, packetsOut)), second, agent, subAgent, sender, restart);
    }

    public static byte[] InterfaceRecord(uint index, ulong bytesIn, ulong bytesOut, uint packetsIn, uint packetsOut) =>
    [
        .. DatagramBuilder.Words(index, 6), .. DatagramBuilder.Long(10_000_000_000), .. DatagramBuilder.Words(1, 3),
        .. DatagramBuilder.Long(bytesIn), .. DatagramBuilder.Words(packetsIn, 0, uint.MaxValue, 0, 0, uint.MaxValue),
        .. DatagramBuilder.Long(bytesOut), .. DatagramBuilder.Words(packetsOut, uint.MaxValue, uint.MaxValue, 0, 0, 0),
    ];

    /// <param name="late">Sequence number and second of a datagram that was sent earlier.</param>
    private void Take(CounterSampleBuilder sample, double second, string agent, uint subAgent, string sender, bool restart, (uint Sequence, double Second)? late = null)
    {
        if (!senders.TryGetValue((agent, subAgent), out (uint Sequence, double Boot) last)) last.Boot = -1_000;
        if (restart) last = (0, second - 0.001);
        last.Sequence++;
        if (late is null) senders[(agent, subAgent)] = last;
        DatagramBuilder datagram = new()
        {
            Agent = System.Net.IPAddress.Parse(agent), SubAgentId = subAgent, Sequence = late?.Sequence ?? last.Sequence,
            Uptime = (uint)(((late?.Second ?? second) - last.Boot) * 1_000),
        };
        decoder.Take(datagram.Add(sample).Build(), new DatagramOrigin(start + (long)(second * 1e9), Heard.Parse(sender), 40_000));
    }

    /// <summary>Leaves out one sequence number, for a datagram that comes late.</summary>
    public uint Skip(string agent = Agent)
    {
        (uint sequence, double boot) = senders[(agent, 0)];
        senders[(agent, 0)] = (sequence + 1, boot);
        return sequence + 1;
    }
}
