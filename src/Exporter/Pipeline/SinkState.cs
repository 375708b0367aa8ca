using System.Globalization;

namespace SFlow.Exporter.Pipeline;

/// <summary>How a sink gets on with the server behind it: written by the sink, read by any scrape and by the page.</summary>
internal sealed class SinkState(string sink)
{
    private const int LongestError = 300;

    private string? trouble = "not connected yet";
    private long requests, retries, sentBytes;

    /// <summary>Name of the sink: label value <c>sink</c>.</summary>
    public string Sink => sink;

    /// <summary>The server took records when it was last asked; false until it has been made ready for them.</summary>
    public bool IsUp => LastError is null;

    /// <summary>Why the server takes no records now, as one line without control characters; null while it does.</summary>
    public string? LastError => Volatile.Read(ref trouble);

    /// <summary>Requests with records, those again included.</summary>
    public long Requests => Volatile.Read(ref requests);

    /// <summary>Requests of records that were sent before.</summary>
    public long Retries => Volatile.Read(ref retries);

    /// <summary>Bytes of the bodies as sent, packed.</summary>
    public long SentBytes => Volatile.Read(ref sentBytes);

    public void Up() => Volatile.Write(ref trouble, null);

    /// <param name="error">May quote the server: what could disturb a log or a page is taken out.</param>
    public void Down(string error) => Volatile.Write(ref trouble, Line(error));

    public void CountRequest(long bytes, bool again)
    {
        Interlocked.Increment(ref requests);
        if (again) Interlocked.Increment(ref retries);
        Interlocked.Add(ref sentBytes, bytes);
    }

    private static string Line(string text) => new([.. text.Take(LongestError).Select(c => IsPlain(c) ? c : ' ')]);

    /// <summary>No control, no line end, nothing that turns the direction of text, no half of a pair.</summary>
    private static bool IsPlain(char c) => char.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate);
}
