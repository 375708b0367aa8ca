using System.Buffers;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Elasticsearch.DeadLetters;

/// <summary>Writes rejected items as dead letters. A letter that can't be kept is counted; the record is counted as lost either way. Any thread may call.</summary>
/// <param name="folder">Where the letters are.</param>
/// <param name="index">The data stream or index of the items.</param>
/// <param name="stats">Counts letters.</param>
/// <param name="time">Clock of the letters' times.</param>
/// <param name="logger">Log of the sink.</param>
internal sealed class RejectedItems(DeadLetterFolder folder, string index, DeadLetterStats stats, TimeProvider time, ILogger logger)
{
    /// <summary>Bytes that are written at once. A file is appended to in few steps, and no step needs more room than a small limit has.</summary>
    private const int LongestChunk = 64 * 1024, ChunksPerLimit = 16;

    private readonly long chunkBytes = Math.Min(LongestChunk, stats.Limit / ChunksPerLimit);
    private readonly RateLimitedLogger log = new(logger, time);
    private readonly Lock gate = new();

    /// <summary>Keeps items of a body.</summary>
    /// <param name="body">The body, as it was sent.</param>
    /// <param name="rejected">Place of each item, and what the server said of it.</param>
    public void Keep(BulkBody body, IReadOnlyList<(int Place, BulkItem Outcome)> rejected)
    {
        if (rejected.Count == 0) return;
        lock (gate)
        {
            ArrayBufferWriter<byte> lines = new();
            int letters = 0;
            foreach ((int place, BulkItem outcome) in rejected)
            {
                DeadLetter.Of(body.Item(place), outcome, index, time.GetUtcNow()).Write(lines);
                letters++;
                if (lines.WrittenCount < chunkBytes) continue;
                Append(lines.WrittenSpan, letters);
                lines.ResetWrittenCount();
                letters = 0;
            }
            if (letters > 0) Append(lines.WrittenSpan, letters);
        }
    }

    private void Append(ReadOnlySpan<byte> lines, int letters)
    {
        try
        {
            long dropped = folder.Append(lines);
            stats.CountKept(letters);
            if (dropped == 0) return;
            stats.CountLost(DeadLetterLoss.Limit, dropped);
            log.LettersDropped(folder.FolderPath, ByteSize.Format(stats.Limit), dropped);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            stats.CountLost(DeadLetterLoss.WriteFailed, letters);
            log.LettersNotWritten(folder.FolderPath, e.Message, letters);
        }
    }
}
