using SFlow.Exporter.Count;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Observe;

/// <summary>A port gets series of its own after somebody was seen to listen there; the record has the port's name from the start.</summary>
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
    public void A_scan_of_every_port_makes_no_series_for_the_ports()
    {
        for (int port = 1; port < 60_000; port++)
        {
            Count(packets.See(Client, 40_000, Server, port, flags: TcpFlag.Syn));
            Count(packets.See(Server, port, Client, 40_000, flags: TcpFlag.Reset | TcpFlag.Acknowledge));
            Count(packets.See(Client, 40_000, Server, port, Packets.Udp));
        }
        // By UDP the scanner looks like a server with many clients; that is one port.
        Assert.Equal(["@other", "@udp/40000"], Services());
    }

    [Theory]
    [InlineData("a handshake"), InlineData("data"), InlineData("a reply by UDP"), InlineData("many callers by UDP")]
    public void Evidence_names_the_port_from_then_on(string evidence)
    {
        bool udp = evidence.Contains("UDP", StringComparison.Ordinal);
        byte protocol = udp ? Packets.Udp : Packets.Tcp;
        Assert.Equal(udp ? "@udp/443" : "@tcp/443", packets.Service(Count(packets.See(Client, 40_000, Server, 443, protocol, TcpFlag.Syn))));
        Assert.Equal(["@other"], Services());
        switch (evidence)
        {
            case "a handshake": Count(packets.See(Server, 443, Client, 40_000, flags: TcpFlag.Syn | TcpFlag.Acknowledge)); break;
            case "data": Count(packets.See(Client, 40_000, Server, 443, flags: TcpFlag.Acknowledge | TcpFlag.Push)); break;
            case "a reply by UDP": Count(packets.See(Server, 443, Client, 40_000, Packets.Udp)); break;
            default: for (int caller = 0; caller < 40; caller++) Count(packets.See(Client, 41_000 + caller, Server, 443, Packets.Udp)); break;
        }
        Count(packets.See(Client, 50_000, Server, 443, protocol, TcpFlag.Syn));
        Assert.Equal(udp ? ["@other", "@udp/443"] : ["@other", "@tcp/443"], Services());
    }

    [Fact]
    public void Captures_need_no_evidence()
    {
        Packets own = new();
        FamilySet captured = FamilySet.OfCapture(own.Registries, detailed: false);
        captured.NewStage().Process([own.See(Client, 40_000, Server, 443, flags: TcpFlag.Syn) with { Counted = true }]);
        Assert.Contains(captured.Named(FamilyNames.Flow).Read().Rows(), row => row.Row[2] == "@tcp/443");
    }

    private Flow Count(Flow flow)
    {
        count.Process([flow with { Counted = true }]);
        return flow;
    }

    private string[] Services() => [.. families.Named(FamilyNames.Flow).Read().Rows().Where(row => !row.Row.IsRemainder).Select(row => row.Row[2]).Distinct().Order(StringComparer.Ordinal)];
}
