using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using SFlow.Exporter.Agents;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Commands;

/// <summary>The summary as one JSON object.</summary>
internal static class SummaryJson
{
    public static void Write(Summary summary, Stream output)
    {
        using Utf8JsonWriter writer = new(output, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.BasicLatin, UnicodeRanges.Latin1Supplement) });
        writer.WriteStartObject();
        writer.WriteStartArray("series");
        foreach (FamilySummary family in summary.Families)
            if (family != summary.Backends) WriteSeries(writer, family);
        writer.WriteEndArray();
        WriteTotal(writer, "total", summary.Flows);
        // Lower bound of the bytes of the unsampled direction. Not part of the estimates above.
        WriteTotal(writer, "acknowledged_total", summary.Acknowledged);
        WriteBackends(writer, summary.Backends);
        Write(writer, "samples", summary.Samples);
        // Counted samples by how the server was determined.
        Write(writer, "server_reasons", summary.ServerReasons);
        Write(writer, "datagrams", summary.Datagrams);
        WriteAgents(writer, summary);
        writer.WriteEndObject();
        writer.Flush();
        output.WriteByte((byte)'\n');
        output.Flush();
    }

    /// <summary>What each backend of a Service sent, by the answers that show it; a part of the series above.</summary>
    private static void WriteBackends(Utf8JsonWriter writer, FamilySummary? backends)
    {
        writer.WriteStartArray("backends");
        foreach ((FamilyRow row, FlowTotals totals) in backends?.Rows ?? [])
        {
            writer.WriteStartObject();
            WriteLabels(writer, backends!.Family, row);
            Write(writer, backends.Family, totals);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void WriteAgents(Utf8JsonWriter writer, Summary summary)
    {
        writer.WriteStartObject("agents");
        writer.WriteNumber("count", summary.Heard);
        writer.WriteNumber("expected", summary.ExpectedAgents);
        writer.WriteNumber("lost_datagrams", summary.LostDatagrams);
        writer.WriteStartObject("states");
        foreach (AgentState state in Enum.GetValues<AgentState>()) writer.WriteNumber(SnakeCase.Of(state), summary.Agents.Count(standing => standing.State == state));
        writer.WriteEndObject();
        writer.WriteStartArray("rows");
        foreach (AgentStanding standing in summary.Agents) WriteAgent(writer, standing, summary.Calibration);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>An agent, or a node of the inventory that the capture holds none of.</summary>
    private static void WriteAgent(Utf8JsonWriter writer, AgentStanding standing, ICalibration calibration)
    {
        writer.WriteStartObject();
        if (standing.Node is { } node) writer.WriteString("observer_node", node.Name);
        writer.WriteString("state", SnakeCase.Of(standing.State));
        if (standing.Agent is { } agent)
        {
            writer.WriteString("agent", agent.Address.ToString());
            writer.WriteNumber("sub_agent", agent.SubAgentId);
            writer.WriteNumber("datagrams", agent.Datagrams);
            writer.WriteNumber("lost_datagrams", agent.Lost);
            writer.WriteNumber("loss_share", agent.LossShare);
            writer.WriteNumber("restarts", agent.Restarts);
            writer.WriteNumber("flow_samples", agent.FlowSamples);
            writer.WriteNumber("counter_samples", agent.CounterSamples);
            writer.WriteNumber("sampling_rate", agent.SamplingRate);
            WriteCalibration(writer, calibration.Read(agent.Id, recent: false));
        }
        writer.WriteEndObject();
    }

    /// <summary>Nothing where no port was seen between two counter samples; no ratio where samples are too few.</summary>
    private static void WriteCalibration(Utf8JsonWriter writer, CalibrationSums sums)
    {
        if (sums == default) return;
        writer.WriteStartObject("calibration");
        writer.WriteNumber("estimated_bytes", sums.Estimated);
        writer.WriteNumber("counted_bytes", sums.Counted);
        writer.WriteNumber("samples", sums.Samples);
        if (sums.Ratio is { } ratio) writer.WriteNumber("ratio", ratio);
        if (sums.Error is { } error) writer.WriteNumber("error", error);
        writer.WriteEndObject();
    }

    private static void WriteSeries(Utf8JsonWriter writer, FamilySummary family)
    {
        foreach ((FamilyRow row, FlowTotals totals) in family.Rows)
        {
            writer.WriteStartObject();
            writer.WriteString("family", family.Family.Name);
            writer.WriteStartObject("labels");
            WriteLabels(writer, family.Family, row);
            writer.WriteEndObject();
            Write(writer, family.Family, totals);
            writer.WriteEndObject();
        }
    }

    private static void WriteTotal(Utf8JsonWriter writer, string name, FamilySummary family)
    {
        writer.WriteStartObject(name);
        Write(writer, family.Family, family.Total);
        writer.WriteEndObject();
    }

    private static void WriteLabels(Utf8JsonWriter writer, IFamily family, FamilyRow row)
    {
        for (int label = 0; label < family.Labels.Count; label++) writer.WriteString(NameOf(family.Labels[label]), row[label].Length > 0 ? row[label] : null);
    }

    /// <summary>In an object of its own, a backend's label needs no prefix.</summary>
    private static string NameOf(string label) => label.StartsWith("backend_", StringComparison.Ordinal) ? label["backend_".Length..] : label;

    private static void Write(Utf8JsonWriter writer, string name, UInt128 value)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(value.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>The figures that the family sums; a variance with the error that it means.</summary>
    private static void Write(Utf8JsonWriter writer, IFamily family, FlowTotals totals)
    {
        foreach (FamilyColumn column in family.Columns)
        {
            switch (column.Figure)
            {
                case FlowFigure.Bytes: Write(writer, column.Name, totals.Bytes); break;
                case FlowFigure.Packets: Write(writer, column.Name, totals.Packets); break;
                case FlowFigure.Samples: writer.WriteNumber(column.Name, totals.Samples); break;
                case FlowFigure.BytesVariance: Write(writer, "bytes", totals.BytesError, totals.BytesVariance); break;
                default: Write(writer, "packets", totals.PacketsError, totals.PacketsVariance); break;
            }
        }
    }

    /// <summary>
    /// The error as people read it, and in percent for programs (null where there are too few samples to tell); the variance for whoever sums.
    /// </summary>
    private static void Write(Utf8JsonWriter writer, string figure, EstimateError error, double variance)
    {
        writer.WriteString(figure + "_error", error.ToString());
        if (error.Share is double share) writer.WriteNumber(figure + "_error_percent", share * 100);
        else writer.WriteNull(figure + "_error_percent");
        writer.WriteNumber(figure + "_variance", variance);
    }

    private static void Write(Utf8JsonWriter writer, string name, IReadOnlyList<(string Outcome, long Count)> outcomes)
    {
        writer.WriteStartObject(name);
        foreach ((string outcome, long count) in outcomes) writer.WriteNumber(outcome, count);
        writer.WriteEndObject();
    }
}
