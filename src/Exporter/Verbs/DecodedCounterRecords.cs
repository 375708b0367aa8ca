using System.Collections.Frozen;
using System.Text.Json;
using SFlow.CounterRecords;

namespace SFlow.Exporter.Verbs;

/// <summary>Writes counter records under the keys of <c>decode</c>: one function a record, one line in the table.</summary>
internal static class DecodedCounterRecords
{
    private delegate bool TryWriteValues(Utf8JsonWriter json, ReadOnlySpan<byte> data);

    private static readonly FrozenDictionary<uint, TryWriteValues> Writers = new Dictionary<uint, TryWriteValues>
    {
        [InterfaceCounters.Tag] = WriteInterfaceCounters,
        [EthernetCounters.Tag] = WriteEthernetCounters,
        [VlanCounters.Tag] = WriteVlanCounters,
        [LagPortCounters.Tag] = WriteLagPortCounters,
        [Processor.Tag] = WriteProcessor,
        [OpenFlowPort.Tag] = WriteOpenFlowPort,
        [PortName.Tag] = WritePortName,
        [ApplicationResources.Tag] = WriteApplicationResources,
        [OvsDatapath.Tag] = WriteOvsDatapath,
    }.ToFrozenDictionary();

    /// <summary>Writes the values of a record, none for a type that is not known; false when the record is malformed.</summary>
    public static bool TryWrite(Utf8JsonWriter json, in Structure record)
    {
        json.WriteStartObject("values"u8);
        bool sound = !Writers.TryGetValue(record.Tag, out TryWriteValues? tryWrite) || tryWrite(json, record.Data);
        json.WriteEndObject();
        return sound;
    }

    private static bool WriteInterfaceCounters(Utf8JsonWriter json, ReadOnlySpan<byte> data)
    {
        if (!InterfaceCounters.TryRead(data, out InterfaceCounters record)) return false;
        json.WriteNumber("if_index"u8, record.Index);
        json.WriteNumber("if_type"u8, record.Type);
        json.WriteNumber("if_speed"u8, record.Speed);
        json.WriteNumber("if_direction"u8, record.Direction);
        json.WriteNumber("if_status"u8, record.Status);
        json.WriteNumber("if_in_octets"u8, record.InOctets);
        json.WriteNumber("if_in_ucast"u8, record.InUnicast);
        json.WriteNumber("if_in_mcast"u8, record.InMulticast);
        json.WriteNumber("if_in_bcast"u8, record.InBroadcast);
        json.WriteNumber("if_in_discards"u8, record.InDiscards);
        json.WriteNumber("if_in_errors"u8, record.InErrors);
        json.WriteNumber("if_in_unknown"u8, record.InUnknownProtocols);
        json.WriteNumber("if_out_octets"u8, record.OutOctets);
        json.WriteNumber("if_out_ucast"u8, record.OutUnicast);
        json.WriteNumber("if_out_mcast"u8, record.OutMulticast);
        json.WriteNumber("if_out_bcast"u8, record.OutBroadcast);
        json.WriteNumber("if_out_discards"u8, record.OutDiscards);
        json.WriteNumber("if_out_errors"u8, record.OutErrors);
        json.WriteNumber("if_promisc"u8, record.PromiscuousMode);
        return true;
    }

    private static bool WriteEthernetCounters(Utf8JsonWriter json, ReadOnlySpan<byte> data)
    {
        if (!EthernetCounters.TryRead(data, out EthernetCounters record)) return false;
        json.WriteNumber("dot3AlignmentErrors"u8, record.AlignmentErrors);
        json.WriteNumber("dot3FCSErrors"u8, record.CheckSequenceErrors);
        json.WriteNumber("dot3SingleCollisionFrames"u8, record.SingleCollisionFrames);
        json.WriteNumber("dot3MultipleCollisionFrames"u8, record.MultipleCollisionFrames);
        json.WriteNumber("dot3SQETestErrors"u8, record.SqeTestErrors);
        json.WriteNumber("dot3DeferredTransmissions"u8, record.DeferredTransmissions);
        json.WriteNumber("dot3LateCollisions"u8, record.LateCollisions);
        json.WriteNumber("dot3ExcessiveCollisions"u8, record.ExcessiveCollisions);
        json.WriteNumber("dot3InternalMacTransmitErrors"u8, record.InternalMacTransmitErrors);
        json.WriteNumber("dot3CarrierSenseErrors"u8, record.CarrierSenseErrors);
        json.WriteNumber("dot3FrameTooLongs"u8, record.FrameTooLongs);
        json.WriteNumber("dot3InternalMacReceiveErrors"u8, record.InternalMacReceiveErrors);
        json.WriteNumber("dot3SymbolErrors"u8, record.SymbolErrors);
        return true;
    }

    private static bool WriteVlanCounters(Utf8JsonWriter json, ReadOnlySpan<byte> data)
    {
        if (!VlanCounters.TryRead(data, out VlanCounters record)) return false;
        json.WriteNumber("vlan_id"u8, record.VlanId);
        json.WriteNumber("octets"u8, record.Octets);
        json.WriteNumber("ucast"u8, record.Unicast);
        json.WriteNumber("mcast"u8, record.Multicast);
        json.WriteNumber("bcast"u8, record.Broadcast);
        json.WriteNumber("discards"u8, record.Discards);
        return true;
    }

    private static bool WriteLagPortCounters(Utf8JsonWriter json, ReadOnlySpan<byte> data)
    {
        if (!LagPortCounters.TryRead(data, out LagPortCounters record)) return false;
        json.WriteMac("actor_system"u8, record.ActorSystem);
        json.WriteMac("partner_system"u8, record.PartnerSystem);
        json.WriteNumber("attached_agg_id"u8, record.AttachedAggregation);
        json.WriteNumber("lacpdus_rx"u8, record.LacpdusReceived);
        json.WriteNumber("marker_pdus_rx"u8, record.MarkersReceived);
        json.WriteNumber("marker_response_pdus_rx"u8, record.MarkerResponsesReceived);
        json.WriteNumber("unknown_rx"u8, record.UnknownReceived);
        json.WriteNumber("illegal_rx"u8, record.IllegalReceived);
        json.WriteNumber("lacpdus_tx"u8, record.LacpdusSent);
        json.WriteNumber("marker_pdus_tx"u8, record.MarkersSent);
        json.WriteNumber("marker_response_pdus_tx"u8, record.MarkerResponsesSent);
        return true;
    }

    private static bool WriteProcessor(Utf8JsonWriter json, ReadOnlySpan<byte> data)
    {
        if (!Processor.TryRead(data, out Processor record)) return false;
        json.WriteNumber("cpu_5s"u8, record.Cpu5Seconds);
        json.WriteNumber("cpu_1m"u8, record.Cpu1Minute);
        json.WriteNumber("cpu_5m"u8, record.Cpu5Minutes);
        json.WriteNumber("total_memory"u8, record.TotalMemory);
        json.WriteNumber("free_memory"u8, record.FreeMemory);
        return true;
    }

    private static bool WriteOpenFlowPort(Utf8JsonWriter json, ReadOnlySpan<byte> data)
    {
        if (!OpenFlowPort.TryRead(data, out OpenFlowPort record)) return false;
        json.WriteHexNumber("datapath_id"u8, record.DatapathId);
        json.WriteNumber("port"u8, record.Port);
        return true;
    }

    private static bool WritePortName(Utf8JsonWriter json, ReadOnlySpan<byte> data)
    {
        if (!PortName.TryRead(data, out PortName record)) return false;
        json.WriteText("port_name"u8, record.Name);
        return true;
    }

    private static bool WriteApplicationResources(Utf8JsonWriter json, ReadOnlySpan<byte> data)
    {
        if (!ApplicationResources.TryRead(data, out ApplicationResources record)) return false;
        json.WriteNumber("user_time"u8, record.UserTime);
        json.WriteNumber("system_time"u8, record.SystemTime);
        json.WriteNumber("memory_used"u8, record.MemoryUsed);
        json.WriteNumber("memory_max"u8, record.MemoryMaximum);
        json.WriteNumber("files_open"u8, record.FilesOpen);
        json.WriteNumber("files_max"u8, record.FilesMaximum);
        json.WriteNumber("connections_open"u8, record.ConnectionsOpen);
        json.WriteNumber("connections_max"u8, record.ConnectionsMaximum);
        return true;
    }

    private static bool WriteOvsDatapath(Utf8JsonWriter json, ReadOnlySpan<byte> data)
    {
        if (!OvsDatapath.TryRead(data, out OvsDatapath record)) return false;
        json.WriteNumber("OVS_dp_hits"u8, record.Hits);
        json.WriteNumber("OVS_dp_misses"u8, record.Misses);
        json.WriteNumber("OVS_dp_lost"u8, record.Lost);
        json.WriteNumber("OVS_dp_mask_hits"u8, record.MaskHits);
        json.WriteNumber("OVS_dp_flows"u8, record.Flows);
        json.WriteNumber("OVS_dp_masks"u8, record.Masks);
        return true;
    }
}
