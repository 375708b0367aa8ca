using System.Runtime.CompilerServices;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify;

/// <summary>Owners of addresses and ports at one moment. Immutable, read by all workers without a lock.</summary>
/// <param name="addresses">Endpoints by address.</param>
/// <param name="ports">Services by port, the changes since that table was built, all port numbers, and the sets of Services that share a port.</param>
/// <param name="tunnelIds">Networks by tunnel id, if an address may have several claimants; otherwise null.</param>
/// <param name="facts">Size of the book.</param>
internal sealed class AddressBook(
    AddressTable addresses, (PortTable Whole, FlatTable Changed, PortSet Standing, int[][] Shared) ports, FlatTable? tunnelIds, AddressBookStats facts)
{
    /// <summary>Marks a deleted entry among the changes.</summary>
    public const int Gone = int.MinValue;

    /// <summary>Endpoint id of NodePorts, which apply to the address of every node.</summary>
    public const int AnyNode = int.MaxValue;

    private readonly bool hasPorts = ports.Whole.Count + ports.Changed.Count > 0, hasPortChanges = ports.Changed.Count > 0;

    public AddressBookStats Facts => facts;

    /// <summary>Whether <see cref="Find"/> may return an endpoint with <see cref="FlowEndpoint.Claimants"/>.</summary>
    public bool HasShared => tunnelIds is not null;

    /// <summary>The network of a tunnel id, an index into <c>Registries.Networks</c>.</summary>
    public bool TryFindNetwork(uint tunnelId, out int network)
    {
        network = 0;
        return tunnelIds is not null && tunnelIds.TryFind(0, tunnelId, out network);
    }

    /// <summary>The endpoint of an address, or that of its longest matching network. Always returns one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(Address address) => addresses.Find(address);

    /// <summary>
    /// The entry of a port of an endpoint: above 0 the label id of a Service; 0 for a port that only a container declares; below 0 for a port of
    /// several Services.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryFindPort(int endpoint, byte protocol, ushort port, out int service)
    {
        if (!ports.Standing.Contains(port))
        {
            service = 0;
            return false;
        }
        ulong key = PortKey(endpoint, protocol, port);
        return (hasPortChanges && ports.Changed.TryFind(0, key, out service) || ports.Whole.TryFind(key, out service)) && service != Gone;
    }

    /// <summary>Whether any port has an entry. Without a cluster none has.</summary>
    public bool HasPorts => hasPorts;

    /// <summary>The Services that share a port, by name.</summary>
    public ReadOnlySpan<int> Shared(int service) => ports.Shared[-service - 1];

    public static ulong PortKey(int endpoint, byte protocol, ushort port) => (ulong)(uint)endpoint << 24 | (uint)protocol << 16 | port;
}

/// <summary>Size of a book, and the number of entries that it could not use.</summary>
internal sealed record AddressBookStats(int Nodes, int Pods, int Services, int Addresses, int AmbiguousAddresses, int SkippedEntries);
