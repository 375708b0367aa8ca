using SFlow.Exporter.Agents;
using SFlow.Exporter.Metrics;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Web;

/// <summary>Agents for human readers: problems first.</summary>
internal sealed class AgentGroup
{
    /// <summary>Worst state first.</summary>
    private static readonly AgentState[] Severity =
    [
        AgentState.NeverSeen, AgentState.Silent, AgentState.CountersOnly, AgentState.UnknownSender, AgentState.FlowsOnly, AgentState.Restarted,
        AgentState.Awaited, AgentState.Ok, AgentState.Gone,
    ];

    public AgentGroup(Sources sources, int limit)
    {
        long now = sources.Steady.Now;
        List<AgentStanding> standings = sources.Roster.Read(now);
        Agent[] heard = [.. standings.Select(standing => standing.Agent).OfType<Agent>()];
        AgentView[] worstFirst =
        [
            .. standings.OrderByDescending(standing => standing.Agent?.Conflicts > 0).ThenBy(standing => Array.IndexOf(Severity, standing.State))
                .ThenByDescending(standing => standing.Agent?.LossShare).ThenBy(standing => standing.Node?.Name, StringComparer.Ordinal)
                .ThenBy(standing => standing.Agent?.Id).Take(limit).Select(standing => Describe(standing, sources.Calibration, now)),
        ];
        View = new AgentsView(
            heard.Length, sources.Agents.Maximum, sources.Roster.Expected,
            Enum.GetValues<AgentState>().ToDictionary(SnakeCase.Of, state => standings.Count(standing => standing.State == state), StringComparer.Ordinal),
            heard.Sum(agent => agent.Datagrams), heard.Sum(agent => agent.Lost),
            heard.Length == 0 ? null : heard.Min(agent => Math.Max(0, (now - agent.LastSeen) / 1e9)), worstFirst);
        uint[] rates = [.. heard.Select(agent => agent.SamplingRate).Where(rate => rate > 0)];
        Sampling = rates.Length == 0 ? null : new SamplingView(rates.Min(), rates.Max());
    }

    public AgentsView View { get; }
    public SamplingView? Sampling { get; }

    private static AgentView Describe(AgentStanding standing, ICalibration calibrations, long now)
    {
        string node = standing.Node?.Name ?? ReservedLabels.Unknown, state = SnakeCase.Of(standing.State);
        if (standing.Agent is not { } agent) return new AgentView(null, 0, node, state, null, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, null);
        CalibrationSums calibration = calibrations.Read(agent.Id, recent: true);
        double silence = Math.Max(0, (now - agent.LastSeen) / 1e9);
        return new AgentView(
            agent.Address.ToString(), agent.SubAgentId, node, state, silence, agent.LossShare, agent.Datagrams, agent.Lost,
            agent.Duplicates, agent.Reordered, agent.Restarts, agent.Conflicts, agent.FlowSamples, agent.CounterSamples, agent.SamplingRate,
            new CalibrationView(calibration.Ratio, calibration.Error, calibration.Samples));
    }
}
