using SFlow.Captures;
using SFlow.Exporter.Elasticsearch;
using SFlow.Exporter.Identify.GeoIp;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Pipeline.Fields;

namespace SFlow.Exporter.Commands;

/// <summary><c>records</c>: each flow sample of a capture as the document that Elasticsearch gets, one a line.</summary>
internal static class RecordsCommand
{
    public static int Run(string file, Settings settings, bool json, Stream output, ushort port = CaptureReader.SFlowPort)
    {
        CapturePipeline line = new(settings, port);
        using GeoIpDatabases? places = GeoIpDatabases.Open(settings.Identify);
        RecordOrigin origin = RecordOrigin.OfThisProgram(settings.Kubernetes.ClusterName);
        BufferedStream buffered = new(output, 1 << 16);
        line.Run(file, new Lines(new EcsDocument(line.Registries, StreamName.Default, origin, places), buffered));
        return ExitCode.Success;
    }

    private sealed class Lines(EcsDocument document, Stream output) : IFlowStage
    {
        private readonly JsonBuffer text = new();

        public void Process(Span<Flow> records)
        {
            foreach (ref readonly Flow record in records)
            {
                text.Clear();
                document.Write(text, record);
                text.Raw("\n"u8);
                output.Write(text.Written);
            }
        }

        public void Idle() => output.Flush();
    }
}
