using System.Buffers.Binary;
using System.Net;

namespace SFlow.Tests;

/// <summary>
/// Writes sFlow version 5 datagrams word by word, knowing nothing of the decoder. Every length and count is right unless a test says otherwise.
/// </summary>
public sealed class DatagramBuilder
{
    private readonly List<byte[]> samples = [];

    public IPAddress Agent { get; init; } = IPAddress.Parse("10.128.0.2");
    public uint Version { get; init; } = 5;
    public uint SubAgentId { get; init; }
    public uint Sequence { get; init; } = 1;
    public uint Uptime { get; init; } = 1_000;
    /// <summary>The announced number of samples, when it is not to be the true one.</summary>
    public uint? SampleCount { get; init; }
    /// <summary>Bytes after the last sample.</summary>
    public byte[] Trailer { get; init; } = [];

    public DatagramBuilder Add(uint tag, byte[] body)
    {
        samples.Add(Structure(tag, body));
        return this;
    }

    public DatagramBuilder Add(FlowSampleBuilder sample) => Add(sample.Expanded ? 3u : 1u, sample.Build());

    public DatagramBuilder Add(CounterSampleBuilder sample) => Add(sample.Expanded ? 4u : 2u, sample.Build());

    public byte[] Build()
    {
        byte[] agent = Agent.GetAddressBytes();
        return
        [
            .. Words(Version, agent.Length == 4 ? 1u : 2u), .. agent,
            .. Words(SubAgentId, Sequence, Uptime, SampleCount ?? (uint)samples.Count),
            .. samples.SelectMany(sample => sample), .. Trailer,
        ];
    }

    /// <summary>A structure: type, length, bytes.</summary>
    public static byte[] Structure(uint tag, byte[] body) => [.. Words(tag, (uint)body.Length), .. body];

    /// <summary>Opaque data or a string: length, bytes, padding.</summary>
    public static byte[] Opaque(byte[] bytes) => [.. Words((uint)bytes.Length), .. bytes, .. new byte[-bytes.Length & 3]];

    public static byte[] Words(params ReadOnlySpan<uint> words)
    {
        byte[] bytes = new byte[words.Length * 4];
        for (int i = 0; i < words.Length; i++) BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(i * 4), words[i]);
        return bytes;
    }

    public static byte[] Long(ulong value) => Words((uint)(value >> 32), (uint)value);
}

/// <summary>Writes one flow sample, compact or expanded.</summary>
public sealed class FlowSampleBuilder
{
    private readonly List<byte[]> records = [];

    public bool Expanded { get; init; }
    public uint Sequence { get; init; } = 1;
    public (uint Type, uint Index) Source { get; init; } = (2, 1000);
    public uint SamplingRate { get; init; } = 400;
    public uint SamplePool { get; init; } = 400;
    public uint Drops { get; init; }
    public (uint Format, uint Value) Input { get; init; } = (0, 7);
    public (uint Format, uint Value) Output { get; init; } = (1, 256);
    public uint? RecordCount { get; init; }

    public FlowSampleBuilder Add(uint tag, byte[] body)
    {
        records.Add(DatagramBuilder.Structure(tag, body));
        return this;
    }

    /// <summary>A sampled header; the frame length is that of the header and its check sequence unless given.</summary>
    public FlowSampleBuilder AddHeader(byte[] header, uint protocol = 1, uint? frameLength = null, uint stripped = 4) =>
        Add(1, [.. DatagramBuilder.Words(protocol, frameLength ?? (uint)header.Length + 4, stripped), .. DatagramBuilder.Opaque(header)]);

    public byte[] Build() =>
    [
        .. Expanded
            ? DatagramBuilder.Words(Sequence, Source.Type, Source.Index, SamplingRate, SamplePool, Drops, Input.Format, Input.Value, Output.Format, Output.Value)
            : DatagramBuilder.Words(Sequence, Source.Type << 24 | Source.Index, SamplingRate, SamplePool, Drops, Input.Format << 30 | Input.Value, Output.Format << 30 | Output.Value),
        .. DatagramBuilder.Words(RecordCount ?? (uint)records.Count),
        .. records.SelectMany(record => record),
    ];
}

/// <summary>Writes one counter sample, compact or expanded.</summary>
public sealed class CounterSampleBuilder
{
    private readonly List<byte[]> records = [];

    public bool Expanded { get; init; }
    public uint Sequence { get; init; } = 1;
    public (uint Type, uint Index) Source { get; init; } = (0, 7);

    public CounterSampleBuilder Add(uint tag, byte[] body)
    {
        records.Add(DatagramBuilder.Structure(tag, body));
        return this;
    }

    public byte[] Build() =>
    [
        .. Expanded ? DatagramBuilder.Words(Sequence, Source.Type, Source.Index) : DatagramBuilder.Words(Sequence, Source.Type << 24 | Source.Index),
        .. DatagramBuilder.Words((uint)records.Count),
        .. records.SelectMany(record => record),
    ];
}
