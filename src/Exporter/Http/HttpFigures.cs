namespace SFlow.Exporter.Http;

/// <summary>Counters of refused requests, and the number of connections. Thread-safe.</summary>
internal sealed class HttpFigures
{
    private readonly long[] refused = new long[Enum.GetValues<HttpRefusal>().Length];
    private int connections;

    public long this[HttpRefusal reason] => Interlocked.Read(ref refused[(int)reason]);

    /// <summary>Open connections.</summary>
    public int Connections => Volatile.Read(ref connections);

    /// <summary>Maximum open connections; 0 before the start.</summary>
    public int ConnectionsLimit { get; set; }

    /// <summary>Whether the web configuration as it is now is in use; null without one.</summary>
    public bool? WebConfigIsCurrent { get; set; }

    public void Count(HttpRefusal reason) => Interlocked.Increment(ref refused[(int)reason]);

    public void SetConnections(int open) => Volatile.Write(ref connections, open);
}
