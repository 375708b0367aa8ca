using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Calibration;

/// <summary>
/// One port between two of its counter samples: what its flow samples estimate since the first of them. "In" of a port is what its pod
/// sent, and flow samples say so by their input. Both count layer 2 without the frame check sequence.
/// </summary>
internal struct PortWindow
{
    /// <summary>What the wire says for a counter that does not exist.</summary>
    private const ulong Unknown = ulong.MaxValue;

    private CalibrationSums estimate;
    private ulong begin;
    private long life;
    private int name;
    private bool open, shared;

    /// <summary>Arrival of the port's newest counter sample, nanoseconds of the steady clock.</summary>
    public long LastCounters { readonly get; private set; }

    /// <summary>Adds a flow sample that came in by this port.</summary>
    public void Add(in Flow sample) =>
        estimate += new CalibrationSums((double)sample.SamplingRate * (sample.FrameLength - sample.Stripped), 0, sample.Before.Variances(sample).Bytes, 1);

    /// <summary>
    /// Ends the window and begins the next one. The sums are nothing unless all of the window was seen: the agent is in the same life,
    /// and the counter is the same one and did not fall. Tunnel ports share an interface index and differ by name, so their samples cannot be distinguished.
    /// </summary>
    public CalibrationSums Turn(in CounterRecord counters, long agentLife)
    {
        shared |= LastCounters != 0 && counters.PortName != name;
        bool whole = open && !shared && agentLife == life && counters.IfInOctets != Unknown && counters.IfInOctets >= begin;
        CalibrationSums sums = whole ? estimate with { Counted = counters.IfInOctets - begin } : default;
        (estimate, begin, life, name, LastCounters) = (default, counters.IfInOctets, agentLife, counters.PortName, counters.SteadyNanoseconds);
        open = counters.IfInOctets != Unknown;
        return sums;
    }
}
