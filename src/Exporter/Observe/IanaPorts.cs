using System.Globalization;

namespace SFlow.Exporter.Observe;

/// <summary>Ports registered with IANA (iana-ports.txt): a bit for each port of TCP, UDP and SCTP.</summary>
internal sealed class IanaPorts
{
    private readonly ulong[] tcp = new ulong[1024], udp = new ulong[1024], sctp = new ulong[1024];

    public static IanaPorts Registered { get; } = Load();

    public bool Contains(byte protocol, ushort port) => protocol switch
    {
        6 => Has(tcp, port),
        17 => Has(udp, port),
        132 => Has(sctp, port),
        _ => false,
    };

    private static bool Has(ulong[] bits, ushort port) => (bits[port >> 6] & 1UL << (port & 63)) != 0;

    private static IanaPorts Load()
    {
        IanaPorts ports = new();
        using Stream resource = typeof(IanaPorts).Assembly.GetManifestResourceStream("iana-ports.txt")!;
        using StreamReader lines = new(resource);
        while (lines.ReadLine() is string line)
        {
            if (line.StartsWith('#')) continue;
            int first = line.IndexOf(' '), last = line.LastIndexOf(' ');
            ushort port = ushort.Parse(line.AsSpan(0, first), CultureInfo.InvariantCulture);
            ReadOnlySpan<char> protocols = line.AsSpan(last + 1);
            if (protocols.StartsWith("tcp")) Set(ports.tcp, port);
            if (protocols.Contains("udp", StringComparison.Ordinal)) Set(ports.udp, port);
            if (protocols.EndsWith("sctp")) Set(ports.sctp, port);
        }
        return ports;
    }

    private static void Set(ulong[] bits, ushort port) => bits[port >> 6] |= 1UL << (port & 63);
}
