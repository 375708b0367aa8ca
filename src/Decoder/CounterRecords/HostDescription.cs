using SFlow.Internals;

namespace SFlow.CounterRecords;

/// <summary>What a host, virtual machine or container is (sFlow host structures, <c>host_descr</c>).</summary>
public readonly ref struct HostDescription : IRecord<HostDescription>
{
    /// <summary>Data format 0:2000.</summary>
    public const uint Tag = 2000;

    private HostDescription(scoped ref XdrReader reader)
    {
        Hostname = reader.Opaque();
        Uuid = reader.Fixed(16);
        MachineType = reader.UInt32();
        OperatingSystem = reader.UInt32();
        Release = reader.Opaque();
    }

    /// <summary>Name, as bytes; empty is unknown.</summary>
    public ReadOnlySpan<byte> Hostname { get; }

    /// <summary>Sixteen bytes of a UUID; all zero is unknown.</summary>
    public ReadOnlySpan<byte> Uuid { get; }

    /// <summary>0 unknown, 1 other, 2 x86, 3 x86_64, 4 ia64, 5 sparc, 6 alpha, 7 powerpc, 8 m68k, 9 mips, 10 arm, 11 hppa, 12 s390.</summary>
    public uint MachineType { get; }

    /// <summary>0 unknown, 1 other, 2 linux, 3 windows, 4 darwin, 5 hpux, 6 aix, 7 dragonfly, 8 freebsd, 9 netbsd, 10 openbsd, 11 osf, 12 solaris, 13 java.</summary>
    public uint OperatingSystem { get; }

    /// <summary>Release of the operating system, as bytes; empty is unknown.</summary>
    public ReadOnlySpan<byte> Release { get; }

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out HostDescription record)
    {
        XdrReader reader = new(data);
        record = new HostDescription(ref reader);
        return reader.IsSound;
    }

    /// <inheritdoc/>
    static void IRecord<HostDescription>.VisitPart<TVisitor>(ReadOnlySpan<byte> data, ref TVisitor visitor)
    {
        XdrReader reader = new(data);
        CutRecord.Visit(new HostDescription(ref reader), reader.Fields, ref visitor);
    }

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Text("hostname"u8, Hostname);
        visitor.Bytes("uuid"u8, Uuid);
        visitor.Number("machine_type"u8, MachineType);
        visitor.Number("os_name"u8, OperatingSystem);
        visitor.Text("os_release"u8, Release);
    }
}
