using System.Net;
using System.Net.Sockets;

namespace SFlow.Exporter.Metrics;

/// <summary>Who reads: a Prometheus, by its address and user agent. A reader at another address is always another one.</summary>
internal readonly record struct MetricReader(IPAddress Address, string UserAgent);

/// <summary>
/// Remembers for each Prometheus which rendering it got last: a watermark, nothing more. A reading moves the watermark of its own reader only.
/// Readers at most so many; where there is no room, the address that claims the most readers loses one: one that was silent for long,
/// else one that came once only, else the one that read longest ago.
/// </summary>
internal sealed class ScrapeClients(TimeProvider time)
{
    public const int Maximum = 4_096;

    /// <summary>Two readings with so much between them make a reader that comes regularly.</summary>
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly Dictionary<MetricReader, Entry> entries = [];

    /// <summary>Highest watermark that was forgotten, by hash of the network it came from: a forgotten reader must not see a value fall to zero again.</summary>
    private readonly long[] floors = new long[256];

    /// <summary>Number of the last rendering that this reader got; 0 for a new one.</summary>
    /// <param name="reader">Who reads.</param>
    /// <param name="connection">
    /// What the connection remembers. Of several connections of one reader, which may be two behind one address, each has a watermark of its own.
    /// </param>
    public long Watermark(MetricReader reader, IDictionary<object, object?> connection)
    {
        if (connection.TryGetValue(typeof(ScrapeClients), out object? known) && known is (MetricReader of, long own) && of == reader) return own;
        lock (gate) return entries.TryGetValue(reader, out Entry? entry) ? entry.Watermark : floors[Bucket(reader)];
    }

    /// <summary>The reader has all of that rendering.</summary>
    public void Delivered(MetricReader reader, IDictionary<object, object?> connection, long rendering)
    {
        connection[typeof(ScrapeClients)] = (reader, rendering);
        lock (gate)
        {
            if (!entries.TryGetValue(reader, out Entry? entry))
            {
                if (entries.Count == Maximum) Forget();
                entries.Add(reader, entry = new Entry { Watermark = floors[Bucket(reader)], FirstRead = time.GetTimestamp() });
            }
            entry.Watermark = Math.Max(entry.Watermark, rendering);
            entry.LastRead = time.GetTimestamp();
        }
    }

    private void Forget()
    {
        MetricReader loser = entries
            .GroupBy(entry => Network(entry.Key.Address)).MaxBy(same => same.Count())!
            .MinBy(entry => (!IsIdle(entry.Value), time.GetElapsedTime(entry.Value.FirstRead, entry.Value.LastRead) >= Apart, entry.Value.LastRead)).Key;
        entries.Remove(loser, out Entry? gone);
        ref long floor = ref floors[Bucket(loser)];
        floor = Math.Max(floor, gone!.Watermark);
    }

    private bool IsIdle(Entry entry) => time.GetElapsedTime(entry.LastRead) >= ZeroInitialization.Youth;

    private int Bucket(MetricReader reader) => (int)((uint)Network(reader.Address).GetHashCode() % floors.Length);

    /// <summary>The address of IPv4; the /64 of IPv6, which one host can have whole.</summary>
    private static UInt128 Network(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        IPAddress plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        plain.TryWriteBytes(bytes, out int length);
        if (plain.AddressFamily == AddressFamily.InterNetworkV6) bytes[8..].Clear();
        return new UInt128(BitConverter.ToUInt64(bytes), BitConverter.ToUInt64(bytes[8..]) + (ulong)length);
    }

    private sealed class Entry
    {
        public long Watermark { get; set; }
        public long FirstRead { get; init; }
        public long LastRead { get; set; }
    }
}
