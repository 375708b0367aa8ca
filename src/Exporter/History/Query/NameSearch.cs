using SFlow.Exporter.Http.Access;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Pipeline.Filters;

namespace SFlow.Exporter.History.Query;

/// <summary>Whose names can be completed.</summary>
internal enum NameField { Namespace, Workload, Service, Node, Zone, Locality, Network, Protocol, Key }

/// <summary>
/// Names that a filter can use: those of the traffic since the start, and those of the history. A viewer of some namespaces gets the names of their objects,
/// and the words that every cluster has.
/// </summary>
internal sealed class NameSearch(Registries names, IHistory? history)
{
    private static readonly string[] Reserved =
        [ReservedLabels.Internet, ReservedLabels.Private, ReservedLabels.Node, ReservedLabels.Ovn, ReservedLabels.Unknown, ReservedLabels.Multicast, ReservedLabels.Link];

    private static readonly string[] Localities = [.. Enum.GetValues<Locality>().Where(locality => locality != Locality.Network).Select(SnakeCase.Of)];

    /// <summary>All names of a field that begin with a text, sorted, in quotes where a filter needs them.</summary>
    /// <exception cref="HistoryUnavailableException">The store can't be read.</exception>
    public SortedSet<string> Find(NameField field, string prefix, Viewer viewer)
    {
        SortedSet<string> found = new(NameOrder.Instance);
        switch (field)
        {
            case NameField.Key:
                AddAll(FilterKeys.All);
                break;
            case NameField.Protocol:
                AddAll(ProtocolNames.Words);
                break;
            case NameField.Service:
                foreach (string? service in Services()) Add(service, viewer.SeesAll || service?.IndexOf('/', StringComparison.Ordinal) is > 0 and int slash && viewer.Sees(service[..slash]));
                break;
            default:
                if (field == NameField.Locality) AddAll(Localities);
                if (field == NameField.Namespace) AddAll(Reserved);
                foreach (FlowEndpoint? host in Hosts())
                    if (host is not null && (viewer.SeesAll || viewer.Sees(host.Label))) Add(NameOf(field, host), true);
                break;
        }
        return found;

        void AddAll(IEnumerable<string> words)
        {
            foreach (string word in words) Add(word, true);
        }

        void Add(string? name, bool isSeen)
        {
            if (isSeen && name is not null && Begins(field, name, prefix)) found.Add(FilterTerm.Quoted(name));
        }
    }

    private static string? NameOf(NameField field, FlowEndpoint endpoint)
    {
        HostNames host = HostNames.Of(endpoint);
        return field switch
        {
            NameField.Workload => host.Workload is null ? null : $"{host.Namespace}/{host.Kind ?? TextPattern.Missing}/{host.Workload}",
            NameField.Node => host.Node,
            NameField.Zone => host.Zone,
            NameField.Network => host.Network,
            NameField.Locality => endpoint.Kind == EndpointKind.NamedNetwork ? endpoint.Label : null,
            _ => host.Namespace,
        };
    }

    /// <summary>A workload also begins with its own name: behind any slash.</summary>
    private static bool Begins(NameField field, string name, string prefix)
    {
        if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) return true;
        return field is NameField.Workload && name.AsSpan(name.LastIndexOf('/') + 1).StartsWith(prefix, StringComparison.OrdinalIgnoreCase);
    }

    private IEnumerable<FlowEndpoint?> Hosts()
    {
        for (int id = 0; id < names.Endpoints.Count; id++) yield return names.Endpoints[id];
        foreach (FlowEndpoint? host in Kept()?.Hosts ?? []) yield return host;
    }

    private IEnumerable<string?> Services()
    {
        // Id 0 of a registry is the remainder, which is no name.
        for (int id = 1; id < names.Services.Count; id++) yield return names.Services[id];
        foreach (string? service in Kept()?.Services ?? []) yield return service;
    }

    private HistoryNames? Kept()
    {
        using IHistorySnapshot? snapshot = history?.Open();
        return snapshot?.Names;
    }

    /// <summary>Case does not matter in a filter, so names that differ in nothing else follow each other.</summary>
    private sealed class NameOrder : IComparer<string>
    {
        public static readonly NameOrder Instance = new();

        public int Compare(string? one, string? other) =>
            string.Compare(one, other, StringComparison.OrdinalIgnoreCase) is var order and not 0 ? order : string.CompareOrdinal(one, other);
    }
}
