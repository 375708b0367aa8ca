using SFlow.Exporter.Pipeline.Filters;

namespace SFlow.Exporter.History.Query;

/// <summary>By what traffic is grouped.</summary>
internal enum HistoryGrouping
{
    Namespace,
    Workload,
    Service,
    Node,
    Zone,
    Locality,
    Network,

    /// <summary>The workload of the other host than the one that the filter selects.</summary>
    Peer,

    /// <summary>One group.</summary>
    Total,
}

internal enum HistoryDirection
{
    /// <summary>Source to destination is one group, the way back another.</summary>
    Forward,

    /// <summary>One group for both ways.</summary>
    Both,
}

internal enum HistoryUnit { Bytes, Packets }

/// <summary>What a request for history asks for.</summary>
internal sealed record HistoryQuery
{
    public required FlowFilter Filter { get; init; }

    /// <summary>Start and finish in seconds of Unix time. They become whole steps.</summary>
    public required long From { get; init; }
    public required long To { get; init; }

    /// <summary>Length of a step in seconds; null for as many steps as fit.</summary>
    public long? Step { get; init; }

    /// <summary>False for one sum over the range.</summary>
    public bool HasSteps { get; init; }

    public HistoryGrouping Group { get; init; }
    public HistoryDirection Direction { get; init; }
    public HistoryUnit Unit { get; init; }

    /// <summary>Groups to list, the largest first.</summary>
    public int Top { get; init; }

    /// <summary>Whether groups are pairs of hosts.</summary>
    public bool IsPair => Group is HistoryGrouping.Namespace or HistoryGrouping.Workload or HistoryGrouping.Node or HistoryGrouping.Zone or HistoryGrouping.Network;

    /// <summary>The amount in the unit that is asked for.</summary>
    public ulong Amount(in HistorySums sums) => Unit == HistoryUnit.Packets ? sums.Packets : sums.Bytes;
}
