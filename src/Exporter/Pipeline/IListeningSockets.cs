namespace SFlow.Exporter.Pipeline;

/// <summary>Figures of the listening history for metrics.</summary>
internal interface IListeningSockets
{
    /// <summary>Sockets known to listen. Expired ones stay until their place is needed.</summary>
    int Count { get; }

    /// <summary>Maximum sockets.</summary>
    int Maximum { get; }

    /// <summary>Sockets known to listen that were evicted because the cache was full.</summary>
    long Displaced { get; }
}
