namespace SFlow.Exporter.Pipeline.Fields;

/// <summary>What the datagram and the sample say, under sFlow's own names.</summary>
internal static class SampleFields
{
    public static readonly Field[] All =
    [
        Field.AddressOf("sflow.agent.address", "The same as observer.ip.", flow => flow.Record.AgentAddress).OnlyInDocuments(),
        Field.Number("sflow.agent.sub_id", "Sub-agent.", flow => flow.Record.SubAgentId),
        Field.Number("sflow.agent.uptime_milliseconds", "Uptime of the agent, in milliseconds.", flow => flow.Record.UptimeMilliseconds, "milliseconds").OfSample(),
        Field.Number("sflow.datagram.sequence", "Sequence number of the datagram.", flow => flow.Record.DatagramSequence).OfSample(),
        Field.Text("sflow.sample.type", "flow or expanded_flow.", flow => flow.Record.SampleFormat == 3 ? "expanded_flow" : "flow").OfSample(),
        Field.Number("sflow.sample.sequence", "Sequence number of the sample.", flow => flow.Record.SampleSequence).OfSample(),
        Field.Number("sflow.sample.rate", "Sampling rate: one of so many packets.", flow => flow.Record.SamplingRate, "packets"),
        Field.Number("sflow.sample.pool", "Packets that could have been sampled so far.", flow => flow.Record.SamplePool, "packets").OfSample(),
        Field.Number("sflow.sample.drops", "Samples that the agent dropped so far.", flow => flow.Record.Drops, "samples").OfSample(),
        Field.Number("sflow.source_id.type", "Type of the data source.", flow => flow.Record.SourceIdType),
        Field.Number("sflow.source_id.index", "Index of the data source.", flow => flow.Record.SourceIdIndex),
        Field.Number("sflow.input.format", "Format of the input interface.", flow => flow.Record.InputFormat),
        Field.Number("sflow.input.value", "Input interface.", flow => flow.Record.InputValue),
        Field.State<OutputState>("sflow.output.state", "What the output says: unknown, interface, device, discarded or several.", flow => (int)flow.Record.Output),
        Field.Number("sflow.output.format", "Format of the output interface.", flow => flow.Record.OutputFormat),
        Field.Number("sflow.output.value", "Output interface, or the reason of a discard.", flow => flow.Record.OutputValue),
        Field.Number("sflow.header.protocol", "Protocol of the sampled header; 1 is Ethernet.", flow => flow.Record.HeaderProtocol),
        Field.Number("sflow.header.frame_length", "Length of the packet, in bytes.", flow => flow.Record.FrameLength, "bytes").OfSample(),
        Field.Number("sflow.header.stripped", "Bytes that were stripped from the packet before it was sampled.", flow => flow.Record.Stripped, "bytes").OfSample(),
        Field.Truth("sflow.header.cut", "The header ended before everything that it announced.", flow => flow.Record.Has(PacketFacts.Cut)).OfSample(),
    ];
}
