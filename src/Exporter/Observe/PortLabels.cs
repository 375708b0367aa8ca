using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Observe;

/// <summary>
/// Label values <c>@tcp/443</c> for ports that no Service names: those below 1024, those that a container declares, and IANA's.
/// The rest is <c>@other</c>. Labels are made once for each port that is met, so that the hot path only reads numbers.
/// </summary>
internal sealed class PortLabels(LabelRegistry services)
{
    private readonly int[] tcp = new int[65_536], udp = new int[65_536], sctp = new int[65_536];

    public int Other { get; } = services.Intern(Words.OtherService);

    public int Of(byte protocol, ushort port, bool declared)
    {
        if (port >= 1024 && !declared && !IanaPorts.Registered.Contains(protocol, port)) return Other;
        return protocol switch
        {
            6 => Label(tcp, "tcp", port),
            17 => Label(udp, "udp", port),
            132 => Label(sctp, "sctp", port),
            _ => Other,
        };
    }

    private int Label(int[] known, string protocol, ushort port)
    {
        int label = Volatile.Read(ref known[port]);
        if (label != 0) return label;
        label = services.Intern(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"@{protocol}/{port}"));
        Volatile.Write(ref known[port], label);
        return label;
    }
}
