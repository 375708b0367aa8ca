using SFlow.Exporter.Count;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Observe;

/// <summary>Ports without a known listener have few series, so a scan takes no room. Records have the port's name from the start.</summary>
public sealed class PortEvidenceTests
{
    private const string Client = "10.128.2.7", Server = "198.51.100.9";

    private readonly Packets packets = new();
    private readonly FamilySet families;
    private readonly CountStage count;

    public PortEvidenceTests()
    {
        families = FamilySet.Live(packets.Registries, new CountOptions(), 0);
        count = families.NewStage();
    }

    [Fact]
    public void A_scan_of_every_port_makes_few_series_and_takes_no_room()
    {
        Scan();
        // Eight for each direction of the pair, @other, and the scanner's own port: by UDP it looks like a server with many clients.
        Assert.InRange(Services().Length, 8, (2 * DoubtfulKeys.OfPair) + 2);
        Count(packets.See("192.0.2.9", 443, Client, 40_000, flags: TcpFlag.Syn | TcpFlag.Acknowledge));
        Assert.Contains(families.Named(FamilyNames.Flow).Read().Rows(), row => row.Row[0] == "@office" && row.Row[2] == "@tcp/443");
    }

    [Theory]
    [InlineData("a handshake"), InlineData("data"), InlineData("a reply by UDP"), InlineData("many callers by UDP")]
    public void Evidence_gives_a_port_its_series_even_after_a_scan(string evidence)
    {
        Scan();
        bool udp = evidence.Contains("UDP", StringComparison.Ordinal);
        byte protocol = udp ? Packets.Udp : Packets.Tcp;
        int port = udp ? 8_883 : 8_443;
        string name = udp ? "@udp/8883" : "@tcp/8443";
        Assert.Equal(name, packets.Service(Count(packets.See(Client, 45_000, Server, port, protocol, TcpFlag.Syn))));
        Assert.DoesNotContain(name, Services());
        switch (evidence)
        {
            case "a handshake": Count(packets.See(Server, port, Client, 40_000, flags: TcpFlag.Syn | TcpFlag.Acknowledge)); break;
            case "data": Count(packets.See(Client, 45_000, Server, port, flags: TcpFlag.Acknowledge | TcpFlag.Push)); break;
            case "a reply by UDP": Count(packets.See(Server, port, Client, 45_000, Packets.Udp)); break;
            default: for (int caller = 0; caller < 40; caller++) Count(packets.See(Client, 41_000 + caller, Server, port, Packets.Udp)); break;
        }
        Count(packets.See(Client, 50_000, Server, port, protocol, TcpFlag.Syn));
        Assert.Contains(name, Services());
    }

    [Fact]
    public void Without_a_scan_a_port_has_its_series_at_the_first_packet_as_its_record_has()
    {
        Flow first = Count(packets.See(Client, 40_000, Server, 443, flags: TcpFlag.Syn));
        Assert.Equal(["@tcp/443"], Services());
        Assert.Equal("@tcp/443", packets.Service(first));
    }

    [Fact]
    public void Captures_need_no_evidence()
    {
        Packets own = new();
        FamilySet captured = FamilySet.OfCapture(own.Registries, hasNodes: true, detailed: false);
        captured.NewStage().Process([own.See(Client, 40_000, Server, 443, flags: TcpFlag.Syn) with { Counted = true }]);
        Assert.Contains(captured.Named(FamilyNames.Flow).Read().Rows(), row => row.Row[2] == "@tcp/443");
    }

    /// <summary>SYN and datagram to every port but those that the tests use, and the refusals.</summary>
    private void Scan()
    {
        for (int port = 1; port < 60_000; port++)
        {
            if (port is 443 or 8_443 or 8_883) continue;
            Count(packets.See(Client, 40_000, Server, port, flags: TcpFlag.Syn));
            Count(packets.See(Server, port, Client, 40_000, flags: TcpFlag.Reset | TcpFlag.Acknowledge));
            Count(packets.See(Client, 40_000, Server, port, Packets.Udp));
        }
    }

    private Flow Count(Flow flow)
    {
        count.Process([flow with { Counted = true }]);
        return flow;
    }

    private string[] Services() => [.. families.Named(FamilyNames.Flow).Read().Rows().Where(row => !row.Row.IsRemainder).Select(row => row.Row[2]).Distinct().Order(StringComparer.Ordinal)];
}
