using System.Buffers;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Elasticsearch.DeadLetters;

/// <summary>What became of the dead letters that were sent again.</summary>
/// <param name="Written">Documents written now.</param>
/// <param name="AlreadyThere">Documents that the server already had.</param>
/// <param name="Rejected">Documents rejected again. They are dead letters again, with the new reason.</param>
/// <param name="Left">Documents without an outcome: they stay.</param>
/// <param name="Unreadable">Lines that are not dead letters: they stay.</param>
internal readonly record struct Resent(long Written, long AlreadyThere, long Rejected, long Left, long Unreadable);

/// <summary>
/// Sends dead letters again, through the same sender as the exporter, and removes those that got an outcome. A kill in between removes none too early: the
/// ids make it harmless to send a document twice.
/// </summary>
internal sealed class DeadLetterSender(DeadLetterFolder folder, ISearchTransport server, ElasticsearchOptions options, TimeProvider time, ILogger logger) : IDisposable
{
    private readonly RecordQueue queue = new("elasticsearch", 1);
    private readonly Pause pause = new(time);
    private readonly Backoff backoff = new(() => Backoff.Longest);
    private readonly Dictionary<string, (BulkSender Sender, Bootstrap Bootstrap)> senders = new(StringComparer.Ordinal);
    private long left, unreadable;

    /// <summary>State of the server: its last error says why documents are left.</summary>
    public SinkState State { get; } = new("elasticsearch");

    /// <summary>Sends all letters that are there now.</summary>
    /// <exception cref="IOException">The folder can't be read or written, or another process sends.</exception>
    public async Task<Resent> SendAsync(CancellationToken deadline)
    {
        using IDisposable held = folder.HoldForSending();
        foreach ((string path, byte[] content) in folder.Read()) folder.Replace(path, content.Length, await SendAsync(content, deadline));
        return new Resent(queue.Written, queue.AlreadyThere, queue.Lost(LossReason.Rejected), left, unreadable);
    }

    public void Dispose()
    {
        foreach ((BulkSender _, Bootstrap bootstrap) in senders.Values) bootstrap.Dispose();
        pause.Dispose();
    }

    /// <summary>Sends the letters of a file.</summary>
    /// <returns>The lines that stay.</returns>
    private async Task<byte[]> SendAsync(byte[] content, CancellationToken deadline)
    {
        (ReadOnlyMemory<byte> Line, DeadLetter? Letter)[] lines = [.. DeadLetterFolder.Lines(content).Select(line => (line, DeadLetter.Read(line)))];
        unreadable += lines.Count(line => line.Letter is null);
        HashSet<(string, string)> waiting = [];
        foreach (IGrouping<string, DeadLetter> index in lines.Select(line => line.Letter).OfType<DeadLetter>().GroupBy(letter => letter.Index))
        {
            BulkBody body = new(options.BulkBytes);
            foreach (DeadLetter letter in index)
            {
                byte[] item = letter.ToItem();
                if (body.TryAdd(item)) continue;
                await SettleAsync(index.Key, body, waiting, deadline);
                body = new BulkBody(options.BulkBytes);
                body.TryAdd(item);
            }
            await SettleAsync(index.Key, body, waiting, deadline);
        }
        ArrayBufferWriter<byte> kept = new();
        foreach ((ReadOnlyMemory<byte> line, DeadLetter? letter) in lines)
        {
            if (letter is not null && !waiting.Contains((letter.Index, letter.Id))) continue;
            kept.Write(line.Span);
            kept.Write("\n"u8);
        }
        return kept.WrittenSpan.ToArray();
    }

    private async Task SettleAsync(string index, BulkBody body, HashSet<(string, string)> waiting, CancellationToken deadline)
    {
        queue.CountFound(body.Count);
        left += await SenderFor(index).SettleAsync(body, deadline);
        for (int i = 0; i < body.Count; i++) waiting.Add((index, BulkAction.IdOf(body.Item(i))));
    }

    private BulkSender SenderFor(string index)
    {
        if (senders.TryGetValue(index, out (BulkSender Sender, Bootstrap Bootstrap) known)) return known.Sender;
        StreamName stream = new(index);
        // The exporter did the setup before it got these rejections.
        Bootstrap bootstrap = new(server, stream, setup: null, State, backoff, pause, time, logger);
        RejectedItems again = new(folder, index, new DeadLetterStats(options.DeadLetterBytes), time, logger);
        BulkSender sender = new(server, bootstrap, stream, queue, State, new ShipStats(), again, backoff, pause, time, logger);
        senders.Add(index, (sender, bootstrap));
        return sender;
    }
}
