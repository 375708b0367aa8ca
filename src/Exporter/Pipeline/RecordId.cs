using System.Buffers.Binary;

namespace SFlow.Exporter.Pipeline;

/// <summary>
/// The identity of a record, as Elasticsearch's <c>_id</c> and in exemplars: 16 bytes as 22 characters. Six bytes of uptime and datagram sequence come first, so that ids of one time
/// share a prefix, which the index packs well; the hash's upper 80 bits follow. No clock of ours is in it, so that a retry, a doubled datagram
/// and a second exporter give the same id.
/// </summary>
internal static class RecordId
{
    public const int Length = 22;

    /// <summary>The characters of base64url in the order of their codes, so that text sorts as the bytes do.</summary>
    private static ReadOnlySpan<byte> Alphabet => "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"u8;

    public static void Write(in Flow record, Span<byte> text)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, record.UptimeMilliseconds);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[4..], (ushort)record.DatagramSequence);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[6..], record.IdHigh);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[14..], (ushort)(record.IdLow >> 48));
        text = text[..Length];
        ReadOnlySpan<byte> alphabet = Alphabet;
        for (int group = 0; group < 5; group++)
        {
            int three = bytes[group * 3] << 16 | bytes[group * 3 + 1] << 8 | bytes[group * 3 + 2];
            text[group * 4] = alphabet[three >> 18];
            text[group * 4 + 1] = alphabet[three >> 12 & 0x3F];
            text[group * 4 + 2] = alphabet[three >> 6 & 0x3F];
            text[group * 4 + 3] = alphabet[three & 0x3F];
        }
        text[20] = alphabet[bytes[15] >> 2];
        text[21] = alphabet[(bytes[15] & 3) << 4];
    }
}
