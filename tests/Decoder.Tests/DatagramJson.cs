using System.Text.Json.Nodes;
using SFlow.FlowRecords;
using SFlow.Packets;
using SFlow.Samples;

namespace SFlow.Decoder.Tests;

/// <summary>All that the library reads of a datagram, under the corpus' keys.</summary>
internal static class DatagramJson
{
    public static JsonObject From(int index, ReadOnlySpan<byte> payload, out DecodeStatus status)
    {
        JsonArray samples = [];
        status = Datagram.TryRead(payload, out Datagram datagram);
        if (status != DecodeStatus.Ok) return new JsonObject { ["index"] = index, ["version"] = payload.Length < 4 ? null : payload[3], ["samples"] = samples };
        StructureEnumerator walk = datagram.Samples;
        while (walk.MoveNext()) samples.Add(Sample(samples.Count, walk.Current, ref status));
        if (walk.TryGetCut(out Structure cut)) samples.Add(Sample(samples.Count, cut, ref status));
        if (status == DecodeStatus.Ok) status = walk.Status;
        return new JsonObject
        {
            ["index"] = index,
            ["version"] = 5,
            ["agent"] = datagram.Agent.ToString(),
            ["sub_agent_id"] = datagram.SubAgentId,
            ["sequence"] = datagram.Sequence,
            ["uptime_ms"] = datagram.UptimeMilliseconds,
            ["sample_count"] = datagram.SampleCount,
            ["samples"] = samples,
        };
    }

    private static JsonObject Sample(int index, Structure sample, ref DecodeStatus status)
    {
        JsonObject json = new() { ["index"] = index, ["tag"] = sample.Format.ToString(), ["length"] = sample.Length };
        if (FlowSample.TryRead(sample, out FlowSample flow))
        {
            json["type"] = flow.IsExpanded ? "flow_expanded" : "flow";
            json["sequence"] = flow.Sequence;
            json["source_id"] = Json(flow.Source);
            json["sampling_rate"] = flow.SamplingRate;
            json["sample_pool"] = flow.SamplePool;
            json["drops"] = flow.Drops;
            json["input"] = Json(flow.Input);
            json["output"] = Json(flow.Output);
            json["records"] = Records(flow.Records, Flow, ref status);
        }
        else if (CounterSample.TryRead(sample, out CounterSample counters))
        {
            json["type"] = counters.IsExpanded ? "counters_expanded" : "counters";
            json["sequence"] = counters.Sequence;
            json["source_id"] = Json(counters.Source);
            json["records"] = Records(counters.Records, CounterRecord, ref status);
        }
        else if (DiscardedPacket.TryRead(sample, out DiscardedPacket discarded))
        {
            json["type"] = "discarded_packet";
            json["sequence"] = discarded.Sequence;
            json["source_id"] = Json(discarded.Source);
            json["drops"] = discarded.Drops;
            json["input"] = Json(new Interface(0, discarded.Input));
            json["output"] = Json(new Interface(0, discarded.Output));
            json["reason"] = discarded.Reason;
            json["records"] = Records(discarded.Records, Flow, ref status);
        }
        return json;
    }

    private delegate void ReadRecord(Structure record, JsonObject json);

    private static JsonArray Records(StructureEnumerator walk, ReadRecord read, ref DecodeStatus status)
    {
        JsonArray records = [];
        while (walk.MoveNext())
        {
            JsonObject json = new() { ["tag"] = walk.Current.Format.ToString(), ["length"] = walk.Current.Length };
            read(walk.Current, json);
            records.Add(json);
        }
        if (walk.TryGetCut(out Structure cut)) records.Add(new JsonObject { ["tag"] = cut.Format.ToString(), ["length"] = cut.Length });
        if (status == DecodeStatus.Ok) status = walk.Status;
        return records;
    }

    private static void Flow(Structure record, JsonObject json)
    {
        JsonVisitor visitor = new();
        KnownRecords.VisitFlow(record, ref visitor);
        json["values"] = visitor.Values;
        if (record.Tag == SampledHeader.Tag && SampledHeader.TryRead(record.Data, out SampledHeader header))
        {
            json["inner"] = PacketJson.From(SampledPacket.Dissect(header.Protocol, header.Header));
        }
    }

    private static void CounterRecord(Structure record, JsonObject json)
    {
        JsonVisitor visitor = new();
        KnownRecords.VisitCounter(record, ref visitor);
        json["values"] = visitor.Values;
    }

    private static JsonObject Json(DataSource source) => new() { ["type"] = source.Type, ["index"] = source.Index };

    private static JsonObject Json(Interface of) => new() { ["format"] = of.Format, ["value"] = of.Value };
}
