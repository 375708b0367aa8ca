namespace SFlow.Exporter.Pipeline;

/// <summary>Datagrams that the kernel threw away because a receive buffer was full: no worker ever saw them.</summary>
internal interface IKernelDrops
{
    /// <summary>Sum over all our sockets since start; never falls.</summary>
    long Dropped { get; }
}
