using SFlow.Exporter.Identify.Resources;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Identify;

/// <summary>Objects from so small a world that they collide all the time: shared addresses, missing owners, slices before their pods.</summary>
internal static class RandomObjects
{
    public static readonly string[] Kinds = ["Node", "ReplicaSet", "Job", "Service", "EndpointSlice", "Pod", "Namespace", "NetworkAttachmentDefinition"];
    public static readonly ushort[] Ports = [80, 443, 8080, 30080];

    public static IReadOnlyList<Address> Addresses { get; } =
        [.. Enumerable.Range(0, 40).Select(Pod), .. Enumerable.Range(0, 6).Select(Service), .. Enumerable.Range(0, 4).Select(Host), Cluster.Address("8.8.8.8"), Cluster.Address("fd01::5")];

    public static string KindOf(ObjectResource facts) => facts switch
    {
        PodResource => "Pod",
        NodeResource => "Node",
        ServiceResource => "Service",
        SliceResource => "EndpointSlice",
        NamespaceResource => "Namespace",
        NetworkResource network => network.Kind,
        OwnerResource owner => owner.Kind,
        _ => throw new ArgumentException("no such kind", nameof(facts)),
    };

    public static ObjectResource Next(Random random) => random.Next(12) switch
    {
        0 => Node(random),
        1 => new OwnerResource("ReplicaSet", Key(random, "rs", 5), random.Next(3) == 0 ? null : new Owner("Deployment", "d" + random.Next(3))),
        2 => new OwnerResource("Job", Key(random, "job", 3), random.Next(3) == 0 ? null : new Owner("CronJob", "c" + random.Next(3))),
        3 or 4 => new ServiceResource(Key(random, "svc", 4))
        {
            Addresses = new([.. Enumerable.Range(0, random.Next(3)).Select(_ => Service(random.Next(6))).Distinct().Select(address => new ServiceAddress(address, "cluster IP"))]),
            Ports = SomePorts(random),
        },
        5 or 6 => new SliceResource(Key(random, "slice", 6), random.Next(8) == 0 ? null : "svc" + random.Next(4))
        {
            Ends = new([.. Enumerable.Range(0, random.Next(5)).Select(_ => new SliceEnd(random.Next(6) == 0 ? Addresses[random.Next(Addresses.Count)] : Pod(random.Next(40))))]),
            Ports = SomePorts(random),
            Network = random.Next(4) == 0 ? "red_net" : null,
        },
        7 => new NamespaceResource(new ObjectKey("", "space" + random.Next(2))) { Created = random.Next(3), Deleted = random.Next(2) },
        8 => new NetworkResource("NetworkAttachmentDefinition", new ObjectKey("space" + random.Next(2), random.Next(2) == 0 ? "net" : "blue"))
        {
            Name = random.Next(4) == 0 ? null : random.Next(2) == 0 ? "red_net" : "green",
            Topology = NetworkTopology.Layer2,
            Primary = random.Next(2) == 0,
            Subnets = new(random.Next(2) == 0 ? [] : [Wide]),
        },
        _ => SomePod(random),
    };

    private static Prefix Wide { get; } = Prefix.TryParse("10.128.0.0/20", out Prefix prefix) ? prefix : default;

    private static string? Network(Random random) => random.Next(6) switch { 0 => "space0/net", 1 => "space1/net", 2 => "space0/blue", _ => null };

    private static PodResource SomePod(Random random)
    {
        bool hostNetwork = random.Next(8) == 0;
        Owner? controller = random.Next(3) switch { 0 => null, 1 => new Owner("ReplicaSet", "rs" + random.Next(5)), _ => new Owner("Job", "job" + random.Next(3)) };
        return new PodResource(Key(random, "pod", 30))
        {
            NodeName = random.Next(5) == 0 ? null : "node" + random.Next(4),
            Controller = controller,
            Presumed = controller,
            HostNetwork = hostNetwork,
            Live = random.Next(6) > 0,
            Addresses = new(hostNetwork ? [new PodAddress(Host(random.Next(4)))] : [.. Enumerable.Range(0, random.Next(4)).Select(_ => new PodAddress(Pod(random.Next(40)), Network(random))).DistinctBy(entry => entry.Address)]),
            Ports = SomePorts(random),
            Bad = random.Next(10) == 0 ? 1 : 0,
        };
    }

    private static NodeResource Node(Random random)
    {
        int index = random.Next(4);
        _ = Prefix.TryParse($"10.128.{index * 2}.0/23", out Prefix subnet);
        return new NodeResource(new ObjectKey("", "node" + index))
        {
            Zone = "zone" + random.Next(2),
            Subnets = new(random.Next(4) == 0 ? [] : [new NodeSubnet(subnet), .. random.Next(2) == 0 ? (NodeSubnet[])[] : [new NodeSubnet(random.Next(2) == 0 ? subnet : Wide, "red_net")]]),
            Networks = new(random.Next(2) == 0 ? [] : [new NetworkNumber("cluster_udn_blue", 3)]),
            Addresses = new([new NodeAddressFact(Host(random.Next(3)), false, "InternalIP")]),
        };
    }

    private static ValueList<NamedPort> SomePorts(Random random) => new([.. Enumerable.Range(0, random.Next(3))
        .Select(_ => new NamedPort(random.Next(2) == 0 ? "" : "web", 6, Ports[random.Next(3)], random.Next(3) == 0 ? Ports[3] : (ushort)0))]);

    private static ObjectKey Key(Random random, string prefix, int count) => new("space" + random.Next(2), prefix + random.Next(count));

    private static Address Pod(int index) => Cluster.Address($"10.128.{index % 4 * 2}.{index / 4 + 1}");

    private static Address Service(int index) => Cluster.Address($"172.30.0.{index + 1}");

    private static Address Host(int index) => Cluster.Address($"192.168.0.{index + 1}");
}
