using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Agents;

/// <summary>The senders that send for one agent: usually one; at most four are told apart, then the longest silent one gives way.</summary>
internal sealed class AgentStreams
{
    private const int Most = 4;

    /// <summary>Two senders that take turns within this time claim the address together; one that moved does not come back. Nanoseconds.</summary>
    private const long ConflictWithin = 60_000_000_000;

    private readonly SenderStream[] streams = new SenderStream[Most];
    private int count;
    private SenderStream? latest;

    /// <summary>Judges one datagram, counts it, and says whether it is to be used.</summary>
    public DatagramOutcome Take(in DatagramIdentity datagram, in DatagramOrigin origin, Agent agent)
    {
        long now = origin.TimestampNanoseconds;
        SenderStream? own = null;
        for (int i = 0; i < count; i++)
        {
            agent.Lost += streams[i].Settle(now, final: false);
            if (streams[i].Holds(datagram, now))
            {
                agent.Duplicates++;
                return DatagramOutcome.Duplicate;
            }
            if (streams[i].Sender == origin.Sender) own = streams[i];
        }
        if (own is null)
        {
            own = Vacant(now, agent);
            own.Begin(origin.Sender, datagram, now);
        }
        else
        {
            if (own != latest && now - own.LastArrival <= ConflictWithin) agent.Conflicts++;
            own.Take(datagram, now, agent);
        }
        latest = own;
        return DatagramOutcome.Ok;
    }

    /// <summary>Gives up what has been missing for too long, or all that is missing; returns how many that were.</summary>
    public int Settle(long now, bool final)
    {
        int lost = 0;
        for (int i = 0; i < count; i++) lost += streams[i].Settle(now, final);
        return lost;
    }

    private SenderStream Vacant(long now, Agent agent)
    {
        if (count < Most) return streams[count++] = new SenderStream();
        SenderStream silent = streams[0];
        foreach (SenderStream stream in streams)
            if (stream.LastArrival < silent.LastArrival) silent = stream;
        agent.Lost += silent.Settle(now, final: true);
        return silent;
    }
}
