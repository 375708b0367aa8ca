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
        foreach ((FlowSeries series, FlowTotals totals) in summary.Series)
        {
            Begin(writer, ReservedLabels.FlowFamily, series);
            Write(writer, totals);
            writer.WriteEndObject();
        }
        foreach ((FlowSeries series, FlowTotals totals) in summary.Acknowledged)
        {
            Begin(writer, ReservedLabels.AcknowledgedFamily, series);
            Write(writer, "bytes", totals.Bytes);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteStartObject("total");
        Write(writer, summary.Total);
        writer.WriteEndObject();
        // Bytes of the direction that nobody samples, at least so many: no part of the estimates above.
        writer.WriteStartObject("acknowledged_total");
        Write(writer, "bytes", summary.AcknowledgedBytes);
        writer.WriteEndObject();
        WriteBackends(writer, summary);
        Write(writer, "samples", summary.Samples);
        // Counted samples by how it was told which end serves.
        Write(writer, "server_reasons", summary.ServerReasons);
        Write(writer, "datagrams", summary.Datagrams);
        WriteAgents(writer, summary);
        writer.WriteEndObject();
        writer.Flush();
        output.WriteByte((byte)'\n');
        output.Flush();
    }

    /// <summary>What each backend of a Service sent, by the answers that show it; a part of the series above.</summary>
    private static void WriteBackends(Utf8JsonWriter writer, Summary summary)
    {
        writer.WriteStartArray("backends");
        foreach ((string service, FlowEndpoint backend, FlowTotals totals) in summary.Backends)
        {
            writer.WriteStartObject();
            writer.WriteString("server_service", service);
            writer.WriteString("namespace", backend.Namespace);
            writer.WriteString("kind", backend.KubernetesKind);
            writer.WriteString("name", backend.Name);
            writer.WriteString("node", backend.NodeName);
            Write(writer, totals);
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
        foreach (AgentStanding standing in summary.Agents) WriteAgent(writer, standing);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>An agent, or a node of the inventory that the capture holds none of.</summary>
    private static void WriteAgent(Utf8JsonWriter writer, AgentStanding standing)
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
            WriteCalibration(writer, agent.ReadCalibration(recent: false));
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

    /// <summary>Opens the object of a series with its family and labels.</summary>
    private static void Begin(Utf8JsonWriter writer, string family, FlowSeries series)
    {
        writer.WriteStartObject();
        writer.WriteString("family", family);
        writer.WriteStartObject("labels");
        writer.WriteString("source_namespace", series.SourceNamespace);
        writer.WriteString("destination_namespace", series.DestinationNamespace);
        writer.WriteString("server_service", series.ServerService);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, UInt128 value)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(value.ToString(CultureInfo.InvariantCulture));
    }

    private static void Write(Utf8JsonWriter writer, FlowTotals totals)
    {
        Write(writer, "bytes", totals.Bytes);
        Write(writer, "packets", totals.Packets);
        writer.WriteNumber("samples", totals.Samples);
        Write(writer, "bytes", totals.BytesError, totals.BytesVariance);
        Write(writer, "packets", totals.PacketsError, totals.PacketsVariance);
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
