using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify;

/// <summary>The remaining claimants of one address. Reused, so that samples allocate nothing.</summary>
internal sealed class Claimants(EndpointRegistry endpoints)
{
    private int[] left = new int[16];

    public int Count { get; private set; }

    public ReadOnlySpan<int> Left => left.AsSpan(0, Count);

    /// <summary>Starts with all claimants of an endpoint, or with the endpoint itself.</summary>
    public void Begin(int endpoint)
    {
        int[]? claimants = endpoints.Brief(endpoint).Shared ? endpoints[endpoint].Claimants : null;
        Count = claimants is { Length: > 0 } ? claimants.Length : 1;
        if (Count > left.Length) left = new int[Count * 2];
        left[0] = endpoint;
        claimants.AsSpan().CopyTo(left);
    }

    /// <summary>Keeps those on a network, if there are any.</summary>
    public void KeepNetwork(int network)
    {
        int kept = 0;
        for (int at = 0; at < Count; at++)
            if (endpoints[left[at]].NetworkId == network) Keep(at, ref kept);
        End(kept);
    }

    /// <summary>Keeps those on a possible network of the peer, if there are any.</summary>
    public void KeepNetworksOf(Claimants other)
    {
        int kept = 0;
        for (int at = 0; at < Count; at++)
            if (other.HasNetwork(endpoints[left[at]].NetworkId)) Keep(at, ref kept);
        End(kept);
    }

    /// <summary>Keeps those on a node, or (<paramref name="on"/> false) those on other nodes, if any remain. Claimants on any node always remain.</summary>
    public void KeepNode(int node, bool on)
    {
        int kept = 0;
        for (int at = 0; at < Count; at++)
        {
            ref readonly EndpointSummary brief = ref endpoints.Brief(left[at]);
            if (brief.Shared || brief.Location == node == on) Keep(at, ref kept);
        }
        End(kept);
    }

    /// <summary>Keeps those with an entry for a port, if there are any.</summary>
    public void KeepPort(AddressBook book, byte protocol, ushort port)
    {
        int kept = 0;
        for (int at = 0; at < Count; at++)
            if (book.TryFindPort(left[at], protocol, port, out _)) Keep(at, ref kept);
        End(kept);
    }

    /// <summary>Keeps one, if it is among them.</summary>
    public void KeepOnly(int endpoint)
    {
        if (endpoint <= 0 || !Left.Contains(endpoint)) return;
        left[0] = endpoint;
        Count = 1;
    }

    /// <summary>The common network of all of them, or -1.</summary>
    public int CommonNetwork()
    {
        int network = endpoints[left[0]].NetworkId;
        for (int at = 1; at < Count; at++)
            if (endpoints[left[at]].NetworkId != network) return -1;
        return network;
    }

    /// <summary>Whether all of them are on one network only. Services and outside addresses are reachable from any network.</summary>
    public bool AreOfNetworks()
    {
        for (int at = 0; at < Count; at++)
        {
            FlowEndpoint endpoint = endpoints[left[at]];
            if (endpoint.Kind != EndpointKind.Pod && endpoint.Network is null) return false;
        }
        return true;
    }

    private bool HasNetwork(int network)
    {
        for (int at = 0; at < Count; at++)
            if (endpoints[left[at]].NetworkId == network) return true;
        return false;
    }

    private void Keep(int at, ref int kept) => (left[kept], left[at], kept) = (left[at], left[kept], kept + 1);

    /// <summary>Evidence that excludes all of them does not apply, and is ignored.</summary>
    private void End(int kept)
    {
        if (kept > 0) Count = kept;
    }
}
