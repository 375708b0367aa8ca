using System.Globalization;

namespace SFlow.Exporter.Pipeline;

/// <summary>Ports registered with IANA (iana-ports.txt): a bit for each port of TCP, UDP and SCTP, and the names of the services.</summary>
internal sealed class IanaPorts
{
    /// <summary>Ports below this are assigned by IANA only (RFC 6335, section 6).</summary>
    private const ushort FirstUserPort = 1024;

    private static readonly Lazy<Dictionary<int, string>> Names = new(LoadNames);

    private readonly ulong[] tcp = new ulong[1024], udp = new ulong[1024], sctp = new ulong[1024];

    public static IanaPorts Registered { get; } = Load();

    /// <summary>Name of the service that IANA has for the port, or null.</summary>
    public static string? NameOf(byte protocol, ushort port) => Names.Value.GetValueOrDefault(protocol << 16 | port);

    public bool Contains(byte protocol, ushort port) => protocol switch
    {
        6 => Has(tcp, port),
        17 => Has(udp, port),
        132 => Has(sctp, port),
        _ => false,
    };

    /// <summary>Whether a server is usual there: the port is registered, or one of the system ports.</summary>
    public bool IsUsual(byte protocol, ushort port) => port < FirstUserPort || Contains(protocol, port);

    private static bool Has(ulong[] bits, ushort port) => (bits[port >> 6] & 1UL << (port & 63)) != 0;

    private static IanaPorts Load()
    {
        IanaPorts ports = new();
        Read((port, _, protocols) =>
        {
            foreach (byte protocol in protocols) Set(protocol switch { 6 => ports.tcp, 17 => ports.udp, _ => ports.sctp }, port);
        });
        return ports;
    }

    private static Dictionary<int, string> LoadNames()
    {
        Dictionary<int, string> names = [];
        Read((port, name, protocols) =>
        {
            foreach (byte protocol in protocols) names.TryAdd(protocol << 16 | port, name.ToLowerInvariant());
        });
        return names;
    }

    private static void Read(Action<ushort, string, byte[]> take)
    {
        using Stream resource = typeof(IanaPorts).Assembly.GetManifestResourceStream("iana-ports.txt")!;
        using StreamReader lines = new(resource);
        while (lines.ReadLine() is string line)
        {
            if (line.StartsWith('#')) continue;
            string[] parts = line.Split(' ');
            byte[] protocols = [.. parts[^1].Split(',').Select(word => (byte)(word switch { "tcp" => 6, "udp" => 17, _ => 132 }))];
            take(ushort.Parse(parts[0], CultureInfo.InvariantCulture), parts[1], protocols);
        }
    }

    private static void Set(ulong[] bits, ushort port) => bits[port >> 6] |= 1UL << (port & 63);
}
