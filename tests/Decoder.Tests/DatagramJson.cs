using System.Text.Json.Nodes;
using SFlow.CounterRecords;
using SFlow.FlowRecords;
using SFlow.Packets;
using SFlow.Samples;

namespace SFlow.Decoder.Tests;

/// <summary>All that the library reads of a datagram, under the corpus' keys. Records without a case here have no values.</summary>
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
            json["records"] = Records(flow.Records, FlowRecord, ref status);
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
            json["records"] = Records(discarded.Records, FlowRecord, ref status);
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

    private static void FlowRecord(Structure record, JsonObject json)
    {
        switch (record.Tag)
        {
            case SampledHeader.Tag when SampledHeader.TryRead(record.Data, out SampledHeader header):
                json["values"] = new JsonObject
                {
                    ["protocol"] = header.Protocol, ["frame_length"] = header.FrameLength, ["stripped"] = header.Stripped,
                    ["header_length"] = header.Header.Length, ["header_hex"] = Convert.ToHexStringLower(header.Header),
                };
                json["inner"] = PacketJson.From(SampledPacket.Dissect(header.Protocol, header.Header));
                break;
            case ExtendedSwitch.Tag when ExtendedSwitch.TryRead(record.Data, out ExtendedSwitch vlans):
                json["values"] = new JsonObject
                {
                    ["src_vlan"] = vlans.SourceVlan, ["src_priority"] = vlans.SourcePriority,
                    ["dst_vlan"] = vlans.DestinationVlan, ["dst_priority"] = vlans.DestinationPriority,
                };
                break;
            case SampledIPv4.Tag or SampledIPv4.TunnelEgressTag or SampledIPv4.TunnelIngressTag when SampledIPv4.TryRead(record.Data, out SampledIPv4 ip):
                json["values"] = new JsonObject
                {
                    ["length"] = ip.IPLength, ["protocol"] = ip.Protocol, ["src"] = ip.Source.ToString(), ["dst"] = ip.Destination.ToString(),
                    ["src_port"] = ip.SourcePort, ["dst_port"] = ip.DestinationPort, ["tcp_flags"] = ip.TcpFlags, ["tos"] = ip.TypeOfService,
                };
                break;
            case ExtendedVni.EgressTag or ExtendedVni.IngressTag when ExtendedVni.TryRead(record.Data, out ExtendedVni vni):
                json["values"] = new JsonObject { ["vni"] = vni.Vni };
                break;
        }
    }

    private static void CounterRecord(Structure record, JsonObject json)
    {
        switch (record.Tag)
        {
            case InterfaceCounters.Tag when InterfaceCounters.TryRead(record.Data, out InterfaceCounters of):
                json["values"] = new JsonObject
                {
                    ["if_index"] = of.Index, ["if_type"] = of.Type, ["if_speed"] = of.Speed, ["if_direction"] = of.Direction, ["if_status"] = of.Status,
                    ["if_in_octets"] = of.InOctets, ["if_in_ucast"] = of.InUnicast, ["if_in_mcast"] = of.InMulticast, ["if_in_bcast"] = of.InBroadcast,
                    ["if_in_discards"] = of.InDiscards, ["if_in_errors"] = of.InErrors, ["if_in_unknown"] = of.InUnknownProtocols,
                    ["if_out_octets"] = of.OutOctets, ["if_out_ucast"] = of.OutUnicast, ["if_out_mcast"] = of.OutMulticast, ["if_out_bcast"] = of.OutBroadcast,
                    ["if_out_discards"] = of.OutDiscards, ["if_out_errors"] = of.OutErrors, ["if_promisc"] = of.PromiscuousMode,
                };
                break;
            case PortName.Tag when PortName.TryRead(record.Data, out PortName port):
                json["values"] = new JsonObject { ["port_name"] = System.Text.Encoding.UTF8.GetString(port.Name) };
                break;
            case ApplicationResources.Tag when ApplicationResources.TryRead(record.Data, out ApplicationResources used):
                json["values"] = new JsonObject
                {
                    ["user_time"] = used.UserTime, ["system_time"] = used.SystemTime, ["memory_used"] = used.MemoryUsed, ["memory_max"] = used.MemoryMaximum,
                    ["files_open"] = used.FilesOpen, ["files_max"] = used.FilesMaximum,
                    ["connections_open"] = used.ConnectionsOpen, ["connections_max"] = used.ConnectionsMaximum,
                };
                break;
            case OvsDatapath.Tag when OvsDatapath.TryRead(record.Data, out OvsDatapath path):
                json["values"] = new JsonObject
                {
                    ["OVS_dp_hits"] = path.Hits, ["OVS_dp_misses"] = path.Misses, ["OVS_dp_lost"] = path.Lost,
                    ["OVS_dp_mask_hits"] = path.MaskHits, ["OVS_dp_flows"] = path.Flows, ["OVS_dp_masks"] = path.Masks,
                };
                break;
        }
    }

    private static JsonObject Json(DataSource source) => new() { ["type"] = source.Type, ["index"] = source.Index };

    private static JsonObject Json(Interface of) => new() { ["format"] = of.Format, ["value"] = of.Value };
}
