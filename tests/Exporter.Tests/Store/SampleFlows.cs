using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Store;

/// <summary>Random but repeatable records, with names of their own; positions in a store follow the order of making.</summary>
internal sealed class SampleFlows
{
    private static readonly byte[] Protocols = [1, 6, 6, 6, 17, 17, 47, 50, 58, 132, 200];

    private readonly Random random;
    private long nextTimestamp = 1_800_000_000_000_000_000;

    public SampleFlows(int? seed = null)
    {
        Seed = seed ?? Random.Shared.Next();
        random = new Random(Seed);
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {Seed}");
        for (int i = 0; i < 40; i++)
            Registries.Endpoints.Intern(new FlowEndpoint
            {
                Kind = i % 5 == 0 ? EndpointKind.Service : EndpointKind.Pod,
                Label = $"team-{i % 7}", Namespace = $"team-{i % 7}", Name = $"web-{i}",
                OwnerKind = i % 5 == 0 ? "Service" : "Deployment", OwnerName = $"web-{i / 3}",
                NodeName = $"node-{i % 3}", Zone = i % 2 == 0 ? "a" : null, Region = i % 3 == 0 ? "eu" : null,
            });
        Registries.Endpoints.Intern(new FlowEndpoint { Kind = EndpointKind.Internet, Label = ReservedLabels.Internet });
        Registries.Endpoints.Intern(new FlowEndpoint { Kind = EndpointKind.Node, Label = ReservedLabels.Node, Name = "node-1" });
        foreach (string service in new[] { "team-1/web-5:http", "team-1/web-5:metrics", "team-1/web-50:http", "@tcp/443", "@other" })
            Registries.Services.Intern(service);
        for (int i = 0; i < 3; i++) Registries.Nodes.Add(id => new Node(0) { Id = id, Name = $"node-{id}" });
    }

    public int Seed { get; }
    public Registries Registries { get; } = new();

    public Flow[] Make(int count) => [.. Enumerable.Range(0, count).Select(_ => Next())];

    /// <summary>A record with every field at random, but facts, addresses and ports as a decoder would have them.</summary>
    public Flow Next()
    {
        // Not in order, as two workers' batches are not.
        nextTimestamp += 50_000_000;
        bool ip = random.Next(10) != 0, isIPv6 = ip && random.Next(3) == 0;
        byte protocol = ip ? Protocols[random.Next(Protocols.Length)] : (byte)0;
        bool ports = protocol is 6 or 17 or 132 && random.Next(8) != 0;
        PacketFacts facts = PacketFacts.Ethernet;
        if (ip) facts |= isIPv6 ? PacketFacts.IPv6 : PacketFacts.IPv4;
        else facts |= PacketFacts.Arp;
        if (ports) facts |= PacketFacts.Ports;
        if (ports && protocol == 6) facts |= PacketFacts.Tcp;
        if (protocol is 1 or 58) facts |= PacketFacts.Icmp;
        if (random.Next(4) == 0) facts |= PacketFacts.TunnelIngress;
        return new Flow
        {
            TimestampNanoseconds = nextTimestamp + random.Next(2_000_000_000),
            IdHigh = Unsigned64(), IdLow = Unsigned64(),
            AgentAddress = Address.FromIPv4(0x0A80_0002u + 256u * (uint)random.Next(3)), Agent = random.Next(3), SubAgentId = (uint)random.Next(2),
            DatagramSequence = Unsigned32(), UptimeMilliseconds = Unsigned32(), SampleSequence = Unsigned32(), SampleFormat = Unsigned32(),
            SourceIdType = Unsigned32(), SourceIdIndex = Unsigned32(), SamplingRate = Unsigned32(), SamplePool = Unsigned32(), Drops = Unsigned32(),
            InputFormat = Unsigned32(), InputValue = Unsigned32(), OutputFormat = Unsigned32(), OutputValue = Unsigned32(),
            HeaderProtocol = Unsigned32(), FrameLength = (uint)random.Next(64, 65_600), Stripped = (uint)random.Next(0, 60),
            SourceMac = Unsigned64() >> 16, DestinationMac = Unsigned64() >> 16,
            VlanId = (ushort)random.Next(4096), InnerVlanId = (ushort)random.Next(2), EtherType = (ushort)random.Next(65_536),
            Facts = facts,
            Source = ip ? NextAddress(isIPv6) : Address.None, Destination = ip ? NextAddress(isIPv6) : Address.None,
            SourcePort = ports ? NextPort() : (ushort)0, DestinationPort = ports ? NextPort() : (ushort)0,
            Protocol = protocol, Ttl = Byte(), Tos = Byte(), TcpFlags = Byte(), IcmpType = Byte(), IcmpCode = Byte(),
            FragmentOffset = (ushort)random.Next(8192), IpLength = Unsigned32(), TcpSequence = Unsigned32(), TcpAcknowledgement = Unsigned32(), AcknowledgedBytes = Unsigned32(),
            TunnelVni = Unsigned32(), TunnelSource = Unsigned32(), TunnelDestination = Unsigned32(),
            Fault = random.Next(10) == 0 ? SampleFault.FrameTooLong : SampleFault.None,
            ObserverNode = random.Next(-1, 3),
            SourceEndpoint = random.Next(Registries.Endpoints.Count), DestinationEndpoint = random.Next(Registries.Endpoints.Count),
            SourceService = random.Next(Registries.Services.Count), DestinationService = random.Next(Registries.Services.Count),
            ServerService = random.Next(Registries.Services.Count),
            Observation = (Observation)random.Next(6), Counted = random.Next(2) == 0,
            Server = (ServerEnd)random.Next(3), ServerReason = (ServerReason)random.Next(Enum.GetValues<ServerReason>().Length), ServiceOrigin = (ServiceOrigin)random.Next(4),
        };
    }

    private Address NextAddress(bool isIPv6) => isIPv6
        ? new Address(0xFD01_0000_0000_0000 | (ulong)random.Next(4) << 16, (ulong)random.Next(1000))
        : Address.FromIPv4(0x0A80_0000u | (uint)random.Next(65_536));

    private ushort NextPort() => random.Next(3) == 0 ? (ushort)443 : (ushort)random.Next(1, 65_536);

    private uint Unsigned32() => (uint)random.NextInt64(0, 1L << 32);

    private ulong Unsigned64() => ((ulong)Unsigned32() << 32) | Unsigned32();

    private byte Byte() => (byte)random.Next(256);
}
