using System.Text;
using SFlow.Exporter.Elasticsearch;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Elasticsearch;

/// <summary>Vectors of the Community ID specification.</summary>
public sealed class CommunityIdTests
{
    [Theory]
    [InlineData(6, "128.232.110.120", 34855, "66.35.250.204", 80, "1:LQU9qZlK+B5F3KDmev6m5PMibrg=")]
    [InlineData(17, "192.168.1.52", 54585, "8.8.8.8", 53, "1:d/FP5EW3wiY1vCndhwleRRKHowQ=")]
    [InlineData(132, "192.168.170.8", 7, "192.168.170.56", 7, "1:MP2EtRCAUIZvTw6MxJHLV7N7JDs=")]
    [InlineData(1, "192.168.0.89", 8, "192.168.0.1", 0, "1:X0snYXpgwiv9TZtqg64sgzUn6Dk=")]
    [InlineData(58, "fe80::200:86ff:fe05:80da", 133, "ff02::2", 0, "1:hO+sN4H+MG5MY/8hIrXPqc4ZQz0=")]
    [InlineData(46, "10.1.12.1", 0, "10.1.12.2", 0, "1:KHlLkgoJW7ifUTyTSgyVfkFHzKw=")]
    [InlineData(6, "2001:470:e5bf:dead:4957:2174:e82c:4887", 63943, "2607:f8b0:400c:c03::1a", 25, "1:/qFaeAR+gFe1KYjMzVDsMv+wgU4=")]
    public void Both_directions_give_the_id_of_the_specification(byte protocol, string source, int sourcePort, string destination, int destinationPort, string id)
    {
        Assert.Equal(id, Id(protocol, source, sourcePort, destination, destinationPort));
        // An answer to an ICMP request has another type, not swapped ports.
        int answer = (protocol, sourcePort) switch { (1, 8) => 0, (58, 133) => 134, _ => destinationPort };
        Assert.Equal(id, Id(protocol, destination, answer, source, protocol is 1 or 58 ? 0 : sourcePort));
    }

    [Fact]
    public void Icmp_that_nobody_answers_keeps_its_direction()
    {
        Assert.Equal("1:YHxtAirCG//0OzkcVAukqKQN9xM=", Id(1, "10.0.0.1", 11, "10.0.0.2", 0));
        Assert.NotEqual("1:YHxtAirCG//0OzkcVAukqKQN9xM=", Id(1, "10.0.0.2", 11, "10.0.0.1", 0));
    }

    private static string Id(byte protocol, string source, int sourcePort, string destination, int destinationPort)
    {
        bool icmp = protocol is 1 or 58;
        Flow record = new()
        {
            Source = Flows.Address(source),
            Destination = Flows.Address(destination),
            Protocol = protocol,
            Facts = (source.Contains(':', StringComparison.Ordinal) ? PacketFacts.IPv6 : PacketFacts.IPv4) | (icmp ? PacketFacts.Icmp : PacketFacts.Ports),
        };
        if (icmp) (record.IcmpType, record.IcmpCode) = ((byte)sourcePort, (byte)destinationPort);
        else (record.SourcePort, record.DestinationPort) = ((ushort)sourcePort, (ushort)destinationPort);
        byte[] text = new byte[CommunityId.Length];
        Assert.True(CommunityId.TryWrite(record, text));
        return Encoding.ASCII.GetString(text);
    }
}
