using SFlow.Internals;

namespace SFlow.FlowRecords;

/// <summary>The decrypted payload of a wireless frame (sFlow 802.11 structures, <c>extended_80211_payload</c>).</summary>
public readonly ref struct WirelessPayload : IRecord<WirelessPayload>
{
    /// <summary>Data format 0:1013.</summary>
    public const uint Tag = 1013;

    private WirelessPayload(scoped ref XdrReader reader)
    {
        CipherSuite = reader.UInt32();
        Data = reader.Opaque();
    }

    /// <summary>Cipher suite as IEEE 802.11 numbers it, its identifier in the upper three bytes.</summary>
    public uint CipherSuite { get; }

    /// <summary>The first bytes of the payload.</summary>
    public ReadOnlySpan<byte> Data { get; }

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out WirelessPayload record)
    {
        XdrReader reader = new(data);
        record = new WirelessPayload(ref reader);
        return reader.IsSound;
    }

    /// <inheritdoc/>
    static void IRecord<WirelessPayload>.VisitPart<TVisitor>(ReadOnlySpan<byte> data, ref TVisitor visitor)
    {
        XdrReader reader = new(data);
        CutRecord.Visit(new WirelessPayload(ref reader), reader.Fields, ref visitor);
    }

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Number("ciphersuite"u8, CipherSuite);
        visitor.Bytes("data"u8, Data);
    }
}
