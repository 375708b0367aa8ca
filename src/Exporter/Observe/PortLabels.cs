using System.Runtime.CompilerServices;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Observe;

/// <summary>
/// Label values <c>@tcp/443</c> for ports that no Service names: those below 1024, those that a container declares, and IANA's.
/// The rest is <c>@other</c>. Labels are made once for each port that is met, so that the hot path only reads numbers.
/// </summary>
internal sealed class PortLabels(LabelRegistry services)
{
    private const int Declared = 256;

    /// <summary>Label ids by port, 0 where none was made yet; a table for each protocol that has ports, and one for its declared ones.</summary>
    private readonly int[]?[] labels = NewTables();

    public int Other { get; } = services.Intern(Words.OtherService);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Of(byte protocol, ushort port, bool declared)
    {
        int[]? known = labels[declared ? Declared + protocol : protocol];
        if (known is null) return Other;
        int label = Volatile.Read(ref known[port]);
        return label != 0 ? label : Make(known, protocol, port, declared);
    }

    private int Make(int[] known, byte protocol, ushort port, bool declared)
    {
        int label = !declared && !IanaPorts.Registered.IsUsual(protocol, port)
            ? Other
            : services.Intern(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"@{ProtocolNames.Of(protocol)}/{port}"));
        Volatile.Write(ref known[port], label);
        return label;
    }

    private static int[]?[] NewTables()
    {
        int[]?[] tables = new int[]?[2 * Declared];
        foreach (int protocol in (ReadOnlySpan<int>)[6, 17, 132])
        {
            tables[protocol] = new int[65_536];
            tables[Declared + protocol] = new int[65_536];
        }
        return tables;
    }
}
