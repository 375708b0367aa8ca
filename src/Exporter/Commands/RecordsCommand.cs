using System.Text.Json;
using SFlow.Captures;
using SFlow.Exporter.Elasticsearch;
using SFlow.Exporter.Identify.GeoIp;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Commands;

/// <summary><c>records</c>: each flow sample of a capture as the document that Elasticsearch gets, one a line.</summary>
internal static class RecordsCommand
{
    public static int Run(string file, Settings settings, bool json, Stream output, ushort port = CaptureReader.SFlowPort)
    {
        CapturePipeline line = new(settings, port);
        using GeoIpDatabases? places = GeoIpDatabases.Open(settings.Identify);
        BufferedStream buffered = new(output, 1 << 16);
        using Utf8JsonWriter writer = new(buffered);
        line.Run(file, new Lines(new EcsDocument(line.Registries, places), writer, buffered));
        return ExitCode.Success;
    }

    private sealed class Lines(EcsDocument document, Utf8JsonWriter writer, Stream output) : IFlowStage
    {
        public void Process(Span<Flow> records)
        {
            foreach (ref readonly Flow record in records)
            {
                writer.Reset();
                document.Write(writer, record);
                writer.Flush();
                output.WriteByte((byte)'\n');
            }
        }

        public void Idle() => output.Flush();
    }
}
