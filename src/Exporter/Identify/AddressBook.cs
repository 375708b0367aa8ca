using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify;

/// <summary>Who has which address and which port, at one moment: immutable once built, read by all workers without a lock.</summary>
internal sealed class AddressBook(FlatTable addresses, PrefixTable prefixes, FlatTable ports, IReadOnlyList<int[]> shared, AddressBookFacts facts)
{
    /// <summary>Endpoint id under which NodePorts stand: they hold on the address of every node.</summary>
    public const int AnyNode = int.MaxValue;

    public AddressBookFacts Facts => facts;

    /// <summary>The endpoint of an address: its own, else that of the longest network that holds it; never nothing.</summary>
    public int Find(Address address) => addresses.TryFind(address.High, address.Low, out int endpoint) ? endpoint : prefixes.Find(address);

    /// <summary>
    /// What stands at a port of an endpoint: a service label id when above 0; 0 for a port that only a container declares;
    /// below 0 for a port of several Services.
    /// </summary>
    public bool TryFindPort(int endpoint, byte protocol, ushort port, out int service) => ports.TryFind(0, PortKey(endpoint, protocol, port), out service);

    /// <summary>Whether anything stands at any port: without an inventory nothing does.</summary>
    public bool HasPorts => ports.Count > 0;

    /// <summary>The Services that share a port, by name.</summary>
    public ReadOnlySpan<int> Shared(int service) => shared[-service - 1];

    public static ulong PortKey(int endpoint, byte protocol, ushort port) => (ulong)(uint)endpoint << 24 | (uint)protocol << 16 | port;
}

/// <summary>How much a book knows, and what it could not use.</summary>
internal sealed record AddressBookFacts(int Nodes, int Pods, int Services, int Addresses, int AmbiguousAddresses, int BadAddresses);
