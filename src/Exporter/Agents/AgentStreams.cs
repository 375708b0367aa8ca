using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Agents;

/// <summary>
/// The numberings that come under one agent's address: usually one, at most four; then the longest silent one gives way.
/// A numbering has one sender at a time, and goes with it when the sender changes: two paths of one agent are no loss on either.
/// The first numbering is the agent's own as long as it is heard. What others number is not the agent's loss, restart or disorder: whoever may send
/// to us could forge it. Their datagrams are taken and counted as conflicts.
/// </summary>
internal sealed class AgentStreams
{
    private const int Most = 4;

    /// <summary>The agent's own numbering may be silent for so long before another one is the agent's, nanoseconds.</summary>
    private const long OwnKept = UnixTime.Minute;

    private readonly SenderStream[] streams = new SenderStream[Most];
    private readonly SenderTurns turns = new();
    private readonly LossAllowance allowance = new();
    private int count, main;
    private long ownerHeard;

    /// <summary>Who sends for the agent: the first sender, until it was silent for a minute. A sender that only goes on with its numbering is not the owner.</summary>
    public Address Owner { get; private set; }

    /// <summary>Judges one datagram, counts it, and says whether it is to be used.</summary>
    public DatagramOutcome Take(in DatagramIdentity datagram, in DatagramOrigin origin, Agent agent)
    {
        long now = origin.SteadyNanoseconds;
        if (Owner == origin.Sender) ownerHeard = now;
        else if (count == 0 || now - ownerHeard > OwnKept) (Owner, ownerHeard) = (origin.Sender, now);
        // Nearly always: the only sender's next datagram, and none is missing.
        if (count == 1 && streams[0].TryNext(origin.Sender, datagram, now))
        {
            allowance.Note(now);
            if (turns.ComesBack(origin.Sender, now)) agent.Conflicts++;
            return DatagramOutcome.Ok;
        }
        int own = -1, joined = -1;
        for (int i = 0; i < count; i++)
        {
            int lost = streams[i].Settle(now, final: false);
            if (i == main) agent.Lost += lost;
            if (streams[i].Holds(datagram, now))
            {
                agent.Duplicates++;
                return DatagramOutcome.Duplicate;
            }
            if (streams[i].Sender == origin.Sender) own = i;
            else if (streams[i].IsContinuedBy(datagram, now) || streams[i].IsTakenFrom(origin.Sender, datagram, now)) joined = i;
        }
        bool isOwnSilent = count > 0 && now - streams[main].LastArrival > OwnKept;
        SequenceFit fit = SequenceFit.Ahead;
        if (own < 0 && joined < 0) own = Begin(datagram, origin.Sender, now, agent, isOwnSilent);
        else
        {
            if (own < 0) streams[own = joined].Move(origin.Sender);
            if (isOwnSilent) main = own;
            fit = streams[own].Take(datagram, now, agent, own == main ? allowance : null);
        }
        if (own == main) allowance.Note(now);

        // What comes late was still underway when the sender changed: it has not come back. A contested number was counted.
        if (fit is not (SequenceFit.Late or SequenceFit.Contested) && turns.ComesBack(origin.Sender, now)) agent.Conflicts++;
        return DatagramOutcome.Ok;
    }

    /// <summary>Gives up what has been missing for too long, or all that is missing; returns how many that were.</summary>
    public int Settle(long now, bool final)
    {
        int lost = 0;
        for (int i = 0; i < count; i++)
        {
            int missing = streams[i].Settle(now, final);
            if (i == main) lost += missing;
        }
        return lost;
    }

    /// <summary>A numbering of one more sender.</summary>
    private int Begin(in DatagramIdentity datagram, Address sender, long now, Agent agent, bool isOwnSilent)
    {
        int place = count < Most ? count++ : LongestSilent(isOwnSilent);
        streams[place] ??= new SenderStream();
        int lost = streams[place].Settle(now, final: true);
        if (place == main) agent.Lost += lost;
        streams[place].Begin(sender, datagram, now);
        if (isOwnSilent) main = place;
        return place;
    }

    private int LongestSilent(bool evenOwn)
    {
        int silent = -1;
        for (int i = 0; i < Most; i++)
            if ((i != main || evenOwn) && (silent < 0 || streams[i].LastArrival < streams[silent].LastArrival)) silent = i;
        return silent;
    }
}
