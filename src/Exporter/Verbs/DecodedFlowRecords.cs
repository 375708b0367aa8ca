using System.Collections.Frozen;
using System.Text.Json;
using SFlow.FlowRecords;

namespace SFlow.Exporter.Verbs;

/// <summary>Writes flow records under the keys of <c>decode</c>: one function a record, one line in the table.</summary>
internal static class DecodedFlowRecords
{
    private delegate bool TryWriteValues(Utf8JsonWriter json, ReadOnlySpan<byte> data);

    private static readonly FrozenDictionary<uint, TryWriteValues> Writers = new Dictionary<uint, TryWriteValues>
    {
        [SampledHeader.Tag] = WriteSampledHeader,
        [SampledEthernet.Tag] = WriteSampledEthernet,
        [SampledIPv4.Tag] = WriteSampledIPv4,
        [SampledIPv4.TunnelEgressTag] = WriteSampledIPv4,
        [SampledIPv4.TunnelIngressTag] = WriteSampledIPv4,
        [SampledIPv6.Tag] = WriteSampledIPv6,
        [ExtendedSwitch.Tag] = WriteExtendedSwitch,
        [ExtendedRouter.Tag] = WriteExtendedRouter,
        [ExtendedGateway.Tag] = WriteExtendedGateway,
        [ExtendedUser.Tag] = WriteExtendedUser,
        [ExtendedUrl.Tag] = WriteExtendedUrl,
        [ExtendedMpls.Tag] = WriteExtendedMpls,
        [ExtendedVni.EgressTag] = WriteExtendedVni,
        [ExtendedVni.IngressTag] = WriteExtendedVni,
        [EgressQueueRecord.Tag] = WriteEgressQueueRecord,
        [ExtendedFunction.Tag] = WriteExtendedFunction,
        [LinuxDropReason.Tag] = WriteLinuxDropReason,
    }.ToFrozenDictionary();

    /// <summary>Writes the values of a record, none for a type that is not known; false when the record is malformed.</summary>
    public static bool TryWrite(Utf8JsonWriter json, in Structure record)
    {
        json.WriteStartObject("values"u8);
        bool sound = !Writers.TryGetValue(record.Tag, out TryWriteValues? tryWrite) || tryWrite(json, record.Data);
        json.WriteEndObject();
        if (record.Tag == SampledHeader.Tag && SampledHeader.TryRead(record.Data, out SampledHeader header))
        {
            DecodedPacket.Write(json, header.Protocol, header.Header);
        }
        return sound;
    }

    private static bool WriteSampledHeader(Utf8JsonWriter json, ReadOnlySpan<byte> data)
    {
        if (!SampledHeader.TryRead(data, out SampledHeader record)) return false;
        json.WriteNumber("protocol"u8, record.Protocol);
        json.WriteNumber("frame_length"u8, record.FrameLength);
        json.WriteNumber("stripped"u8, record.Stripped);
        json.WriteNumber("header_length"u8, record.Header.Length);
        json.WriteHex("header_hex"u8, record.Header);
        return true;
    }

    private static bool WriteSampledEthernet(Utf8JsonWriter json, ReadOnlySpan<byte> data)
    {
        if (!SampledEthernet.TryRead(data, out SampledEthernet record)) return false;
        json.WriteNumber("length"u8, record.FrameLength);
        json.WriteMac("src_mac"u8, record.SourceMac);
        json.WriteMac("dst_mac"u8, record.DestinationMac);
        json.WriteNumber("type"u8, record.EtherType);
        return true;
    }

    private static bool WriteSampledIPv4(Utf8JsonWriter json, ReadOnlySpan<byte> data)
    {
        if (!SampledIPv4.TryRead(data, out SampledIPv4 record)) return false;
        json.WriteNumber("length"u8, record.IPLength);
        json.WriteNumber("protocol"u8, record.Protocol);
        json.WriteAddress("src"u8, record.Source);
        json.WriteAddress("dst"u8, record.Destination);
        json.WriteNumber("src_port"u8, record.SourcePort);
        json.WriteNumber("dst_port"u8, record.DestinationPort);
        json.WriteNumber("tcp_flags"u8, record.TcpFlags);
        json.WriteNumber("tos"u8, record.TypeOfService);
        return true;
    }

    private static bool WriteSampledIPv6(Utf8JsonWriter json, ReadOnlySpan<byte> data)
    {
        if (!SampledIPv6.TryRead(data, out SampledIPv6 record)) return false;
        json.WriteNumber("length"u8, record.IPLength);
        json.WriteNumber("protocol"u8, record.Protocol);
        json.WriteAddress("src"u8, record.Source);
        json.WriteAddress("dst"u8, record.Destination);
        json.WriteNumber("src_port"u8, record.SourcePort);
        json.WriteNumber("dst_port"u8, record.DestinationPort);
        json.WriteNumber("tcp_flags"u8, record.TcpFlags);
        json.WriteNumber("tos"u8, record.Priority);
        return true;
    }

    private static bool WriteExtendedSwitch(Utf8JsonWriter json, ReadOnlySpan<byte> data)
    {
        if (!ExtendedSwitch.TryRead(data, out ExtendedSwitch record)) return false;
        json.WriteNumber("src_vlan"u8, record.SourceVlan);
        json.WriteNumber("src_priority"u8, record.SourcePriority);
        json.WriteNumber("dst_vlan"u8, record.DestinationVlan);
        json.WriteNumber("dst_priority"u8, record.DestinationPriority);
        return true;
    }

    private static bool WriteExtendedRouter(Utf8JsonWriter json, ReadOnlySpan<byte> data)
    {
        if (!ExtendedRouter.TryRead(data, out ExtendedRouter record)) return false;
        json.WriteAddress("next_hop"u8, record.NextHop);
        json.WriteNumber("src_mask"u8, record.SourceMask);
        json.WriteNumber("dst_mask"u8, record.DestinationMask);
        return true;
    }

    private static bool WriteExtendedGateway(Utf8JsonWriter json, ReadOnlySpan<byte> data)
    {
        if (!ExtendedGateway.TryRead(data, out ExtendedGateway record)) return false;
        json.WriteAddress("next_hop"u8, record.NextHop);
        json.WriteNumber("as"u8, record.AutonomousSystem);
        json.WriteNumber("src_as"u8, record.SourceSystem);
        json.WriteNumber("src_peer_as"u8, record.SourcePeerSystem);
        WritePath(json, record.DestinationPath);
        json.WriteWords("communities"u8, record.Communities);
        json.WriteNumber("local_pref"u8, record.LocalPreference);
        return true;
    }

    private static bool WriteExtendedUser(Utf8JsonWriter json, ReadOnlySpan<byte> data)
    {
        if (!ExtendedUser.TryRead(data, out ExtendedUser record)) return false;
        json.WriteNumber("src_charset"u8, record.SourceCharset);
        json.WriteText("src_user"u8, record.SourceUser);
        json.WriteNumber("dst_charset"u8, record.DestinationCharset);
        json.WriteText("dst_user"u8, record.DestinationUser);
        return true;
    }

    private static bool WriteExtendedUrl(Utf8JsonWriter json, ReadOnlySpan<byte> data)
    {
        if (!ExtendedUrl.TryRead(data, out ExtendedUrl record)) return false;
        json.WriteNumber("direction"u8, record.Direction);
        json.WriteText("url"u8, record.Url);
        json.WriteText("host"u8, record.Host);
        return true;
    }

    private static bool WriteExtendedMpls(Utf8JsonWriter json, ReadOnlySpan<byte> data)
    {
        if (!ExtendedMpls.TryRead(data, out ExtendedMpls record)) return false;
        json.WriteAddress("next_hop"u8, record.NextHop);
        json.WriteWords("in_labels"u8, record.InLabels);
        json.WriteWords("out_labels"u8, record.OutLabels);
        return true;
    }

    private static bool WriteExtendedVni(Utf8JsonWriter json, ReadOnlySpan<byte> data)
    {
        if (!ExtendedVni.TryRead(data, out ExtendedVni record)) return false;
        json.WriteNumber("vni"u8, record.Vni);
        return true;
    }

    private static bool WriteEgressQueueRecord(Utf8JsonWriter json, ReadOnlySpan<byte> data)
    {
        if (!EgressQueueRecord.TryRead(data, out EgressQueueRecord record)) return false;
        json.WriteNumber("queue"u8, record.Queue);
        return true;
    }

    private static bool WriteExtendedFunction(Utf8JsonWriter json, ReadOnlySpan<byte> data)
    {
        if (!ExtendedFunction.TryRead(data, out ExtendedFunction record)) return false;
        json.WriteText("symbol"u8, record.Symbol);
        return true;
    }

    private static bool WriteLinuxDropReason(Utf8JsonWriter json, ReadOnlySpan<byte> data)
    {
        if (!LinuxDropReason.TryRead(data, out LinuxDropReason record)) return false;
        json.WriteText("linux_drop_reason"u8, record.Reason);
        return true;
    }

    private static void WritePath(Utf8JsonWriter json, AsPath path)
    {
        json.WriteStartArray("dst_as_path"u8);
        while (path.TryNext(out _, out WordList systems))
        {
            for (int i = 0; i < systems.Count; i++) json.WriteNumberValue(systems[i]);
        }
        json.WriteEndArray();
    }
}
