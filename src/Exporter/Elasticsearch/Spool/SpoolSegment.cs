using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace SFlow.Exporter.Elasticsearch.Spool;

/// <summary>
/// A file of bodies, one behind the other: written at its end, read once from its start. The file is opened for each access, so that a deleted file is
/// noticed. Nothing is flushed to the device: what is written survives the process, not a crash of the machine.
/// </summary>
internal sealed class SpoolSegment(string path)
{
    private const int ScanBytes = 1 << 20;

    private long position;

    public string Path => path;

    /// <summary>Length of the file up to the end of its last body.</summary>
    public long Length { get; private set; }

    /// <summary>Records that no sender has taken yet.</summary>
    public long Untaken { get; private set; }

    /// <summary>Records without an outcome, including taken ones.</summary>
    public long Unsettled { get; private set; }

    /// <summary>When the first and the last body were written, by the clock of the spool; 0 without a body.</summary>
    public long Oldest { get; private set; }
    public long Newest { get; private set; }

    /// <summary>An earlier run wrote it, and may have sent its bodies.</summary>
    public bool IsRestored { get; private set; }

    /// <summary>The spool has given it up: what senders have taken of it exists in memory only.</summary>
    public bool IsDropped { get; set; }

    /// <param name="header">Its header.</param>
    /// <param name="packed">The body.</param>
    /// <param name="now">The time by the clock of the spool.</param>
    /// <exception cref="IOException">The body is not written. The next one is written in its place.</exception>
    public void Append(in SpoolHeader header, ReadOnlySpan<byte> packed, long now)
    {
        byte[] both = new byte[header.Length];
        header.Write(both);
        packed.CopyTo(both.AsSpan(SpoolHeader.Size));
        using SafeFileHandle file = Open(Length == 0 ? FileMode.OpenOrCreate : FileMode.Open, FileAccess.Write);
        try
        {
            RandomAccess.Write(file, both, Length);
        }
        catch (IOException)
        {
            RandomAccess.SetLength(file, Length);
            throw;
        }
        Include(header, now);
        Length += both.Length;
    }

    /// <summary>Takes the next body that is intact and not settled. Damaged bodies are passed over: at the end, their records are still untaken.</summary>
    /// <returns>False at the end of the segment.</returns>
    public bool TryTake(out SpoolEntry entry)
    {
        entry = default;
        using SafeFileHandle file = Open(FileMode.Open, FileAccess.Read);
        while (TryFindHeader(file, out SpoolHeader header, out bool isSettled))
        {
            long at = position;
            position += header.Length;
            if (isSettled) continue;
            byte[] packed = new byte[header.PackedBytes];
            if (!TryReadAll(file, packed, at + SpoolHeader.Size) || SpoolHeader.Crc(packed) != header.Checksum)
            {
                // The length may be wrong by a coincidence of checksums, or bytes may be missing: the next header is searched for.
                position = at + SpoolHeader.Size;
                continue;
            }
            Untaken -= header.Records;
            entry = new SpoolEntry(this, at, header, packed);
            return true;
        }
        return false;
    }

    /// <summary>Every record of the body has its outcome: the next start does not send it again.</summary>
    public void Settle(in SpoolEntry entry)
    {
        Unsettled -= entry.Header.Records;
        Span<byte> state = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(state, SpoolHeader.Settled);
        using SafeFileHandle file = Open(FileMode.Open, FileAccess.Write);
        RandomAccess.Write(file, state, entry.Offset + SpoolHeader.StateOffset);
    }

    /// <summary>Takes no more of the segment.</summary>
    /// <returns>Records that were not taken.</returns>
    public long GiveUp()
    {
        long lost = Untaken;
        Unsettled -= lost;
        Untaken = 0;
        position = Length;
        return lost;
    }

    /// <summary>Reads the headers of a file that an earlier process wrote, and cuts off a last body that is not complete.</summary>
    /// <param name="believed">Gives the time of a body by the clock of the spool.</param>
    /// <returns>Bytes that were cut off, records in them as far as a header says so, and bytes before them that belong to no intact body.</returns>
    public (long TornBytes, long TornRecords, long DamagedBytes) Recover(Func<long, long> believed)
    {
        using SafeFileHandle file = Open(FileMode.Open, FileAccess.ReadWrite);
        long size = RandomAccess.GetLength(file), end = 0, tornRecords = 0, intact = 0;
        (Length, IsRestored) = (size, true);
        while (TryFindHeader(file, out SpoolHeader header, out bool isSettled))
        {
            if (position + header.Length > size)
            {
                tornRecords += isSettled ? 0 : header.Records;
                position += SpoolHeader.Size;
                continue;
            }
            end = position += header.Length;
            intact += header.Length;
            if (!isSettled) Include(header, believed(header.Written));
        }
        RandomAccess.SetLength(file, end);
        (Length, position) = (end, 0);
        return (size - end, tornRecords, end - intact);
    }

    private void Include(in SpoolHeader header, long written)
    {
        Untaken += header.Records;
        Unsettled += header.Records;
        if (Oldest == 0) Oldest = written;
        Newest = Math.Max(Newest, written);
    }

    /// <summary>Moves to the next intact header, over bytes that are none.</summary>
    private bool TryFindHeader(SafeFileHandle file, out SpoolHeader header, out bool isSettled)
    {
        byte[] bytes = new byte[SpoolHeader.Size];
        while (position + SpoolHeader.Size <= Length && TryReadAll(file, bytes, position))
        {
            if (SpoolHeader.TryRead(bytes, out header, out isSettled)) return true;
            position = NextMark(file, position + 1);
        }
        (header, isSettled) = (default, false);
        return false;
    }

    /// <summary>Offset of the next bytes that look like the start of a header; the end if there are none.</summary>
    private long NextMark(SafeFileHandle file, long from)
    {
        Span<byte> mark = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(mark, SpoolHeader.Mark);
        byte[] bytes = new byte[ScanBytes];
        for (; from + mark.Length <= Length; from += ScanBytes - mark.Length + 1)
        {
            int read = RandomAccess.Read(file, bytes.AsSpan(0, (int)Math.Min(ScanBytes, Length - from)), from);
            if (bytes.AsSpan(0, read).IndexOf(mark) is >= 0 and int index) return from + index;
            if (read < ScanBytes) break;
        }
        return Length;
    }

    private static bool TryReadAll(SafeFileHandle file, Span<byte> target, long offset)
    {
        while (!target.IsEmpty)
        {
            int read = RandomAccess.Read(file, target, offset);
            if (read == 0) return false;
            target = target[read..];
            offset += read;
        }
        return true;
    }

    private SafeFileHandle Open(FileMode mode, FileAccess access) => File.OpenHandle(path, mode, access, FileShare.ReadWrite | FileShare.Delete);
}
