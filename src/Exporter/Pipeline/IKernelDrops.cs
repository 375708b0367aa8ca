namespace SFlow.Exporter.Pipeline;

/// <summary>Datagrams that the kernel dropped because a receive buffer was full.</summary>
internal interface IKernelDrops
{
    /// <summary>Sum over all our sockets since start. Never decreases.</summary>
    long Dropped { get; }
}
