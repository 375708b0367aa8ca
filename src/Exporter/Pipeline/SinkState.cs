using System.Globalization;

namespace SFlow.Exporter.Pipeline;

/// <summary>State of the server of a sink: written by the sink, read by any scrape and by the page.</summary>
internal sealed class SinkState(string sink)
{
    private const int LongestError = 300;

    private string? trouble = "not connected yet";
    private bool refused;
    private long requests, retries, sentBytes;

    /// <summary>Name of the sink: label value <c>sink</c>.</summary>
    public string Sink => sink;

    /// <summary>Whether the last request succeeded; false before setup is complete.</summary>
    public bool IsUp => LastError is null;

    /// <summary>Error of the last request, as one line without control characters; null if it succeeded.</summary>
    public string? LastError => Volatile.Read(ref trouble);

    /// <summary>Requests with records, including retries.</summary>
    public long Requests => Volatile.Read(ref requests);

    /// <summary>Requests that repeat records of an earlier request.</summary>
    public long Retries => Volatile.Read(ref retries);

    /// <summary>Compressed bytes of the bodies sent.</summary>
    public long SentBytes => Volatile.Read(ref sentBytes);

    /// <summary>The server accepted records.</summary>
    public void Up()
    {
        Volatile.Write(ref refused, false);
        Volatile.Write(ref trouble, null);
    }

    /// <summary>Setup is complete. After rejected records, only accepted ones make the sink up again.</summary>
    public void Ready()
    {
        if (!Volatile.Read(ref refused)) Volatile.Write(ref trouble, null);
    }

    /// <summary>Setup failed, or the server is unavailable.</summary>
    /// <param name="error">May quote the server. Characters that could disturb a log or a page are removed.</param>
    public void Down(string error) => Volatile.Write(ref trouble, OneLine(error));

    /// <summary>The server accepted none of the records of a request. Only accepted records clear this state.</summary>
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

    /// <summary>Excludes control characters, line breaks, bidirectional controls and lone surrogates.</summary>
    private static bool IsPlain(char c) => char.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate);
}
