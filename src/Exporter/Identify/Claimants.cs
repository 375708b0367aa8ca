using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify;

/// <summary>The claimants of one address that the evidence so far leaves; used again and again, so that samples allocate nothing.</summary>
internal sealed class Claimants(EndpointRegistry endpoints)
{
    private int[] left = new int[16];

    public int Count { get; private set; }

    public ReadOnlySpan<int> Left => left.AsSpan(0, Count);

    /// <summary>Begins with all claimants of an endpoint; with the endpoint itself where it has none.</summary>
    public void Begin(int endpoint)
    {
        int[]? claimants = endpoints.Brief(endpoint).Shared ? endpoints[endpoint].Claimants : null;
        Count = claimants is { Length: > 0 } ? claimants.Length : 1;
        if (Count > left.Length) left = new int[Count * 2];
        left[0] = endpoint;
        claimants.AsSpan().CopyTo(left);
    }

    /// <summary>Keeps those on a network, if any is.</summary>
    public void KeepNetwork(int network)
    {
        int kept = 0;
        for (int at = 0; at < Count; at++)
            if (endpoints[left[at]].NetworkId == network) Keep(at, ref kept);
        End(kept);
    }

    /// <summary>Keeps those on networks that the other end may be on, if any is.</summary>
    public void KeepNetworksOf(Claimants other)
    {
        int kept = 0;
        for (int at = 0; at < Count; at++)
            if (other.HasNetwork(endpoints[left[at]].NetworkId)) Keep(at, ref kept);
        End(kept);
    }

    /// <summary>Keeps those on a node, or (<paramref name="on"/> false) those that are not, if any remains. Who may be anywhere always does.</summary>
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

    /// <summary>Keeps those that something stands at a port of, if any is.</summary>
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

    /// <summary>The one network on which all of them are, or -1.</summary>
    public int CommonNetwork()
    {
        int network = endpoints[left[0]].NetworkId;
        for (int at = 1; at < Count; at++)
            if (endpoints[left[at]].NetworkId != network) return -1;
        return network;
    }

    /// <summary>Whether all of them are of a kind that is on one network only: Services and what is outside can be reached from any.</summary>
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

    /// <summary>Evidence against all of them is of something else.</summary>
    private void End(int kept)
    {
        if (kept > 0) Count = kept;
    }
}
