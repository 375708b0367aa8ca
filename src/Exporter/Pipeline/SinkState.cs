using System.Globalization;

namespace SFlow.Exporter.Pipeline;

/// <summary>How a sink gets on with the server behind it: written by the sink, read by any scrape and by the page.</summary>
internal sealed class SinkState(string sink)
{
    private const int LongestError = 300;

    private string? trouble = "not connected yet";
    private bool refused;
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

    /// <summary>The server took records.</summary>
    public void Up()
    {
        Volatile.Write(ref refused, false);
        Volatile.Write(ref trouble, null);
    }

    /// <summary>The server is prepared for records. After it refused some, that alone proves nothing: the next ones do.</summary>
    public void Ready()
    {
        if (!Volatile.Read(ref refused)) Volatile.Write(ref trouble, null);
    }

    /// <summary>The server can't be prepared for records, or is away.</summary>
    /// <param name="error">May quote the server: what could disturb a log or a page is taken out.</param>
    public void Down(string error) => Volatile.Write(ref trouble, OneLine(error));

    /// <summary>The server took none of the records of a request. Only records that it takes end this.</summary>
    public void Refused(string error)
    {
        Volatile.Write(ref refused, true);
        Volatile.Write(ref trouble, OneLine(error));
    }

    public void CountRequest(long bytes, bool again)
    {
        Interlocked.Increment(ref requests);
        if (again) Interlocked.Increment(ref retries);
        Interlocked.Add(ref sentBytes, bytes);
    }

    private static string OneLine(string text) => new([.. text.Take(LongestError).Select(c => IsPlain(c) ? c : ' ')]);

    /// <summary>No control, no line end, nothing that turns the direction of text, no half of a pair.</summary>
    private static bool IsPlain(char c) => char.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate);
}
