using SFlow.Captures;
using SFlow.Exporter.Elasticsearch;
using SFlow.Exporter.Identify.GeoIp;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Pipeline.Fields;
using SFlow.Exporter.Pipeline.Filters;

namespace SFlow.Exporter.Commands;

/// <summary><c>records</c>: each flow sample of a capture as the document that Elasticsearch gets, one a line.</summary>
internal static class RecordsCommand
{
    /// <summary>A longer filter would not fit into a line of a terminal.</summary>
    private const int LongestMarked = 100;

    /// <exception cref="SettingsException">The text is no filter; the message marks the wrong part.</exception>
    public static FlowFilter Filter(string text) =>
        FilterParser.TryParse(text, out FlowFilter filter, out FilterFault? fault) ? filter : throw new SettingsException([$"--filter: {fault!.Detail}", .. Mark(text, fault)]);

    public static int Run(string file, Settings settings, FlowFilter filter, Stream output, ushort port = CaptureReader.SFlowPort)
    {
        CapturePipeline line = new(settings, port);
        using GeoIpDatabases? places = GeoIpDatabases.Open(settings.Identify);
        RecordOrigin origin = RecordOrigin.OfThisProgram(settings.Kubernetes.ClusterName);
        BufferedStream buffered = new(output, 1 << 16);
        line.Run(file, new Lines(new EcsDocument(line.Registries, StreamName.Default, origin, places), filter, line.Registries, buffered));
        return ExitCode.Success;
    }

    /// <summary>The filter, and below it a line that marks the fault.</summary>
    private static string[] Mark(string text, FilterFault fault) => text.Length > LongestMarked || CleanText.Of(text) != text
        ? [] : ["  " + text, "  " + new string(' ', fault.Position) + new string('^', Math.Max(1, fault.Length))];

    private sealed class Lines(EcsDocument document, FlowFilter filter, Registries names, Stream output) : IFlowStage
    {
        private readonly JsonBuffer text = new();

        public void Process(Span<Flow> records)
        {
            foreach (ref readonly Flow record in records)
            {
                if (!filter.IsEmpty && !filter.Matches(new FilteredFlow(filter, names, record))) continue;
                text.Clear();
                document.Write(text, record);
                text.Raw("\n"u8);
                output.Write(text.Written);
            }
        }

        public void Idle() => output.Flush();
    }
}
