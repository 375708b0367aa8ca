using SFlow.Exporter.Agents;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Agents;

/// <summary>Which interface a counter sample is of, which pod is behind it, and what its counters grew by.</summary>
public sealed class InterfaceTests
{
    private const int HomeNode = 4;

    private readonly Registries registries = new();
    private readonly CounterWire wire;
    private readonly CounterStage stage;

    public InterfaceTests()
    {
        wire = new CounterWire(registries: registries);
        stage = new CounterStage(wire.Agents, registries.Endpoints);
    }

    [Fact]
    public void The_name_is_that_of_the_port_or_the_interface_index()
    {
        wire.Interface(0, 7, "veth7", 0, 0);
        wire.Interface(0, 8, null, 0, 0);
        wire.Interface(0, 9, "bad\n\u0001", 0, 0);
        wire.Interface(0, 10, new string('x', 90), 0, 0);
        Assert.Equal(["8", "9", "veth7", new string('x', 64)], Shown().Select(one => one.Name).Order());
    }

    [Fact]
    public void Narrow_counters_wrap_while_bytes_grow_and_all_begin_again_when_bytes_fall()
    {
        wire.Interface(0, 7, "veth7", 1_000, 5_000_000_000, 4_294_967_290, 100);
        wire.Interface(30, 7, "veth7", 9_000, 6_000_000_000, 24, 150);
        Assert.Equal((8_000L, 1_000_000_000L, 30L, 50L), Figures());
        wire.Interface(60, 7, "veth7", 500, 700, 5, 6);
        Assert.Equal((8_500L, 1_000_000_700L, 35L, 56L), Figures());
        // The switch restarts, and the counters of the kernel's interface stay.
        wire.Interface(90, 7, "veth7", 800, 900, 6, 8, restart: true);
        Assert.Equal((8_800L, 1_000_000_900L, 36L, 58L), Figures());
    }

    [Fact]
    public void A_name_that_belongs_to_another_interface_starts_anew()
    {
        wire.Interface(0, 7, "veth", 1_000, 0);
        wire.Interface(30, 7, "veth", 1_500, 0);
        wire.Interface(60, 12, "veth", 90_000, 0);
        wire.Interface(90, 12, "veth", 90_001, 0);
        Assert.Equal(501, Shown().Single()[InterfaceCounter.BytesIn]);
    }

    [Fact]
    public void A_pod_is_behind_an_interface_when_all_its_packets_are_of_that_pod()
    {
        int pod = Pod("shop", "cart-1"), renewed = Pod("shop", "cart-1", owner: "cart"), other = Pod("shop", "pay-1"), away = Pod("shop", "away", node: 5);
        wire.Interface(0, 7, "veth7", 0, 0);
        wire.Interface(0, 8, "veth8", 0, 0);
        Assert.Equal(0, Of("veth7").Pod);
        Saw(7, away);
        Saw(7, 0);
        Assert.Equal(0, Of("veth7").Pod);
        Saw(7, pod);
        Assert.Equal((pod, 0), (Of("veth7").Pod, Of("veth8").Pod));
        Saw(7, renewed);
        Assert.Equal(renewed, Of("veth7").Pod);
        Saw(7, other);
        Saw(7, pod);
        Assert.Equal(0, Of("veth7").Pod);
    }

    [Fact]
    public void Samples_that_cannot_be_true_or_come_from_another_sender_name_no_pod()
    {
        int pod = Pod("shop", "cart-1");
        wire.Interface(0, 7, "veth7", 0, 0);
        Saw(new Flow { InputValue = 7, SourceEndpoint = pod, ObserverNode = HomeNode, IsFromOwner = true, Fault = SampleFault.BandwidthTooHigh });
        Saw(new Flow { InputValue = 7, SourceEndpoint = pod, ObserverNode = HomeNode });
        Saw(new Flow { InputValue = 7, InputFormat = 2, SourceEndpoint = pod, ObserverNode = HomeNode, IsFromOwner = true });
        Saw(new Flow { InputValue = 7, SourceEndpoint = pod, ObserverNode = -1, IsFromOwner = true });
        Assert.Equal(0, Of("veth7").Pod);
    }

    [Fact]
    public void Tunnels_that_share_an_index_are_interfaces_of_their_own_without_a_pod()
    {
        for (int second = 0; second <= 60; second += 30)
        {
            wire.Interface(second, 6, "ovn-a", (ulong)second * 10, 0);
            wire.Interface(second, 6, "ovn-b", (ulong)second * 1_000, 0);
        }
        Saw(6, Pod("shop", "cart-1"));
        Assert.Equal((600, 60_000), (Of("ovn-a")[InterfaceCounter.BytesIn], Of("ovn-b")[InterfaceCounter.BytesIn]));
        Assert.Equal((0, 0), (Of("ovn-a").Pod, Of("ovn-b").Pod));
    }

    private int Pod(string space, string name, string? owner = null, int node = HomeNode) => registries.Endpoints.Intern(
        new FlowEndpoint { Kind = EndpointKind.Pod, Label = space, Namespace = space, Name = name, OwnerKind = owner is null ? null : "Deployment", OwnerName = owner, HostNode = node }).Id;

    private void Saw(uint index, int endpoint) => Saw(new Flow { InputValue = index, SourceEndpoint = endpoint, ObserverNode = HomeNode, IsFromOwner = true });

    private void Saw(Flow sample) => stage.Process([sample]);

    private InterfaceTotals[] Shown() => wire[CounterWire.Agent].ReadInterfaces();

    private InterfaceTotals Of(string name) => Shown().Single(one => one.Name == name);

    private (long?, long?, long?, long?) Figures() => Shown().Single() is var one
        ? (one[InterfaceCounter.BytesIn], one[InterfaceCounter.BytesOut], one[InterfaceCounter.UnicastIn], one[InterfaceCounter.UnicastOut]) : default;
}
