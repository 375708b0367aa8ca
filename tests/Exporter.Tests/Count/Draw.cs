using System.Buffers.Binary;
using System.Net;
using SFlow.Captures;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.Count;

/// <summary>
/// What an agent draws as one: a packet, or a large packet whose segments are handed up together. Each sample is the body of a compact
/// flow sample, whose sampling rate is still to be written.
/// </summary>
internal sealed record Draw(IPAddress Agent, params byte[][] Samples)
{
    private const int RateAt = 8, FixedPart = 32;

    /// <summary>A frame sampled at a node: its header as far as an agent sends it, and its whole length.</summary>
    public static Draw Of(IPAddress agent, params IEnumerable<(byte[] Header, int Length)> frames) =>
        new(agent, [.. frames.Select(frame => new FlowSampleBuilder().AddHeader(frame.Header, frameLength: (uint)frame.Length + 4).Build())]);

    /// <summary>Every flow sample of a capture at sampling 1, in order: all the packets that there were.</summary>
    public static IEnumerable<Draw> FromCapture(string pcap)
    {
        using CaptureReader reader = new(File.OpenRead(pcap));
        List<Draw> draws = [];
        while (reader.TryRead(out CapturedDatagram captured))
        {
            Assert.Equal(DecodeStatus.Ok, Datagram.TryRead(captured.Payload, out Datagram datagram));
            IPAddress agent = IPAddress.Parse(datagram.Agent.ToString());
            foreach (Structure sample in datagram.Samples)
                if (sample.Tag == 1) draws.Add(new Draw(agent, sample.Data.ToArray()));
        }
        return draws;
    }

    /// <summary>The samples as they are sent at that rate, in the numbered copy of the traffic: TCP's sequence numbers go on from copy to copy.</summary>
    public IEnumerable<byte[]> Sampled(uint rate, int copy)
    {
        foreach (byte[] sample in Samples)
        {
            byte[] sent = [.. sample];
            BinaryPrimitives.WriteUInt32BigEndian(sent.AsSpan(RateAt), rate);
            if (TcpSequenceAt(sent) is int at and > 0)
                BinaryPrimitives.WriteUInt32BigEndian(sent.AsSpan(at), BinaryPrimitives.ReadUInt32BigEndian(sent.AsSpan(at)) + ((uint)copy << 26));
            yield return sent;
        }
    }

    /// <summary>Where the sequence number stands in the sample, or 0 when its packet is no TCP over IPv4 over Ethernet.</summary>
    private static int TcpSequenceAt(byte[] sample)
    {
        for (int record = FixedPart; record + 8 <= sample.Length; record += 8 + BinaryPrimitives.ReadInt32BigEndian(sample.AsSpan(record + 4)))
        {
            if (BinaryPrimitives.ReadUInt32BigEndian(sample.AsSpan(record)) != 1) continue;
            int network = record + 24 + 14;
            if (BinaryPrimitives.ReadUInt16BigEndian(sample.AsSpan(network - 2)) != 0x0800 || sample[network + 9] != 6) return 0;
            return network + ((sample[network] & 15) * 4) + 4;
        }
        return 0;
    }
}
