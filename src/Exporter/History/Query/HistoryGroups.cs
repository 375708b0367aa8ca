using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using SFlow.Exporter.Http.Access;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Pipeline.Filters;

namespace SFlow.Exporter.History.Query;

/// <summary>
/// The groups of a query, numbered as they are met. What the viewer may see, the filter and the names are evaluated once for all rows with the same ids; the
/// windows of a range have the same ids again and again.
/// </summary>
internal sealed class HistoryGroups
{
    /// <summary>The group of a row that does not match.</summary>
    public const int None = -1;

    private readonly HistoryQuery query;
    private readonly HistoryNames names;
    private readonly FilterIds filter;
    private readonly bool[]? visible;
    private readonly Dictionary<ulong, int> known = [];
    private readonly Dictionary<(GroupSide, GroupSide), int> numbers = [];
    private readonly List<(GroupSide First, GroupSide Second)> groups = [];

    public HistoryGroups(HistoryQuery query, HistoryNames names, Viewer viewer)
    {
        (this.query, this.names) = (query, names);
        filter = new FilterIds(query.Filter, names.Hosts, names.Services);
        if (!viewer.SeesAll) visible = [.. names.Hosts.Select(host => viewer.Sees(host?.Label))];
        SeesUnnamed = viewer.SeesAll;
        HasUnnamed = SeesUnnamed && query.Filter.IsEmpty;
        UnnamedGroup = HasUnnamed && query.Group == HistoryGrouping.Total ? Number(default, default) : None;
    }

    public int Count => groups.Count;

    /// <summary>Whether the viewer may know of traffic without names.</summary>
    public bool SeesUnnamed { get; }

    /// <summary>Whether traffic without names belongs to the answer. With a filter it does not, because it can't be compared.</summary>
    public bool HasUnnamed { get; }

    /// <summary>The group of traffic without names.</summary>
    public int UnnamedGroup { get; }

    /// <summary>The group of a row.</summary>
    public int Of(ref readonly HistoryRow row)
    {
        ulong key = (ulong)(uint)row.Source << 44 | (ulong)(uint)row.Destination << 24 | (ulong)(uint)row.Service << 1 | (row.IsNodePort ? 1UL : 0);
        ref int group = ref CollectionsMarshal.GetValueRefOrAddDefault(known, key, out bool isKnown);
        if (!isKnown) group = Find(in row);
        return group;
    }

    public string LabelOf(int group)
    {
        (GroupSide first, GroupSide second) = groups[group];
        if (query.Group == HistoryGrouping.Total) return "total";
        string label = first.Label(query.Group);
        return !query.IsPair ? label : $"{label} {(query.Direction == HistoryDirection.Both ? '↔' : '→')} {second.Label(query.Group)}";
    }

    /// <summary>Terms that select the group among what matches the filter.</summary>
    public string FilterOf(int group)
    {
        (GroupSide first, GroupSide second) = groups[group];
        if (query.Group == HistoryGrouping.Total) return "";
        if (!query.IsPair) return first.Term(query.Group, query.Group == HistoryGrouping.Peer ? "peer_" : "");
        // Both terms without a side would also match traffic that only one host of the group has.
        bool hasSides = query.Direction == HistoryDirection.Forward || first == second;
        return $"{first.Term(query.Group, hasSides ? "from_" : "")} {second.Term(query.Group, hasSides ? "to_" : "")}";
    }

    public JsonObject NameOf(int group)
    {
        (GroupSide first, GroupSide second) = groups[group];
        if (query.Group == HistoryGrouping.Total) return [];
        return !query.IsPair ? first.AddTo([], query.Group) : new JsonObject { ["source"] = first.AddTo([], query.Group), ["destination"] = second.AddTo([], query.Group) };
    }

    private int Find(ref readonly HistoryRow row)
    {
        if (visible is not null && !Sees(row.Source) && !Sees(row.Destination)) return None;
        FilteredTraffic traffic = new(filter, in row);
        if (!query.Filter.Matches(traffic)) return None;
        switch (query.Group)
        {
            case HistoryGrouping.Total:
                return Number(default, default);
            case HistoryGrouping.Service:
                return Number(new GroupSide(ServiceOf(row.Service)), default);
            case HistoryGrouping.Locality:
                return Number(new GroupSide(HostOf(row.Source) is { } from && HostOf(row.Destination) is { } to ? Localities.Between(from, to, row.IsNodePort) : SnakeCase.Of(Locality.Unknown)), default);
            case HistoryGrouping.Peer:
                return Number(SideOf(query.Filter.IsDestinationPeer(traffic) ? row.Destination : row.Source), default);
            default:
                GroupSide source = SideOf(row.Source), destination = SideOf(row.Destination);
                bool isTurned = query.Direction == HistoryDirection.Both && string.CompareOrdinal(source.Label(query.Group), destination.Label(query.Group)) > 0;
                return isTurned ? Number(destination, source) : Number(source, destination);
        }
    }

    private int Number(GroupSide first, GroupSide second)
    {
        ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, (first, second), out bool isKnown);
        if (isKnown) return number;
        number = groups.Count;
        groups.Add((first, second));
        return number;
    }

    private bool Sees(int host) => (uint)host < (uint)visible!.Length && visible[host];

    private GroupSide SideOf(int host) => GroupSide.Of(query.Group, HostOf(host));

    private FlowEndpoint? HostOf(int id) => (uint)id < (uint)names.Hosts.Length ? names.Hosts[id] : null;

    private string? ServiceOf(int id) => id != 0 && (uint)id < (uint)names.Services.Length ? names.Services[id] : null;
}
