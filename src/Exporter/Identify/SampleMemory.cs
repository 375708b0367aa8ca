using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify;

/// <summary>
/// Cache of ports, tunnels and nodes from samples with certain endpoints, for samples with uncertain ones. Each entry is one long (tag and
/// value) without a lock: an entry is never torn, and a collision only evicts.
/// </summary>
internal sealed class SampleMemory
{
    private const int Size = 1 << 14, ValueBits = 24;
    private const long ValueMask = (1 << ValueBits) - 1;

    /// <summary>Instead of an endpoint: packets from other nodes enter through this port (a VLAN trunk, a physical network).</summary>
    public const int Uplink = (int)ValueMask;

    private readonly long[] ports = new long[Size], tunnels = new long[Size], places = new long[Size];

    /// <summary>The endpoint behind a port of an agent, <see cref="Uplink"/>, or 0.</summary>
    public int Port(int agent, uint port) => Read(ports, PortKey(agent, port));

    public void RememberPort(int agent, uint port, int endpoint) => Write(ports, PortKey(agent, port), endpoint);

    /// <summary>The network of a tunnel id, if it is in the cache.</summary>
    public bool TryFindTunnel(uint id, out int network) => (network = Read(tunnels, TunnelKey(id)) - 1) >= 0;

    public void RememberTunnel(uint id, int network) => Write(tunnels, TunnelKey(id), network + 1);

    /// <summary>The last known sender of an address on a network, or 0.</summary>
    public int Place(Address address, int network) => Read(places, PlaceKey(address, network));

    public void RememberPlace(Address address, int network, int endpoint) => Write(places, PlaceKey(address, network), endpoint);

    private static int Read(long[] table, ulong key)
    {
        long entry = Volatile.Read(ref table[key & (Size - 1)]);
        return (ulong)entry >> ValueBits == key >> ValueBits ? (int)(entry & ValueMask) : 0;
    }

    private static void Write(long[] table, ulong key, int value)
    {
        long entry = (long)(key >> ValueBits << ValueBits | (uint)value);
        ref long place = ref table[key & (Size - 1)];
        // Usually unchanged: without a write, workers share the cache line.
        if (Volatile.Read(ref place) != entry) Volatile.Write(ref place, entry);
    }

    private static ulong PortKey(int agent, uint port) => new Address((uint)agent, port).SocketHash(1, 0);

    private static ulong TunnelKey(uint id) => new Address(0, id).SocketHash(2, 0);

    private static ulong PlaceKey(Address address, int network) => address.SocketHash((ushort)network, 0);
}
