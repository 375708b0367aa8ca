using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Agents;

/// <summary>
/// The numberings that come under one agent's address: usually one; at most four are told apart, then the longest silent one gives way.
/// A numbering has one sender at a time, and goes with it when the sender changes: two paths of one agent are no loss on either.
/// </summary>
internal sealed class AgentStreams
{
    private const int Most = 4;

    private readonly SenderStream[] streams = new SenderStream[Most];
    private readonly SenderTurns turns = new();
    private int count;

    /// <summary>Judges one datagram, counts it, and says whether it is to be used.</summary>
    public DatagramOutcome Take(in DatagramIdentity datagram, in DatagramOrigin origin, Agent agent)
    {
        long now = origin.TimestampNanoseconds;
        // Nearly always: the only sender's next datagram, and none is missing.
        if (count == 1 && streams[0].TryNext(origin.Sender, datagram, now))
        {
            if (turns.ComesBack(origin.Sender, now)) agent.Conflicts++;
            return DatagramOutcome.Ok;
        }
        SenderStream? own = null, shared = null;
        for (int i = 0; i < count; i++)
        {
            agent.Lost += streams[i].Settle(now, final: false);
            if (streams[i].Holds(datagram, now))
            {
                agent.Duplicates++;
                return DatagramOutcome.Duplicate;
            }
            if (streams[i].Sender == origin.Sender) own = streams[i];
            else if (streams[i].IsContinuedBy(datagram, now)) shared = streams[i];
        }
        if (own is null && shared is not null)
        {
            own = shared;
            own.Sender = origin.Sender;
        }
        SequenceFit fit = SequenceFit.Ahead;
        if (own is not null) fit = own.Take(datagram, now, agent);
        else Vacant(now, agent).Begin(origin.Sender, datagram, now);

        // What comes late was still underway when the sender changed: it has not come back.
        if (fit != SequenceFit.Late && turns.ComesBack(origin.Sender, now)) agent.Conflicts++;
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
