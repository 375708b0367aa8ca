using System.Text.Json.Nodes;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Pipeline.Filters;

namespace SFlow.Exporter.History.Query;

/// <summary>One side of a group, or the whole of a group without sides. Missing names are null.</summary>
/// <param name="Name">What the history is grouped by: a namespace, a node, a service, or the name of a workload.</param>
/// <param name="Kind">Kind of the workload.</param>
/// <param name="Namespace">Namespace label of the workload.</param>
internal readonly record struct GroupSide(string? Name, string? Kind = null, string? Namespace = null)
{
    /// <summary>Text for a missing name.</summary>
    private const string Unknown = "unknown";

    /// <summary>The side of a host.</summary>
    public static GroupSide Of(HistoryGrouping group, FlowEndpoint? host)
    {
        if (host is null) return default;
        HostNames names = HostNames.Of(host);
        return group switch
        {
            HistoryGrouping.Node => new GroupSide(names.Node),
            HistoryGrouping.Zone => new GroupSide(names.Zone),
            HistoryGrouping.Network => new GroupSide(names.Network),
            HistoryGrouping.Workload or HistoryGrouping.Peer => new GroupSide(names.Workload, names.Workload is null ? null : names.Kind, names.Namespace),
            _ => new GroupSide(names.Namespace),
        };
    }

    /// <summary>The name for people.</summary>
    public string Label(HistoryGrouping group) =>
        IsWorkload(group) ? string.Join('/', ((string?[])[Namespace, Kind, Name]).Where(part => part is not null)) is { Length: > 0 } label ? label : Unknown
            : Name ?? Unknown;

    /// <summary>The term that selects the side.</summary>
    /// <param name="group">By what the history is grouped.</param>
    /// <param name="prefix">Chooses the host: <c>from_</c>, <c>to_</c>, <c>peer_</c> or nothing.</param>
    public string Term(HistoryGrouping group, string prefix)
    {
        string missing = TextPattern.Missing;
        if (!IsWorkload(group)) return $"{prefix}{SnakeCase.Of(group)}={FilterTerm.Quoted(Name ?? missing)}";
        return $"{prefix}{SnakeCase.Of(HistoryGrouping.Workload)}={FilterTerm.Quoted(Name is null ? $"{Namespace ?? missing}/{missing}" : $"{Namespace ?? missing}/{Kind ?? missing}/{Name}")}";
    }

    /// <summary>Adds the members of the side.</summary>
    public JsonObject AddTo(JsonObject name, HistoryGrouping group)
    {
        if (IsWorkload(group)) (name["namespace"], name["kind"], name["workload"]) = (Namespace, Kind, Name);
        else name[SnakeCase.Of(group)] = Name;
        return name;
    }

    private static bool IsWorkload(HistoryGrouping group) => group is HistoryGrouping.Workload or HistoryGrouping.Peer;
}
