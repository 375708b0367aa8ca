using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;

namespace SFlow.Exporter.Pipeline;

/// <summary>Ports registered with IANA (iana-ports.txt): a bit for each port of TCP, UDP and SCTP, and the names of the services.</summary>
internal sealed class IanaPorts
{
    /// <summary>Ports below this are assigned by IANA only (RFC 6335, section 6).</summary>
    private const ushort FirstUserPort = 1024;

    private static readonly Lazy<Dictionary<int, string>> Names = new(LoadNames);

    private readonly ulong[] tcp = new ulong[1024], udp = new ulong[1024], sctp = new ulong[1024];

    private delegate void Take(ushort port, ReadOnlySpan<byte> name, byte protocol);

    public static IanaPorts Registered { get; } = Load();

    /// <summary>Name of the service that IANA has for the port, or null.</summary>
    public static string? NameOf(byte protocol, ushort port) => Names.Value.GetValueOrDefault(protocol << 16 | port);

    /// <summary>Whether a server is usual there: the port is registered, or one of the system ports.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsUsual(byte protocol, ushort port) => port < FirstUserPort
        || (protocol == 6 ? Has(tcp, port) : protocol == 17 ? Has(udp, port) : protocol == 132 && Has(sctp, port));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Has(ulong[] bits, ushort port) => (bits[port >> 6] & 1UL << port) != 0;

    private static IanaPorts Load()
    {
        IanaPorts ports = new();
        Read((port, _, protocol) => (protocol switch { 6 => ports.tcp, 17 => ports.udp, _ => ports.sctp })[port >> 6] |= 1UL << port);
        return ports;
    }

    private static Dictionary<int, string> LoadNames()
    {
        Dictionary<int, string> names = [];
        Read((port, name, protocol) => names.TryAdd(protocol << 16 | port, Encoding.ASCII.GetString(name).ToLowerInvariant()));
        return names;
    }

    /// <summary>Goes through the file as bytes: every start does so, and strings would make it the longest part of a short run.</summary>
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
