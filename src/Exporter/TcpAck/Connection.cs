using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.TcpAck;

/// <summary>
/// One TCP connection as the pod's own samples show it, in 64 bytes: how far the pod has acknowledged, and by what it is known again.
/// </summary>
internal struct Connection
{
    /// <summary>Acknowledgement numbers that move further than this between two samples belong to two connections (RFC 7323, section 2.3, allows no larger window).</summary>
    private const int LargestStep = 1 << 30;

    /// <summary>
    /// The pod's own sequence number hardly moves while it receives. If it moved further than this, it may be the next connection of the same
    /// ports: initial numbers are a clock (RFC 9293, section 3.4.1), so without this test their growth would pass for bytes.
    /// </summary>
    private const int LargestOwnStep = 1 << 20;

    public Address Source, Destination;

    /// <summary>Both ports; 0 for an empty place.</summary>
    public uint Ports;

    private uint acknowledged, sequence;
    private bool known, closed, heldBack;

    /// <summary>Bytes proved lately: what a place in the table is worth.</summary>
    public uint Weight;

    /// <summary>Arrival of the newest sample, in nanoseconds of Unix time.</summary>
    public long SeenAt;

    /// <summary>Takes a sample of the pod's side and returns the payload bytes that it newly proves the pod to have received.</summary>
    public uint Take(in Flow sample)
    {
        SeenAt = sample.TimestampNanoseconds;
        bool syn = (sample.TcpFlags & TcpFlag.Syn) != 0, acknowledges = (sample.TcpFlags & TcpFlag.Acknowledge) != 0;
        int own = (int)(sample.TcpSequence - sequence), step = (int)(sample.TcpAcknowledgement - acknowledged);
        bool near = known && own is > -LargestOwnStep and < LargestOwnStep;
        if ((sample.TcpFlags & TcpFlag.Reset) != 0)
        {
            closed |= near;
            return 0;
        }
        // A SYN from before what is known of the connection came late; any other begins a new one.
        if (syn && !(near && own <= 0)) known = false;
        if (!acknowledges || syn && known) return 0;
        if (!(known && near && step is > -LargestStep and < LargestStep))
        {
            Begin(sample);
            return 0;
        }
        if (own > 0) sequence = sample.TcpSequence;
        if (closed || step <= 0) return 0;
        acknowledged = sample.TcpAcknowledgement;
        // The other end's FIN takes a number that is no byte, and nobody samples it: one number of each span is held back for it.
        uint proved = heldBack ? (uint)step : (uint)step - 1;
        heldBack = true;
        Weight = (uint)Math.Min(uint.MaxValue, (ulong)Weight + proved);
        return proved;
    }

    /// <summary>A span begins: what was acknowledged before is nobody's. After a SYN it begins behind the number that the SYN took.</summary>
    private void Begin(in Flow sample)
    {
        acknowledged = sample.TcpAcknowledgement;
        sequence = sample.TcpSequence;
        known = true;
        closed = heldBack = false;
    }
}
