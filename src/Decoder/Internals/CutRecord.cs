using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SFlow.Internals;

/// <summary>Visits the complete fields of a truncated record, and no other.</summary>
internal static class CutRecord
{
    /// <summary>More than any record of fixed size has, in bytes and in fields.</summary>
    private const int LongestFixed = 512, MaximumFields = 64;

    /// <summary>Names the fields of a record that have a bit; the first field has the lowest one.</summary>
    public static void Visit<TRecord, TVisitor>(TRecord record, ulong fields, ref TVisitor visitor)
        where TRecord : IRecord<TRecord>, allows ref struct
        where TVisitor : IFieldVisitor, allows ref struct
    {
        if (fields == 0) return;
        ChosenFields<TVisitor> chosen = new(visitor, fields);
        record.Visit(ref chosen);
        visitor = chosen.Visitor;
    }

    /// <summary>
    /// The same for a record of fixed size. It is read twice, filled up with zeros and with ones: a field that reads alike has no byte in what was filled up.
    /// </summary>
    public static void VisitPadded<TRecord, TVisitor>(ReadOnlySpan<byte> data, ref TVisitor visitor)
        where TRecord : IRecord<TRecord>, allows ref struct
        where TVisitor : IFieldVisitor, allows ref struct
    {
        Span<byte> zeros = stackalloc byte[LongestFixed], ones = stackalloc byte[LongestFixed];
        if (data.IsEmpty || data.Length > LongestFixed) return;
        zeros.Clear();
        ones.Fill(byte.MaxValue);
        data.CopyTo(zeros);
        data.CopyTo(ones);
        // No record of fixed size has a text or bytes, so that nothing of the two can stay in the visitor; the compiler does not know that.
        if (!TRecord.TryRead(Unbound(zeros), out TRecord record) || !TRecord.TryRead(Unbound(ones), out TRecord other)) return;
        FieldSums sums = default, otherSums = default;
        record.Visit(ref sums);
        other.Visit(ref otherSums);
        Visit(record, sums.Common(otherSums), ref visitor);
    }

    private static ReadOnlySpan<byte> Unbound(scoped ReadOnlySpan<byte> bytes) =>
        MemoryMarshal.CreateReadOnlySpan(in MemoryMarshal.GetReference(bytes), bytes.Length);

    /// <summary>Notes a number for each field, by which two readings of a record are compared.</summary>
    private struct FieldSums : IFieldVisitor
    {
        private Sums sums;
        private int count;

        public readonly ulong Common(in FieldSums other)
        {
            int common = 0;
            while (common < Math.Min(count, other.count) && sums[common] == other.sums[common]) common++;
            return common >= MaximumFields ? ulong.MaxValue : (1UL << common) - 1;
        }

        public void Number(ReadOnlySpan<byte> name, ulong value) => Add(value);

        public void Signed(ReadOnlySpan<byte> name, int value) => Add((uint)value);

        public void Real(ReadOnlySpan<byte> name, float value) => Add(BitConverter.SingleToUInt32Bits(value));

        public void Identifier(ReadOnlySpan<byte> name, ulong value) => Add(value);

        public void Text(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) => Add(value);

        public void Bytes(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) => Add(value);

        public void Address(ReadOnlySpan<byte> name, Address value) => Add(value.High * 0x9E37_79B9_7F4A_7C15 ^ value.Low);

        public void Mac(ReadOnlySpan<byte> name, ulong value) => Add(value);

        public void BeginList(ReadOnlySpan<byte> name) => Add(0);

        public readonly void EndList()
        {
        }

        public readonly void BeginGroup()
        {
        }

        public readonly void EndGroup()
        {
        }

        private void Add(ReadOnlySpan<byte> value)
        {
            ulong sum = (uint)value.Length;
            foreach (byte one in value) sum = (sum ^ one) * 0x9E37_79B9_7F4A_7C15;
            Add(sum);
        }

        private void Add(ulong sum)
        {
            if (count < MaximumFields) sums[count++] = sum;
        }
    }

    [InlineArray(MaximumFields)]
    private struct Sums
    {
        private ulong first;
    }
}
