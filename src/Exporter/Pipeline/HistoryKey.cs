namespace SFlow.Exporter.Pipeline;

/// <summary>
/// The key of a row of the history in this process: 20 bits for each host (<see cref="HostNumbers"/>), one for a node port, 23 for the service. What
/// does not fit gets the largest number, and has no name in the history.
/// </summary>
internal static class HistoryKey
{
    private const int ServiceBits = 23, HostBits = 20;
    private const int MostService = (1 << ServiceBits) - 1, MostHost = (1 << HostBits) - 1;
    private const int NodePortAt = ServiceBits, DestinationAt = NodePortAt + 1, SourceAt = DestinationAt + HostBits;

    public static ulong Of(int source, int destination, bool nodePort, int service) =>
        (ulong)Math.Min((uint)source, MostHost) << SourceAt | (ulong)Math.Min((uint)destination, MostHost) << DestinationAt
        | (nodePort ? 1UL << NodePortAt : 0) | Math.Min((uint)service, MostService);

    public static int Source(ulong key) => (int)(key >> SourceAt);

    public static int Destination(ulong key) => (int)(key >> DestinationAt) & MostHost;

    public static bool IsNodePort(ulong key) => (key >> NodePortAt & 1) != 0;

    public static int Service(ulong key) => (int)key & MostService;

    /// <summary>Both hosts, without the service.</summary>
    public static ulong Pair(ulong key) => key >> DestinationAt;

    /// <summary>Whether hosts and service have numbers of their own.</summary>
    public static bool HasNames(ulong key) => Source(key) != MostHost && Destination(key) != MostHost && Service(key) != MostService;
}
