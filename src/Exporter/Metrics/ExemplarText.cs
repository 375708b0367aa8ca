using System.Globalization;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Metrics;

/// <summary>
/// The exemplar of a series in OpenMetrics: a recent sample by the id of its record and by its community id, with the bytes that it added and its time.
/// At most 83 characters of labels; OpenMetrics allows 128.
/// </summary>
internal static class ExemplarText
{
    public static void Write(MemoryStream text, IFamily family, int slot, FamilyRow row)
    {
        // A sample that is older than the series belongs to the former owner of the slot.
        if (!family.TryExemplar(slot, out Flow sample) || sample.TimestampNanoseconds < row.BornNanoseconds) return;
        Span<byte> id = stackalloc byte[RecordId.Length], community = stackalloc byte[CommunityId.Length];
        bool hasRecord = (sample.IdHigh | sample.IdLow) != 0, hasCommunity = CommunityId.TryWrite(sample, community);
        if (!hasRecord && !hasCommunity) return;
        text.Write(" # {"u8);
        if (hasRecord)
        {
            RecordId.Write(sample, id);
            Label(text, "record_id=\""u8, id);
            if (hasCommunity) text.WriteByte((byte)',');
        }
        if (hasCommunity) Label(text, "community_id=\""u8, community);
        text.Write("} "u8);
        Span<byte> number = stackalloc byte[32];
        sample.Bytes.TryFormat(number, out int length, default, CultureInfo.InvariantCulture);
        text.Write(number[..length]);
        text.WriteByte((byte)' ');
        (sample.TimestampNanoseconds / 1e9).TryFormat(number, out length, "F3", CultureInfo.InvariantCulture);
        text.Write(number[..length]);
    }

    private static void Label(MemoryStream text, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        text.Write(name);
        text.Write(value);
        text.WriteByte((byte)'"');
    }
}
