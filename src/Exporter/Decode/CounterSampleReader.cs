using SFlow.CounterRecords;
using SFlow.Exporter.Pipeline;
using SFlow.Samples;

namespace SFlow.Exporter.Decode;

/// <summary>Turns a counter sample on the wire into a <see cref="CounterRecord"/>.</summary>
internal sealed class CounterSampleReader(SkippedStructures skipped)
{
    /// <summary>Writes the part of the record that comes from the sample. Unreadable structures are left out, and the status reports them.</summary>
    public DecodeStatus Read(in CounterSample sample, ref CounterRecord record)
    {
        (record.SourceIdType, record.SourceIdIndex) = sample.Source;
        bool sound = true;
        StructureEnumerator records = sample.Records;
        while (records.MoveNext())
        {
            Structure current = records.Current;
            switch (current.Tag)
            {
                case InterfaceCounters.Tag:
                    if (InterfaceCounters.TryRead(current.Data, out InterfaceCounters counters)) ReadInterface(counters, ref record);
                    else sound = false;
                    break;
                case ApplicationResources.Tag:
                    if (ApplicationResources.TryRead(current.Data, out ApplicationResources resources)) ReadResources(resources, ref record);
                    else sound = false;
                    break;
                case OvsDatapath.Tag:
                    if (OvsDatapath.TryRead(current.Data, out OvsDatapath datapath)) ReadDatapath(datapath, ref record);
                    else sound = false;
                    break;
                case PortName.Tag:
                    if (PortName.TryRead(current.Data, out PortName name)) (record.PortName, record.Name) = (HashOf(name.Name), PortNameBytes.Of(name.Name));
                    else sound = false;
                    break;
                default:
                    skipped.Count(StructureKind.CounterRecord, current.Tag);
                    break;
            }
        }
        return records.Status != DecodeStatus.Ok ? records.Status : sound ? DecodeStatus.Ok : DecodeStatus.Malformed;
    }

    private static int HashOf(ReadOnlySpan<byte> name)
    {
        HashCode hash = default;
        hash.AddBytes(name);
        return hash.ToHashCode();
    }

    private static void ReadInterface(in InterfaceCounters counters, ref CounterRecord record)
    {
        record.HasInterface = true;
        record.IfIndex = counters.Index;
        record.IfType = counters.Type;
        record.IfDirection = counters.Direction;
        record.IfStatus = counters.Status;
        record.IfSpeed = counters.Speed;
        record.IfInOctets = counters.InOctets;
        record.IfInUcast = counters.InUnicast;
        record.IfInMulticast = counters.InMulticast;
        record.IfInBroadcast = counters.InBroadcast;
        record.IfInDiscards = counters.InDiscards;
        record.IfInErrors = counters.InErrors;
        record.IfOutOctets = counters.OutOctets;
        record.IfOutUcast = counters.OutUnicast;
        record.IfOutMulticast = counters.OutMulticast;
        record.IfOutBroadcast = counters.OutBroadcast;
        record.IfOutDiscards = counters.OutDiscards;
        record.IfOutErrors = counters.OutErrors;
    }

    private static void ReadResources(in ApplicationResources resources, ref CounterRecord record)
    {
        record.HasResources = true;
        record.UserTime = resources.UserTime;
        record.SystemTime = resources.SystemTime;
        record.MemoryUsed = resources.MemoryUsed;
        record.MemoryMaximum = resources.MemoryMaximum;
    }

    private static void ReadDatapath(in OvsDatapath datapath, ref CounterRecord record)
    {
        record.HasOvsDatapath = true;
        record.OvsHits = datapath.Hits;
        record.OvsMisses = datapath.Misses;
        record.OvsLost = datapath.Lost;
        record.OvsMaskHits = datapath.MaskHits;
        record.OvsFlows = datapath.Flows;
        record.OvsMasks = datapath.Masks;
    }
}
