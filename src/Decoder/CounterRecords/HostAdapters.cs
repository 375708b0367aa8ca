using SFlow.Internals;

namespace SFlow.CounterRecords;

/// <summary>Network adapters of a host, virtual machine or container (sFlow host structures, <c>host_adapters</c>).</summary>
public readonly ref struct HostAdapters : IRecord<HostAdapters>
{
    /// <summary>Data format 0:2001.</summary>
    public const uint Tag = 2001;

    private readonly ReadOnlySpan<byte> adapters;

    private HostAdapters(scoped ref XdrReader reader)
    {
        uint count = reader.UInt32();
        ReadOnlySpan<byte> from = reader.Rest;
        for (uint passed = 0; passed < count && reader.IsSound; passed++) _ = new Adapter(ref reader);
        adapters = from[..^reader.Rest.Length];
        reader.CountAs(1, 0);
    }

    /// <summary>The adapters. A fresh walk from the first one at each call.</summary>
    public AdapterEnumerator Adapters => new(adapters);

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out HostAdapters record)
    {
        XdrReader reader = new(data);
        record = new HostAdapters(ref reader);
        return reader.IsSound;
    }

    /// <inheritdoc/>
    static void IRecord<HostAdapters>.VisitPart<TVisitor>(ReadOnlySpan<byte> data, ref TVisitor visitor)
    {
        XdrReader reader = new(data);
        CutRecord.Visit(new HostAdapters(ref reader), reader.Fields, ref visitor);
    }

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.BeginList("adapters"u8);
        for (AdapterEnumerator all = Adapters; all.MoveNext();)
        {
            visitor.BeginGroup();
            visitor.Number("if_index"u8, all.Current.Index);
            visitor.BeginList("mac_address"u8);
            for (int i = 0; i < all.Current.MacCount; i++) visitor.Mac(default, all.Current.Mac(i));
            visitor.EndList();
            visitor.EndGroup();
        }
        visitor.EndList();
    }
}
