using System.Text.Json;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Verbs;

/// <summary>The summary as one JSON object.</summary>
internal static class SummaryJson
{
    public static void Write(Summary summary, Stream output)
    {
        using Utf8JsonWriter writer = new(output, new JsonWriterOptions { Indented = true });
        writer.WriteStartObject();
        writer.WriteStartArray("series");
        foreach ((FlowSeries series, FlowTotals totals) in summary.Series)
        {
            writer.WriteStartObject();
            writer.WriteString("family", "sflow_flow");
            writer.WriteStartObject("labels");
            writer.WriteString("source_namespace", series.SourceNamespace);
            writer.WriteString("destination_namespace", series.DestinationNamespace);
            writer.WriteString("server_service", series.ServerService);
            writer.WriteEndObject();
            Write(writer, totals);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteStartObject("total");
        Write(writer, summary.Total);
        writer.WriteEndObject();
        Write(writer, "samples", summary.Samples);
        Write(writer, "datagrams", summary.Datagrams);
        writer.WriteStartObject("agents");
        writer.WriteNumber("count", summary.Agents);
        writer.WriteNumber("lost_datagrams", summary.LostDatagrams);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.Flush();
        output.WriteByte((byte)'\n');
        output.Flush();
    }

    private static void Write(Utf8JsonWriter writer, FlowTotals totals)
    {
        writer.WriteNumber("bytes", totals.Bytes);
        writer.WriteNumber("packets", totals.Packets);
        writer.WriteNumber("samples", totals.Samples);
    }

    private static void Write(Utf8JsonWriter writer, string name, IReadOnlyList<(string Outcome, long Count)> outcomes)
    {
        writer.WriteStartObject(name);
        foreach ((string outcome, long count) in outcomes) writer.WriteNumber(outcome, count);
        writer.WriteEndObject();
    }
}
