using System.Runtime.CompilerServices;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Observe;

/// <summary>
/// Label values such as <c>@tcp/443</c> for ports without a Service: ports below 1024, ports that a container declares, and ports of IANA.
/// All others are <c>@other</c>. A label is made once, at the first use of its port, so the hot path only reads numbers.
/// </summary>
internal sealed class PortLabels(LabelRegistry services, DoubtfulPorts proven)
{
    private const int Declared = 256;

    /// <summary>
    /// Label ids by port, 0 before the first use: a table per protocol with ports, and one for its declared ports.
    /// </summary>
    private readonly int[]?[] labels = new int[]?[2 * Declared];

    public int Other { get; } = services.Intern(ReservedLabels.OtherService);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Of(byte protocol, ushort port, bool declared)
    {
        int table = declared ? Declared + protocol : protocol;
        int label = Volatile.Read(ref labels[table]) is { } known ? Volatile.Read(ref known[port]) : 0;
        return label != 0 ? label : Make(table, protocol, port, declared);
    }

    private int Make(int table, byte protocol, ushort port, bool declared)
    {
        if (protocol is not (6 or 17 or 132)) return Other;
        if (labels[table] is null) Interlocked.CompareExchange(ref labels[table], new int[65_536], null);
        int label = !declared && !IanaPorts.Registered.IsUsual(protocol, port)
            ? Other
            : services.Intern(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"@{ProtocolNames.Of(protocol)}/{port}"));
        if (label != Other && !declared) proven.Doubt(label);
        Volatile.Write(ref labels[table]![port], label);
        return label;
    }
}
