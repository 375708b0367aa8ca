using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SFlow.Exporter.Agents;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;
using SFlow.Samples;

namespace SFlow.Exporter.Decode;

/// <summary>
/// Decodes UDP payloads for one worker: flow samples become flows for the <paramref name="stages"/>, counter samples go to each of <paramref name="counters"/>.
/// Every datagram has exactly one <see cref="DatagramOutcome"/>.
/// Flows get their identity only when they are <paramref name="kept"/>: it costs as much as the rest of the decoding.
/// </summary>
internal sealed class DatagramDecoder(
    AgentRegistry agents, WorkerCounters worker, StageSequence stages, ICounterStage[] counters, CountOptions options, bool kept) : IDatagramIntake
{
    private readonly FlowSampleReader flowSamples = new(options.MaximumSamplingRate, worker.Skipped);
    private readonly CounterSampleReader counterSamples = new(worker.Skipped);

    /// <inheritdoc/>
    public void Take(ReadOnlySpan<byte> payload, in DatagramOrigin origin)
    {
        worker.CountReceived(payload.Length);
        worker.Count(Decode(payload, origin));
    }

    /// <inheritdoc/>
    public void Flush() => stages.Flush();

    /// <inheritdoc/>
    public void Idle() => stages.Idle();

    private DatagramOutcome Decode(ReadOnlySpan<byte> payload, in DatagramOrigin origin)
    {
        DecodeStatus status = Datagram.TryRead(payload, out Datagram datagram);
        if (status != DecodeStatus.Ok) return OutcomeOf(status);

        Address agentAddress = datagram.AgentOr(origin.Sender);
        DatagramIdentity identity = new(
            agentAddress, datagram.SubAgentId, datagram.Sequence, datagram.UptimeMilliseconds, payload.Length, PrintOf(payload));
        DatagramOutcome outcome = agents.Observe(identity, origin, out Agent? agent);
        return outcome == DatagramOutcome.Ok ? OutcomeOf(ReadSamples(datagram, identity, origin, agent!)) : outcome;
    }

    private DecodeStatus ReadSamples(in Datagram datagram, in DatagramIdentity identity, in DatagramOrigin origin, Agent agent)
    {
        SampleIdentity id = !kept ? default : new(identity.Agent, identity.SubAgentId, identity.Sequence, identity.UptimeMilliseconds);
        DecodeStatus fault = DecodeStatus.Ok;
        bool fromOwner = agent.IsKnownBy(origin.Sender);
        int place = 0, flows = 0, others = 0;
        StructureEnumerator samples = datagram.Samples;
        while (samples.MoveNext())
        {
            Structure sample = samples.Current;
            DecodeStatus status = DecodeStatus.Ok;
            switch (sample.Tag)
            {
                case FlowSample.CompactTag or FlowSample.ExpandedTag:
                    if (FlowSample.TryRead(sample, out FlowSample flow))
                    {
                        ref Flow record = ref stages.Add();
                        Begin(ref record, identity, origin, agent, fromOwner);
                        if (kept) id.Of(sample.Data, place, out record.IdHigh, out record.IdLow);
                        else record.IdHigh = record.IdLow = 0;
                        status = flowSamples.Read(flow, ref record);
                        flows++;
                    }
                    else status = DecodeStatus.Malformed;
                    break;
                case CounterSample.CompactTag or CounterSample.ExpandedTag:
                    if (CounterSample.TryRead(sample, out CounterSample counted))
                    {
                        status = ReadCounters(counted, identity, origin, agent, fromOwner);
                        others++;
                    }
                    else status = DecodeStatus.Malformed;
                    break;
                default:
                    worker.Skipped.Count(StructureKind.Sample, sample.Tag);
                    break;
            }
            if (fault == DecodeStatus.Ok) fault = status;
            place++;
        }
        agent.CountSamples(flows, others);
        return fault == DecodeStatus.Ok ? samples.Status : fault;
    }

    /// <summary>The last bytes of a datagram belong to a sampled packet or a counter, so a forger cannot predict them.</summary>
    private static uint PrintOf(ReadOnlySpan<byte> payload)
    {
        const int Size = 32;
        if (payload.Length < Size) return 0;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(payload[^Size..]);
        ulong print = (words[0] ^ BitOperations.RotateLeft(words[1], 17)) * 0x9E37_79B9_7F4A_7C15 ^ (words[2] ^ BitOperations.RotateLeft(words[3], 31)) * 0xC2B2_AE3D_27D4_EB4F;
        return (uint)(print >> 32);
    }

    /// <summary>Writes the common fields of all records of the datagram, and clears the fields of later stages.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Begin(ref Flow record, in DatagramIdentity identity, in DatagramOrigin origin, Agent agent, bool fromOwner)
    {
        record.TimestampNanoseconds = origin.TimestampNanoseconds;
        record.SteadyNanoseconds = origin.SteadyNanoseconds;
        record.AgentAddress = identity.Agent;
        record.Agent = agent.Id;
        record.SubAgentId = identity.SubAgentId;
        record.DatagramSequence = identity.Sequence;
        record.UptimeMilliseconds = identity.UptimeMilliseconds;
        // In the order of the layout, so that the compiler merges the stores.
        record.ObserverNode = -1;
        record.SourceEndpoint = 0;
        record.DestinationEndpoint = 0;
        record.SourceService = 0;
        record.DestinationService = 0;
        record.ServerService = 0;
        record.AcknowledgedBytes = 0;
        record.SourceRole = PortRole.None;
        record.DestinationRole = PortRole.None;
        record.Observation = Observation.None;
        record.Counted = false;
        record.Server = ServerEnd.Unknown;
        record.ServerReason = ServerReason.None;
        record.ServiceOrigin = ServiceOrigin.None;
        record.IsFromOwner = fromOwner;
        record.Before = default;
    }

    private DecodeStatus ReadCounters(in CounterSample sample, in DatagramIdentity identity, in DatagramOrigin origin, Agent agent, bool fromOwner)
    {
        worker.CountCounterSample();
        CounterRecord record = new()
        {
            SteadyNanoseconds = origin.SteadyNanoseconds, Agent = agent.Id, UptimeMilliseconds = identity.UptimeMilliseconds, IsFromOwner = fromOwner,
        };
        DecodeStatus status = counterSamples.Read(sample, ref record);
        if (!(record.HasInterface || record.HasOvsDatapath || record.HasResources)) return status;
        // Earlier samples of the datagram must be processed first.
        stages.Flush();
        foreach (ICounterStage stage in counters) stage.Process(record);
        return status;
    }

    private static DatagramOutcome OutcomeOf(DecodeStatus status) => status switch
    {
        DecodeStatus.Ok => DatagramOutcome.Ok,
        DecodeStatus.Empty => DatagramOutcome.Empty,
        DecodeStatus.NotSflow => DatagramOutcome.NotSflow,
        DecodeStatus.BadVersion => DatagramOutcome.BadVersion,
        DecodeStatus.Version2 => DatagramOutcome.Version2,
        DecodeStatus.Version4 => DatagramOutcome.Version4,
        DecodeStatus.BadAgentAddress => DatagramOutcome.BadAgentAddress,
        DecodeStatus.Truncated => DatagramOutcome.Truncated,
        DecodeStatus.AbsurdCount => DatagramOutcome.AbsurdCount,
        _ => DatagramOutcome.Malformed,
    };
}
