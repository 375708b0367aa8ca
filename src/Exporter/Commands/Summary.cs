using SFlow.Exporter.Agents;
using SFlow.Exporter.Count;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Commands;

/// <summary>What a capture held: series by volume, totals, and every sample and datagram by what became of it.</summary>
internal sealed record Summary(
    IReadOnlyList<(FlowSeries Series, FlowTotals Totals)> Series,
    FlowTotals Total,
    IReadOnlyList<(FlowSeries Series, FlowTotals Totals)> Acknowledged,
    UInt128 AcknowledgedBytes,
    IReadOnlyList<(string Service, FlowEndpoint Backend, FlowTotals Totals)> Backends,
    IReadOnlyList<(string Outcome, long Count)> Samples,
    IReadOnlyList<(string Reason, long Count)> ServerReasons,
    IReadOnlyList<(string Outcome, long Count)> Datagrams,
    IReadOnlyList<AgentStanding> Agents,
    int ExpectedAgents)
{
    public static Summary Of(CapturePipeline line, BackendSums? backends)
    {
        List<(FlowSeries, FlowTotals Totals)> series = Rows(line.Family), acknowledged = Rows(line.Acknowledged);
        long Observed(Observation observation) => line.Workers.Sum(worker => worker[observation]);
        List<(string, long)> samples =
        [
            ("counted", Observed(Observation.Source) + Observed(Observation.Fallback) + Observed(Observation.Outside)),
            (SnakeCase.Of(Observation.Destination), Observed(Observation.Destination)),
            (SnakeCase.Of(Observation.Own), Observed(Observation.Own)),
            (SnakeCase.Of(Observation.PacketOut), Observed(Observation.PacketOut)),
            .. Enum.GetValues<SampleFault>().Where(fault => fault != SampleFault.None).Select(fault => (SnakeCase.Of(fault), line.Workers.Sum(worker => worker[fault]))),
        ];
        List<(string, long)> reasons = [.. Enum.GetValues<ServerReason>().Select(reason => (SnakeCase.Of(reason), line.Workers.Sum(worker => worker[reason])))];
        List<(string, long)> datagrams = [.. Enum.GetValues<DatagramOutcome>().Select(outcome => (SnakeCase.Of(outcome), line.Workers.Sum(worker => worker[outcome])))];
        AgentRoster roster = AgentRoster.WholeCapture(line.Agents, line.Registries.Nodes);
        List<AgentStanding> agents = roster.Read(Enumerable.Range(0, line.Agents.Count).Max(id => (long?)line.Agents[id].LastSeen) ?? 0);
        return new Summary(series, Sum(series), acknowledged, Sum(acknowledged).Bytes, backends?.Read() ?? [], Used(samples), [.. reasons.Where(entry => entry.Item2 > 0)], Used(datagrams), agents, roster.Expected);
    }

    /// <summary>Agents that the capture holds.</summary>
    public int Heard => Agents.Count(standing => standing.Agent is not null);

    public long LostDatagrams => Agents.Sum(standing => standing.Agent?.Lost ?? 0);

    /// <summary>The rows of a family in which anything happened, the heaviest first.</summary>
    private static List<(FlowSeries, FlowTotals)> Rows(FlowFamily family)
    {
        FlowTotals[] totals = new FlowTotals[family.Count];
        family.Read(totals);
        return [.. totals.Select((sums, row) => (family.Series(row), sums)).Where(entry => entry.sums.Samples > 0).OrderByDescending(entry => entry.sums.Bytes)];
    }

    private static FlowTotals Sum(List<(FlowSeries, FlowTotals Totals)> series) => series.Aggregate(default(FlowTotals), (sum, entry) => sum + entry.Totals);

    /// <summary>The first entry always, the others where something happened.</summary>
    private static List<(string, long)> Used(List<(string Outcome, long Count)> outcomes) => [.. outcomes.Where((entry, place) => place == 0 || entry.Count > 0)];
}
