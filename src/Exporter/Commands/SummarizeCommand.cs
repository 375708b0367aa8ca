using System.Runtime;
using SFlow.Captures;
using SFlow.Exporter.Options;

namespace SFlow.Exporter.Commands;

/// <summary><c>summarize</c>: a capture through the whole pipeline; prints what was counted, and what was not and why.</summary>
internal static class SummarizeCommand
{
    public static int Run(string file, Settings settings, bool json, Stream output, ushort port = CaptureReader.SFlowPort)
    {
        // Nobody waits for an answer meanwhile: a collection beside the work costs more than one in between.
        GCSettings.LatencyMode = GCLatencyMode.Batch;
        // Only the JSON has backends.
        CapturePipeline line = CapturePipeline.Over(file, settings, port, detailed: json);
        line.Agents.Settle(long.MaxValue, final: true);
        Summary summary = Summary.Of(line);
        if (json) SummaryJson.Write(summary, output);
        else SummaryTable.Write(summary, output);
        return ExitCode.Success;
    }
}
