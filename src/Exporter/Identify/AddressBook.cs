using System.Runtime.CompilerServices;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify;

/// <summary>Who has which address and which port, at one moment: immutable once built, read by all workers without a lock.</summary>
/// <param name="addresses">Endpoints by address.</param>
/// <param name="ports">Services by port, what changed since that table was made, the numbers of all ports, and the sets of Services that share a port.</param>
/// <param name="tunnelIds">Networks by tunnel id, where an address may have several claimants; null where none has.</param>
/// <param name="facts">How much that is.</param>
internal sealed class AddressBook(
    AddressTable addresses, (PortTable Whole, FlatTable Changed, PortSet Standing, int[][] Shared) ports, FlatTable? tunnelIds, AddressBookStats facts)
{
    /// <summary>In place of a value among the changes: there is none any more.</summary>
    public const int Gone = int.MinValue;

    /// <summary>Endpoint id under which NodePorts stand: they hold on the address of every node.</summary>
    public const int AnyNode = int.MaxValue;

    private readonly bool hasPorts = ports.Whole.Count + ports.Changed.Count > 0, hasPortChanges = ports.Changed.Count > 0;

    public AddressBookStats Facts => facts;

    /// <summary>Whether <see cref="Find"/> may give an endpoint with <see cref="FlowEndpoint.Claimants"/>.</summary>
    public bool HasShared => tunnelIds is not null;

    /// <summary>The network of a tunnel id, an index into <c>Registries.Networks</c>.</summary>
    public bool TryFindNetwork(uint tunnelId, out int network)
    {
        network = 0;
        return tunnelIds is not null && tunnelIds.TryFind(0, tunnelId, out network);
    }

    /// <summary>The endpoint of an address: its own, else that of the longest network that holds it; never nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(Address address) => addresses.Find(address);

    /// <summary>
    /// What stands at a port of an endpoint: a service label id when above 0; 0 for a port that only a container declares;
    /// below 0 for a port of several Services.
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

    /// <summary>Whether anything stands at any port: without an inventory nothing does.</summary>
    public bool HasPorts => hasPorts;

    /// <summary>The Services that share a port, by name.</summary>
    public ReadOnlySpan<int> Shared(int service) => ports.Shared[-service - 1];

    public static ulong PortKey(int endpoint, byte protocol, ushort port) => (ulong)(uint)endpoint << 24 | (uint)protocol << 16 | port;
}

/// <summary>How much a book knows, and what it could not use.</summary>
internal sealed record AddressBookStats(int Nodes, int Pods, int Services, int Addresses, int AmbiguousAddresses, int SkippedEntries);
