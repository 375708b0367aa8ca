using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify;

/// <summary>
/// The Service that each client socket called last. All workers share it, because request and reply may be sampled on two nodes. Each socket
/// is one long (tag and Service), so an entry is never torn. After a collision, the first Service by name is used.
/// </summary>
internal sealed class LastServiceCache
{
    private const int Size = 1 << 16;
    private const int ServiceBits = 24;
    private readonly long[] sockets = new long[Size];

    public void Remember(Address client, ushort port, byte protocol, int service)
    {
        ulong hash = client.SocketHash(port, protocol);
        Volatile.Write(ref sockets[hash & (Size - 1)], (long)(hash >> ServiceBits << ServiceBits | (uint)service));
    }

    /// <summary>The Service of <paramref name="candidates"/> that the client called, otherwise the first.</summary>
    public int Choose(ReadOnlySpan<int> candidates, Address client, ushort port, byte protocol)
    {
        ulong hash = client.SocketHash(port, protocol);
        long socket = Volatile.Read(ref sockets[hash & (Size - 1)]);
        int service = (int)(socket & ((1 << ServiceBits) - 1));
        return (ulong)socket >> ServiceBits == hash >> ServiceBits && candidates.Contains(service) ? service : candidates[0];
    }
}
