using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify;

/// <summary>
/// Which Service each client socket last called, shared by all workers because request and reply may be sampled on two nodes.
/// One long a socket (tag and Service), replaced whole, so that no reader sees half; a collision only falls back to the first by name.
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

    /// <summary>The Service among <paramref name="candidates"/> that the client called, else the first.</summary>
    public int Choose(ReadOnlySpan<int> candidates, Address client, ushort port, byte protocol)
    {
        ulong hash = client.SocketHash(port, protocol);
        long socket = Volatile.Read(ref sockets[hash & (Size - 1)]);
        int service = (int)(socket & ((1 << ServiceBits) - 1));
        return (ulong)socket >> ServiceBits == hash >> ServiceBits && candidates.Contains(service) ? service : candidates[0];
    }
}
