using SFlow.Exporter.Pipeline;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.Decode;

public sealed class IdentityTests
{
    [Fact]
    public void A_retry_has_the_same_identity_whatever_its_sender_and_time()
    {
        byte[] payload = Datagram(1, 2);
        Collector first = new Collector().Take(payload), second = new();
        second.Intake.Take(payload, new DatagramOrigin(5, Address.FromIPv4(0x01020304), 9));
        second.Intake.Flush();

        Assert.Equal(first.Records.Select(Id), second.Records.Select(Id));
    }

    [Fact]
    public void Equal_samples_of_one_datagram_are_two_records()
    {
        byte[] payload = Datagram(7, 7);
        Assert.Equal(2, new Collector().Take(payload).Records.Select(Id).Distinct().Count());
    }

    [Fact]
    public void Every_bit_of_datagram_header_and_sample_changes_both_halves_of_the_identity()
    {
        byte[] payload = Datagram(1);
        (ulong High, ulong Low) original = Id(new Collector().Take(payload).Records[0]);
        HashSet<ulong> high = [original.High], low = [original.Low];
        const int Count = 24, Tag = 28, Length = 32, RecordCount = 64;
        for (int bit = 64; bit < payload.Length * 8; bit++)
        {
            if (bit / 32 * 4 is Count or Tag or Length or RecordCount) continue;
            byte[] changed = [.. payload];
            changed[bit / 8] ^= (byte)(1 << bit % 8);
            Flow record = Assert.Single(new Collector().Take(changed).Records);
            Assert.True(high.Add(record.IdHigh), $"bit {bit}");
            Assert.True(low.Add(record.IdLow), $"bit {bit}");
        }
    }

    /// <summary>Stored identities must still match after an upgrade. The value was worked out from the description in another language.</summary>
    [Fact]
    public void The_identity_never_changes_its_meaning()
    {
        Flow record = new Collector().Take(Datagram(1)).Records[0];
        Assert.Equal("e27a25e33aed63a55ca2a7df44068152", $"{record.IdHigh:x16}{record.IdLow:x16}");
    }

    private static (ulong High, ulong Low) Id(Flow record) => (record.IdHigh, record.IdLow);

    private static byte[] Datagram(params uint[] sequences)
    {
        DatagramBuilder datagram = new() { Sequence = 900, Uptime = 77 };
        foreach (uint sequence in sequences) datagram.Add(new FlowSampleBuilder { Sequence = sequence }.AddHeader(PacketBuilder.TcpFrame()));
        return datagram.Build();
    }
}
