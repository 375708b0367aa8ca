using SFlow.Internals;

namespace SFlow.CounterRecords;

/// <summary>Which Java virtual machine it is (sFlow Java structures, <c>jvm_runtime</c>).</summary>
public readonly ref struct JvmRuntime : IRecord<JvmRuntime>
{
    /// <summary>Data format 0:2105.</summary>
    public const uint Tag = 2105;

    private JvmRuntime(scoped ref XdrReader reader)
    {
        Name = reader.Opaque();
        Vendor = reader.Opaque();
        Version = reader.Opaque();
    }

    /// <summary>Name, as bytes.</summary>
    public ReadOnlySpan<byte> Name { get; }

    /// <summary>Vendor, as bytes.</summary>
    public ReadOnlySpan<byte> Vendor { get; }

    /// <summary>Version, as bytes.</summary>
    public ReadOnlySpan<byte> Version { get; }

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out JvmRuntime record)
    {
        XdrReader reader = new(data);
        record = new JvmRuntime(ref reader);
        return reader.IsSound;
    }

    /// <inheritdoc/>
    static void IRecord<JvmRuntime>.VisitPart<TVisitor>(ReadOnlySpan<byte> data, ref TVisitor visitor)
    {
        XdrReader reader = new(data);
        CutRecord.Visit(new JvmRuntime(ref reader), reader.Fields, ref visitor);
    }

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Text("vm_name"u8, Name);
        visitor.Text("vm_vendor"u8, Vendor);
        visitor.Text("vm_version"u8, Version);
    }
}
