using SFlow.Exporter.Elasticsearch;

namespace SFlow.Exporter.Tests.Elasticsearch;

/// <summary>Bodies as files of a folder, which stay until they are settled: the simplest queue on disk, to see that one can take the place of memory.</summary>
internal sealed class FolderQueue : IBulkQueue
{
    private const int BodyBytes = 100_000;

    private readonly string folder;
    private readonly System.Threading.Channels.Channel<string> files = System.Threading.Channels.Channel.CreateUnbounded<string>();
    private readonly System.Collections.Concurrent.ConcurrentDictionary<BulkBody, string> taken = [];
    private int written;

    public FolderQueue(string folder)
    {
        this.folder = folder;
        foreach (string file in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal)) files.Writer.TryWrite(file);
    }

    /// <summary>Nothing waits in memory.</summary>
    public long? WaitingSince => null;

    public TimeSpan LongestRetryAfter => TimeSpan.FromSeconds(5);

    public void Open()
    {
        // The constructor did it.
    }

    public async ValueTask<BulkBody> AddAsync(BulkBody body, CancellationToken deadline)
    {
        string file = Path.Combine(folder, $"{Guid.NewGuid():N}-{written++}");
        await File.WriteAllBytesAsync(file, body.Bytes.ToArray(), deadline);
        await files.Writer.WriteAsync(file, deadline);
        body.Clear();
        return body;
    }

    public async ValueTask<BulkBody?> TakeAsync(CancellationToken deadline)
    {
        if (!await files.Reader.WaitToReadAsync(deadline) || !files.Reader.TryRead(out string? file)) return null;
        BulkBody body = Read(await File.ReadAllBytesAsync(file, deadline));
        taken[body] = file;
        return body;
    }

    public void Settle(BulkBody body)
    {
        if (taken.TryRemove(body, out string? file)) File.Delete(file);
    }

    public int Abandon(BulkBody body, int left) => 0;

    public void Complete() => files.Writer.TryComplete();

    public int Close() => 0;

    /// <summary>An item is two lines.</summary>
    private static BulkBody Read(ReadOnlySpan<byte> bytes)
    {
        BulkBody body = new(BodyBytes);
        while (!bytes.IsEmpty)
        {
            int action = bytes.IndexOf((byte)'\n') + 1, end = action + bytes[action..].IndexOf((byte)'\n') + 1;
            Assert.True(body.TryAdd(bytes[..end]));
            bytes = bytes[end..];
        }
        return body;
    }
}
