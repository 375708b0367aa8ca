namespace SFlow.Exporter.Pipeline.Fields;

/// <summary>What the datagram and the sample say, under sFlow's own names.</summary>
internal static class SampleFields
{
    public static readonly Field[] All =
    [
        new("sflow.agent.address", Field.Ip, "The same as observer.ip."),
        Number("sflow.agent.sub_id", "Sub-agent.", flow => flow.Record.SubAgentId),
        Number("sflow.agent.uptime_milliseconds", "Uptime of the agent, in milliseconds.", flow => flow.Record.UptimeMilliseconds, "milliseconds"),
        Number("sflow.datagram.sequence", "Sequence number of the datagram.", flow => flow.Record.DatagramSequence),
        new("sflow.sample.type", Field.Keyword, "flow or expanded_flow.") { Read = flow => flow.Record.SampleFormat == 3 ? "expanded_flow" : "flow" },
        Number("sflow.sample.sequence", "Sequence number of the sample.", flow => flow.Record.SampleSequence),
        Number("sflow.sample.rate", "Sampling rate: one of so many packets.", flow => flow.Record.SamplingRate, "packets"),
        Number("sflow.sample.pool", "Packets that could have been sampled so far.", flow => flow.Record.SamplePool, "packets"),
        Number("sflow.sample.drops", "Samples that the agent dropped so far.", flow => flow.Record.Drops, "samples"),
        Number("sflow.source_id.type", "Type of the data source.", flow => flow.Record.SourceIdType),
        Number("sflow.source_id.index", "Index of the data source.", flow => flow.Record.SourceIdIndex),
        Number("sflow.input.format", "Format of the input interface.", flow => flow.Record.InputFormat),
        Number("sflow.input.value", "Input interface.", flow => flow.Record.InputValue),
        new("sflow.output.state", Field.Keyword, "What the output says: unknown, interface, device, discarded or several.") { Read = flow => SnakeCase.Of(flow.Record.Output) },
        Number("sflow.output.format", "Format of the output interface.", flow => flow.Record.OutputFormat),
        Number("sflow.output.value", "Output interface, or the reason of a discard.", flow => flow.Record.OutputValue),
        Number("sflow.header.protocol", "Protocol of the sampled header; 1 is Ethernet.", flow => flow.Record.HeaderProtocol),
        Number("sflow.header.frame_length", "Length of the packet, in bytes.", flow => flow.Record.FrameLength, "bytes"),
        Number("sflow.header.stripped", "Bytes that were stripped from the packet before it was sampled.", flow => flow.Record.Stripped, "bytes"),
        new("sflow.header.cut", Field.Boolean, "The header ended before everything that it announced.") { Read = flow => flow.Record.Has(PacketFacts.Cut) },
    ];

    private static Field Number(string name, string meaning, Func<NamedFlow, FieldValue> read, string unit = "") => new(name, Field.Long, meaning) { Unit = unit, Read = read };
}
