using SFlow.Dashboards.Model;
using SFlow.Dashboards.Queries;

namespace SFlow.Dashboards.Definitions;

/// <summary>What a workload sends and receives. Its family of series is off by default; each panel then says so.</summary>
internal static class WorkloadView
{
    private static readonly Estimate sent = Shared.WorkloadBytes.Where(Labels.SourceWorkload, "$workload").Where(Labels.Source, "$namespace");
    private static readonly Estimate received = Shared.WorkloadBytes.Where(Labels.DestinationWorkload, "$workload").Where(Labels.Destination, "$namespace");
    private static readonly Estimate packetsSent = Shared.WorkloadPackets.Where(Labels.SourceWorkload, "$workload").Where(Labels.Source, "$namespace");
    private static readonly Estimate packetsReceived = Shared.WorkloadPackets.Where(Labels.DestinationWorkload, "$workload").Where(Labels.Destination, "$namespace");

    public static Dashboard Dashboard { get; } = new("workload", "Workload", "What a workload sends and receives, and its peers. Exists if --families has workload.")
    {
        Variables =
        [
            Shared.NamespaceVariable,
            Variable.OfLabel("workload", "Workload", Families.WorkloadBytes, Labels.SourceWorkload, "{job=~\"$job\", instance=~\"$instance\", source_namespace=~\"$namespace\"}") with { Pattern = ".*" },
        ],
        Rows = [new Row("", Figures), new Row("Sent", Sent), new Row("Received", Received)],
    };

    private static Panel[] Figures =>
    [
        Panel.Stat("Sent", "Estimated layer 2 bytes per second that the workloads send.", Unit.BytesPerSecond, sent.Rate(Selector.RateInterval).OrZero()) with { Width = 6 },
        Panel.Stat("± Error of sent", "Half width of the 95 % confidence interval in the selected range. Too few: below 30 samples. 0 too if the family is off.", Unit.Share, sent.Error(Selector.Range).OrZero())
            with { Decimals = 1, Absent = "too few", Width = 6 },
        Panel.Stat("Received", "Estimated layer 2 bytes per second that the workloads receive. Replies from outside are not sampled.", Unit.BytesPerSecond, received.Rate(Selector.RateInterval).OrZero()) with { Width = 6 },
        Panel.Stat("± Error of received", "Half width of the 95 % confidence interval in the selected range. Too few: below 30 samples. 0 too if the family is off.", Unit.Share, received.Error(Selector.Range).OrZero())
            with { Decimals = 1, Absent = "too few", Width = 6 },
    ];

    private static Panel[] Sent =>
    [
        WithBand("Sent", sent, "sent"),
        Panel.TimeSeries("Sent by workload", "The ten workloads that send the most bytes. The table has the error of each pair.", Unit.BytesPerSecond)
            .Show(sent.Top(10, Labels.Source, Labels.SourceWorkload).OrNone(Labels.SourceWorkload, Shared.NoWorkloads), "{{source_namespace}} {{source_workload}}").Stacked().Size(12, 9),
        Pairs("Receivers", "Who receives what the workloads send, by bytes per second in the selected range.", sent, packetsSent),
    ];

    private static Panel[] Received =>
    [
        WithBand("Received", received, "received"),
        Panel.TimeSeries("Received by workload", "The ten workloads that receive the most bytes. The table has the error of each pair.", Unit.BytesPerSecond)
            .Show(received.Top(10, Labels.Destination, Labels.DestinationWorkload).OrNone(Labels.DestinationWorkload, Shared.NoWorkloads), "{{destination_namespace}} {{destination_workload}}").Stacked().Size(12, 9),
        Pairs("Senders", "Who sends what the workloads receive, by bytes per second in the selected range.", received, packetsReceived),
    ];

    private static Panel WithBand(string title, Estimate estimate, string legend)
    {
        Panel panel = Panel.TimeSeries(title, "Estimated bytes per second, with the 95 % confidence interval of each point.", Unit.BytesPerSecond).ShowWithBand(estimate, legend).Size(12, 9);
        return panel with { Queries = [.. panel.Queries.Select(query => query with { Expression = query.Expression.OrZero() })] };
    }

    private static Panel Pairs(string title, string description, Estimate bytes, Estimate packets) => Panel.Table(title, description,
        [.. Shared.WorkloadColumns, .. Shared.Volume(bytes, packets, Shared.WorkloadPair).Select(column => column.OrNone(Labels.Source, Shared.NoWorkloads))]).Size(24, 10);
}
