using System.Globalization;
using SFlow.Exporter.Agents;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Commands;

/// <summary>The summary for people: the heaviest series, then totals and what was not counted.</summary>
internal static class SummaryTable
{
    private const int Top = 40;

    public static void Write(Summary summary, Stream output)
    {
        using StreamWriter writer = new(output, leaveOpen: true);
        List<string[]> rows = [["source namespace", "destination namespace", "server service", "bytes", "error", "packets", "error", "samples"]];
        foreach ((FamilyRow row, FlowTotals totals) in summary.Flows.Rows.Take(Top)) rows.Add([.. row.Values, .. Figures(totals)]);
        FlowTotals rest = summary.Flows.Rows.Skip(Top).Aggregate(default(FlowTotals), (sum, entry) => sum + entry.Totals);
        if (rest.Samples > 0) rows.Add([$"({summary.Flows.Rows.Count - Top} more)", "", "", .. Figures(rest)]);
        rows.Add(["total", "", "", .. Figures(summary.Flows.Total)]);

        Write(writer, rows);
        writer.WriteLine();
        WriteAcknowledged(writer, summary);
        foreach (FamilySummary family in summary.Others) WriteFamily(writer, family);
        writer.WriteLine("samples:   " + Outcomes(summary.Samples));
        if (summary.ServerReasons.Count > 0) writer.WriteLine("servers:   determined by " + Outcomes(summary.ServerReasons));
        writer.WriteLine("datagrams: " + Outcomes(summary.Datagrams));
        writer.WriteLine($"agents:    {Heard(summary)}, {Number(summary.LostDatagrams)} datagrams lost on the way");
        writer.WriteLine();
        WriteAgents(writer, summary);
        writer.WriteLine("Bytes and packets are estimates: each sample times its sampling rate. ± is the 95 % confidence interval, without lost datagrams.");
        writer.WriteLine($"Below {EstimateError.FewestSamples} samples there are too few to compute it.");
    }

    private static void WriteAcknowledged(StreamWriter writer, Summary summary)
    {
        if (summary.Acknowledged.Rows.Count == 0) return;
        writer.WriteLine($"received by pods from unsampled peers: at least {Number(summary.Acknowledged.Total.Bytes)} bytes, from TCP acknowledgement numbers; not part of the total above");
        List<string[]> rows = [.. summary.Acknowledged.Rows.Take(Top).Select(entry => (string[])[.. entry.Row.Values, $">= {Number(entry.Totals.Bytes)}"])];
        Write(writer, rows);
        writer.WriteLine();
    }

    /// <summary>A family that has no table of its own.</summary>
    private static void WriteFamily(StreamWriter writer, FamilySummary family)
    {
        if (family.Rows.Count == 0) return;
        List<string[]> rows = [[.. family.Family.Labels.Select(label => label.Replace('_', ' ')), .. family.Family.Columns.Select(column => column.Name)]];
        foreach ((FamilyRow row, FlowTotals totals) in family.Rows.Take(Top)) rows.Add([.. row.Values, .. family.Family.Columns.Select(column => Number(totals[column.Figure]))]);
        if (family.Rows.Count > Top) rows.Add([$"({family.Rows.Count - Top} more)", .. Enumerable.Repeat("", rows[0].Length - 1)]);
        Write(writer, rows, family.Family.Labels.Count);
        writer.WriteLine();
    }

    private static string Heard(Summary summary) =>
        Number(summary.Heard) + (summary.ExpectedAgents > 0 ? $" of {Number(summary.ExpectedAgents)} expected" : "");

    /// <summary>Those in trouble first.</summary>
    private static void WriteAgents(StreamWriter writer, Summary summary)
    {
        if (summary.Agents.Count == 0) return;
        List<string[]> rows = [["node", "agent", "state", "datagrams", "lost", "flow samples", "counter samples", "to counters", "1 in"]];
        foreach ((Agent? agent, Node? node, AgentState state) in summary.Agents.OrderBy(standing => standing.State == AgentState.Ok).Take(Top))
        {
            string[] figures = agent is null
                ? ["", "", "", "", "", ""]
                : [Number(agent.Datagrams), Share(agent.LossShare), Number(agent.FlowSamples), Number(agent.CounterSamples), ToCounters(summary.Calibration.Read(agent.Id, recent: false)), Number(agent.SamplingRate)];
            rows.Add([node?.Name ?? ReservedLabels.Unknown, Name(agent), SnakeCase.Of(state).Replace('_', ' '), .. figures]);
        }
        if (summary.Agents.Count > Top) rows.Add([$"({summary.Agents.Count - Top} more)", "", "", "", "", "", "", "", ""]);
        Write(writer, rows);
        writer.WriteLine();
    }

    /// <summary>Estimated bytes over those that the ports counted.</summary>
    private static string ToCounters(CalibrationSums sums) =>
        sums is { Ratio: { } ratio, Error: { } error } ? string.Create(CultureInfo.InvariantCulture, $"{ratio:0.000} ± {error:0.000}") : sums.Samples > 0 ? "too few" : "";

    private static string Name(Agent? agent) => agent is null ? "" : agent.SubAgentId == 0 ? agent.Address.ToString() : $"{agent.Address}/{agent.SubAgentId}";

    /// <summary>Columns of names, then figures.</summary>
    private static void Write(StreamWriter writer, List<string[]> rows, int names = 3)
    {
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        foreach (string[] row in rows)
            writer.WriteLine(string.Join("  ", row.Select((cell, column) => column < names ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd());
    }

    private static string[] Figures(FlowTotals totals) =>
        [Number(totals.Bytes), totals.BytesError.ToString(), Number(totals.Packets), totals.PacketsError.ToString(), Number(totals.Samples)];

    private static string Outcomes(IReadOnlyList<(string Outcome, long Count)> outcomes) =>
        string.Join(", ", outcomes.Select(entry => $"{Number(entry.Count)} {entry.Outcome.Replace('_', ' ')}"));

    private static string Share(double part) => (part * 100).ToString("0.##", CultureInfo.InvariantCulture) + " %";

    private static string Number<T>(T value) where T : IFormattable => value.ToString("N0", CultureInfo.InvariantCulture);
}
