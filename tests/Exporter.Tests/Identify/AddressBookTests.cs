using SFlow.Exporter.Identify;
using SFlow.Exporter.Pipeline;


namespace SFlow.Exporter.Tests.Identify;

public sealed class AddressBookTests
{
    private readonly Registries names = new();

    [Theory]
    [InlineData("10.128.0.5", "shop")]
    [InlineData("fd01:0:0:1::5", "shop")]
    [InlineData("172.30.1.1", "shop")]
    [InlineData("203.0.113.9", "shop")]
    [InlineData("172.30.0.1", "default")]
    [InlineData("192.168.100.11", "@node")]
    [InlineData("192.168.100.101", "@node")]
    [InlineData("192.168.100.1", "@private")]
    [InlineData("10.128.0.2", "@node")]
    [InlineData("fd01:0:0:1::2", "@node")]
    [InlineData("10.128.2.2", "@node")]
    [InlineData("10.128.0.1", "@ovn")]
    [InlineData("100.64.0.2", "@ovn")]
    [InlineData("100.64.9.9", "@ovn")]
    [InlineData("100.88.0.3", "@ovn")]
    [InlineData("100.65.3.7", "@ovn")]
    [InlineData("fd99::77", "@ovn")]
    [InlineData("100.66.0.1", "@private")]
    [InlineData("169.254.0.4", "@ovn")]
    [InlineData("169.254.200.4", "@link")]
    [InlineData("fd69::5", "@ovn")]
    [InlineData("10.128.0.77", "@unknown")]
    [InlineData("10.128.2.8", "@unknown")]
    [InlineData("10.200.0.1", "@unknown")]
    [InlineData("224.0.0.251", "@multicast")]
    [InlineData("255.255.255.255", "@multicast")]
    [InlineData("ff02::1", "@multicast")]
    [InlineData("fe80::1", "@link")]
    [InlineData("192.168.100.200", "@private")]
    [InlineData("10.1.2.3", "@private")]
    [InlineData("100.127.1.1", "@private")]
    [InlineData("fc00::1", "@private")]
    [InlineData("8.8.8.8", "@internet")]
    [InlineData("2001:4860:4860::8888", "@internet")]
    [InlineData("192.0.2.7", "@office")]
    [InlineData("10.9.1.1", "@lab")]
    public void Every_address_has_the_label_of_the_table(string address, string label)
    {
        AddressBook book = Cluster.Build(names, "office=192.0.2.0/24+2001:db8::/32,lab=10.9.0.0/16");
        Assert.Equal(label, Of(book, address).Label);
    }

    [Theory]
    [InlineData("10.128.0.5", "Deployment", "web")]
    [InlineData("10.128.2.6", "Deployment", "orphan")]
    [InlineData("10.128.2.7", "CronJob", "backup")]
    [InlineData("10.128.0.9", "DeploymentConfig", "legacy")]
    [InlineData("10.128.2.9", "StatefulSet", "db")]
    [InlineData("10.128.2.10", "DaemonSet", "agent")]
    [InlineData("10.128.2.11", "Rollout", "canary")]
    [InlineData("10.128.2.12", "Pod", "proxy-worker-2")]
    public void A_pod_belongs_to_the_workload_that_people_know(string address, string kind, string owner)
    {
        FlowEndpoint pod = Of(Cluster.Build(names), address);
        Assert.Equal((kind, owner), (pod.OwnerKind, pod.OwnerName));
    }

    [Fact]
    public void Pods_mp0_and_what_is_lost_in_a_pod_subnet_have_a_home_node_and_nothing_else_has()
    {
        AddressBook book = Cluster.Build(names);
        int home = Of(book, "10.128.0.5").HostNode;
        Assert.Equal("worker-1", names.Nodes[home].Name);
        Assert.Equal(home, Of(book, "10.128.0.2").HostNode);
        Assert.Equal((EndpointKind.Unknown, home), (Of(book, "10.128.1.250").Kind, Of(book, "10.128.1.250").HostNode));
        Assert.Equal("zone-a", Of(book, "10.128.0.5").Zone);
        foreach (string address in (string[])["192.168.100.11", "172.30.1.1", "100.64.0.2", "10.128.0.1", "10.200.0.1", "8.8.8.8"])
            Assert.Equal(-1, Of(book, address).HostNode);
    }

    [Theory]
    [InlineData("10.128.0.5", "worker-1", "zone-a", "eu-west")]
    [InlineData("192.168.100.11", "worker-1", "zone-a", "eu-west")]
    [InlineData("10.128.0.2", "worker-1", "zone-a", "eu-west")]
    [InlineData("fd01:0:0:1::2", "worker-1", "zone-a", "eu-west")]
    [InlineData("10.128.0.1", "worker-1", "zone-a", "eu-west")]
    [InlineData("10.128.0.77", "worker-1", "zone-a", "eu-west")]
    [InlineData("100.64.0.2", "worker-1", "zone-a", "eu-west")]
    [InlineData("100.88.0.2", "worker-1", "zone-a", "eu-west")]
    [InlineData("fd97::2", "worker-1", "zone-a", "eu-west")]
    [InlineData("100.64.0.3", "worker-2", null, null)]
    [InlineData("fd98::3", "worker-2", null, null)]
    [InlineData("192.168.100.112", "worker-2", null, null)]
    [InlineData("100.64.9.9", null, null, null)]
    [InlineData("100.88.0.9", null, null, null)]
    [InlineData("8.8.8.8", null, null, null)]
    public void What_is_of_a_node_says_which_and_where(string address, string? node, string? zone, string? region)
    {
        FlowEndpoint found = Of(Cluster.Build(names), address);
        Assert.Equal((node, zone, region), (found.NodeName, found.Zone, found.Region));
    }

    [Fact]
    public void Services_with_pods_behind_them_are_sampled_and_one_of_an_outside_address_is_not()
    {
        Cluster.Build(names);
        Assert.Equal(["shop/all:81", "shop/web:http"],
            Enumerable.Range(1, names.Services.Count - 1).Where(names.BackedServices.Contains).Select(id => names.Services[id]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_agent_of_a_node_is_known_by_any_address_of_the_node()
    {
        AddressBook book = Cluster.Build(names);
        foreach (string address in (string[])["10.128.0.2", "fd01:0:0:1::2", "192.168.100.11", "192.168.100.101"])
            Assert.Equal("worker-1", names.Nodes[Of(book, address).Node].Name);
        Assert.Equal(-1, Of(book, "10.128.0.5").Node);
    }

    [Theory]
    [InlineData("172.30.1.1", 80, "shop/web:http")]
    [InlineData("203.0.113.9", 80, "shop/web:http")]
    [InlineData("203.0.113.77", 80, "shop/web:http")]
    [InlineData("fd02::1:1", 80, "shop/web:http")]
    [InlineData("172.30.1.2", 81, "shop/all:81")]
    [InlineData("192.168.100.200", 6443, "default/api:https")]
    public void A_port_leads_to_its_Service(string address, int port, string service)
    {
        AddressBook book = Cluster.Build(names);
        Assert.True(book.TryFindPort(book.Find(Cluster.Address(address)), 6, (ushort)port, out int found));
        Assert.Equal(service, names.Services[found]);
    }

    [Fact]
    public void A_NodePort_is_on_every_node()
    {
        Assert.True(Cluster.Build(names).TryFindPort(AddressBook.AnyNode, 6, 30080, out int service));
        Assert.Equal("shop/web:http", names.Services[service]);
    }

    [Fact]
    public void A_port_of_two_Services_keeps_both_by_name()
    {
        AddressBook book = Cluster.Build(names);
        Assert.True(book.TryFindPort(book.Find(Cluster.Address("10.128.0.5")), 6, 8080, out int several));
        Assert.True(several < 0);
        Assert.Equal(["shop/all:81", "shop/web:http"], book.Shared(several).ToArray().Select(id => names.Services[id]));
    }

    [Fact]
    public void An_end_that_is_not_ready_still_answers_on_the_connections_that_it_has()
    {
        AddressBook book = Cluster.Build(names);
        Assert.True(book.TryFindPort(book.Find(Cluster.Address("10.128.2.6")), 6, 8080, out int service));
        Assert.Equal("shop/web:http", names.Services[service]);
    }

    [Fact]
    public void Declared_ports_are_known_on_pods_and_for_hostNetwork_on_their_node()
    {
        AddressBook book = Cluster.Build(names);
        Assert.True(book.TryFindPort(book.Find(Cluster.Address("fd01:0:0:1::5")), 6, 9999, out int pod));
        Assert.True(book.TryFindPort(book.Find(Cluster.Address("192.168.100.11")), 6, 19979, out int node));
        Assert.Equal((0, 0), (pod, node));
    }

    [Fact]
    public void Two_live_pods_with_one_address_are_ambiguous_and_said_so()
    {
        Assert.Equal(1, Cluster.Build(names).Facts.AmbiguousAddresses);
    }

    [Fact]
    public void The_same_cluster_read_again_gives_the_same_ids()
    {
        AddressBook first = Cluster.Build(names);
        int count = names.Endpoints.Count;
        AddressBook second = Cluster.Build(names);
        Assert.Equal(count, names.Endpoints.Count);
        Assert.Equal(first.Find(Cluster.Address("10.128.0.5")), second.Find(Cluster.Address("10.128.0.5")));
    }

    private FlowEndpoint Of(AddressBook book, string address) => names.Endpoints[book.Find(Cluster.Address(address))];
}
