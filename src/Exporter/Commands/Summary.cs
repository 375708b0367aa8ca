using SFlow.Exporter.Agents;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Commands;

/// <summary>What a capture held: every family's series by volume, and every sample and datagram by what became of it.</summary>
internal sealed record Summary(
    IReadOnlyList<FamilySummary> Families,
    IReadOnlyList<(string Outcome, long Count)> Samples,
    IReadOnlyList<(string Reason, long Count)> ServerReasons,
    IReadOnlyList<(string Outcome, long Count)> Datagrams,
    IReadOnlyList<AgentStanding> Agents,
    ICalibration Calibration,
    int ExpectedAgents)
{
    public static Summary Of(CapturePipeline line)
    {
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
        return new Summary([.. line.Families.Select(FamilySummary.Of)], Used(samples), [.. reasons.Where(entry => entry.Item2 > 0)], Used(datagrams), agents, line.Calibration, roster.Expected);
    }

    public FamilySummary Flows => Named(FamilyNames.Flow);
    public FamilySummary Acknowledged => Named(FamilyNames.Acknowledged);

    /// <summary>Null where backends were not counted.</summary>
    public FamilySummary? Backends => Families.FirstOrDefault(one => one.Family.Name == FamilyNames.Backend);

    /// <summary>The families that have no place of their own in the summary.</summary>
    public IEnumerable<FamilySummary> Others => Families.Where(one => one != Flows && one != Acknowledged && one != Backends);

    /// <summary>Agents that the capture holds.</summary>
    public int Heard => Agents.Count(standing => standing.Agent is not null);

    public long LostDatagrams => Agents.Sum(standing => standing.Agent?.Lost ?? 0);

    private FamilySummary Named(string name) => Families.First(one => one.Family.Name == name);

    /// <summary>The first entry always, the others where something happened.</summary>
    private static List<(string, long)> Used(List<(string Outcome, long Count)> outcomes) => [.. outcomes.Where((entry, place) => place == 0 || entry.Count > 0)];
}
