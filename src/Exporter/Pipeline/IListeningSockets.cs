namespace SFlow.Exporter.Pipeline;

/// <summary>The bounded memory of who listens, as metrics show it.</summary>
internal interface IListeningSockets
{
    /// <summary>Sockets known to listen; silent ones stay until their place is wanted.</summary>
    int Count { get; }

    /// <summary>Sockets that there is room for.</summary>
    int Maximum { get; }

    /// <summary>Sockets known to listen that gave way to others because there was no room.</summary>
    long Displaced { get; }
}
