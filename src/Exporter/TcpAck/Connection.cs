using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.TcpAck;

/// <summary>
/// One TCP connection from the pod's own samples, in 64 bytes: its key, and the last acknowledgement number of the pod.
/// </summary>
internal struct Connection
{
    /// <summary>Acknowledgement numbers that move further than this between two samples belong to two connections (RFC 7323, section 2.3, allows no larger window).</summary>
    private const int LargestStep = 1 << 30;

    /// <summary>
    /// The pod's own sequence number hardly changes while it receives. A larger change may be the next connection with the same ports. Initial
    /// numbers follow a clock (RFC 9293, section 3.4.1), so without this test their growth would count as bytes.
    /// </summary>
    private const int LargestOwnStep = 1 << 20;

    public Address Source, Destination;

    /// <summary>Both ports; 0 for an empty place.</summary>
    public uint Ports;

    private uint acknowledged, sequence;
    private bool known, closed, heldBack;

    /// <summary>Recently acknowledged bytes: the weight of the connection in the table.</summary>
    public uint Weight;

    /// <summary>Arrival of the newest sample, in nanoseconds of Unix time.</summary>
    public long SeenAt;

    /// <summary>Adds a sample of the pod. Returns the payload bytes that it newly acknowledges.</summary>
    public uint Take(in Flow sample)
    {
        SeenAt = sample.SteadyNanoseconds;
        bool syn = (sample.TcpFlags & TcpFlag.Syn) != 0, acknowledges = (sample.TcpFlags & TcpFlag.Acknowledge) != 0;
        int own = (int)(sample.TcpSequence - sequence), step = (int)(sample.TcpAcknowledgement - acknowledged);
        bool near = known && own is > -LargestOwnStep and < LargestOwnStep;
        if ((sample.TcpFlags & TcpFlag.Reset) != 0)
        {
            closed |= near;
            return 0;
        }
        // A SYN older than the known state arrived late; any other SYN starts a new connection.
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
        // The FIN of the unsampled peer uses a sequence number without a byte. So each span holds back one number.
        uint proved = heldBack ? (uint)step : (uint)step - 1;
        heldBack = true;
        Weight = (uint)Math.Min(uint.MaxValue, (ulong)Weight + proved);
        return proved;
    }

    /// <summary>Starts a span: bytes acknowledged before it do not count. After a SYN it starts behind the number of the SYN.</summary>
    private void Begin(in Flow sample)
    {
        acknowledged = sample.TcpAcknowledgement;
        sequence = sample.TcpSequence;
        known = true;
        closed = heldBack = false;
    }
}
