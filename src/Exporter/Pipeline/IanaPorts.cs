using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;

namespace SFlow.Exporter.Pipeline;

/// <summary>Ports registered with IANA (iana-ports.txt): one bit per port of TCP, UDP and SCTP, and the names of the services.</summary>
internal sealed class IanaPorts
{
    /// <summary>Ports below this are assigned by IANA only (RFC 6335, section 6).</summary>
    private const ushort FirstUserPort = 1024;

    private static readonly Lazy<Dictionary<int, string>> Registries = new(LoadNames);

    /// <summary>By protocol, one bit per port: registered ports of TCP, UDP and SCTP, and the system ports of every protocol.</summary>
    private readonly ulong[][] usual = NewTables();

    /// <summary>The same, but only ports with a service: the content of the file.</summary>
    private readonly ulong[]?[] registered = new ulong[]?[256];

    private delegate void Take(ushort port, ReadOnlySpan<byte> name, byte protocol);

    public static IanaPorts Registered { get; } = Load();

    /// <summary>Name of the service that IANA has for the port, or null.</summary>
    public static string? NameOf(byte protocol, ushort port) => Registries.Value.GetValueOrDefault(protocol << 16 | port);

    /// <summary>Whether the port is well known: registered, or a system port.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsUsual(byte protocol, ushort port) => (usual[protocol][port >> 6] >> port & 1) != 0;

    /// <summary>Whether the port is registered for a service.</summary>
    public bool IsRegistered(byte protocol, ushort port) => registered[protocol] is { } bits && (bits[port >> 6] >> port & 1) != 0;

    private static ulong[][] NewTables()
    {
        ulong[][] tables = new ulong[256][];
        Array.Fill(tables, NewTable());
        foreach (int protocol in (ReadOnlySpan<int>)[6, 17, 132]) tables[protocol] = NewTable();
        return tables;
    }

    private static ulong[] NewTable()
    {
        ulong[] bits = new ulong[1024];
        bits.AsSpan(0, FirstUserPort / 64).Fill(ulong.MaxValue);
        return bits;
    }

    private static IanaPorts Load()
    {
        IanaPorts ports = new();
        foreach (int protocol in (ReadOnlySpan<int>)[6, 17, 132]) ports.registered[protocol] = new ulong[1024];
        Read((port, _, protocol) =>
        {
            ports.usual[protocol][port >> 6] |= 1UL << port;
            ports.registered[protocol]![port >> 6] |= 1UL << port;
        });
        return ports;
    }

    private static Dictionary<int, string> LoadNames()
    {
        Dictionary<int, string> names = [];
        Read((port, name, protocol) => names.TryAdd(protocol << 16 | port, Encoding.ASCII.GetString(name).ToLowerInvariant()));
        return names;
    }

    /// <summary>Parses the file as bytes. Every start does this, and strings would make it the longest part of a short run.</summary>
    private static void Read(Take take)
    {
        using Stream resource = typeof(IanaPorts).Assembly.GetManifestResourceStream("iana-ports.txt")!;
        byte[] bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        for (ReadOnlySpan<byte> rest = bytes; !rest.IsEmpty;)
        {
            int end = rest.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            if (!Utf8Parser.TryParse(line, out ushort port, out int digits)) continue;
            int last = line.LastIndexOf((byte)' ');
            ReadOnlySpan<byte> name = line[(digits + 1)..last], protocols = line[(last + 1)..];
            if (protocols.StartsWith("tcp"u8)) take(port, name, 6);
            if (protocols.IndexOf("udp"u8) >= 0) take(port, name, 17);
            if (protocols.EndsWith("sctp"u8)) take(port, name, 132);
        }
    }
}
