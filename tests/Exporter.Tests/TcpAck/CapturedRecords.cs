using SFlow.Exporter.Commands;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.TcpAck;

namespace SFlow.Exporter.Tests.TcpAck;

/// <summary>The records of a capture, named and observed, for a stage of the test's own.</summary>
internal sealed class CapturedRecords
{
    private readonly Registries names;

    public CapturedRecords(string pcap, string inventory)
    {
        Settings settings = new();
        settings.Identify.Inventory = inventory;
        CapturePipeline line = new(settings);
        Gather gather = new();
        line.Run(pcap, gather);
        (names, All) = (line.Registries, gather.Records);
    }

    public IReadOnlyList<Flow> All { get; }

    /// <summary>The same with every other end taken for an outside address: each connection is one with an unsampled direction.</summary>
    public IReadOnlyList<Flow> ToOutside()
    {
        int internet = names.Endpoints.Intern(new FlowEndpoint { Kind = EndpointKind.Internet, Label = ReservedLabels.Internet }).Id;
        return [.. All.Select(record => record with { DestinationEndpoint = internet, SourceService = 0, DestinationService = 0 })];
    }

    /// <summary>Those that tell of acknowledged bytes, when these and no others come.</summary>
    public IEnumerable<Flow> Acknowledged(IEnumerable<Flow> records)
    {
        TcpAckStage stage = new(names, new ServiceSet(), 1_024);
        Flow[] taken = [.. records];
        foreach (ref Flow record in taken.AsSpan()) record.AcknowledgedBytes = 0;
        stage.Process(taken);
        return taken.Where(record => record.AcknowledgedBytes > 0);
    }

    private sealed class Gather : IFlowStage
    {
        public List<Flow> Records { get; } = [];

        public void Process(Span<Flow> records) => Records.AddRange(records);

        public void Idle()
        {
        }
    }
}
