namespace SFlow.Exporter.Http;

/// <summary>What the HTTP side refused, and how many connections it has. Any thread may count.</summary>
internal sealed class HttpFigures
{
    private readonly long[] refused = new long[Enum.GetValues<HttpRefusal>().Length];
    private int connections;

    public long this[HttpRefusal reason] => Interlocked.Read(ref refused[(int)reason]);

    /// <summary>Open now.</summary>
    public int Connections => Volatile.Read(ref connections);

    /// <summary>That may be open; 0 before the start.</summary>
    public int ConnectionsLimit { get; set; }

    public void Count(HttpRefusal reason) => Interlocked.Increment(ref refused[(int)reason]);

    public void SetConnections(int open) => Volatile.Write(ref connections, open);
}
