using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Agents;

/// <summary>
/// What one sender sends for an agent: the life that goes on now, and the one before it. The former is kept for a while, because
/// what looks like a restart may be one very late or one forged datagram, after which the true sequence goes on.
/// </summary>
internal sealed class SenderStream
{
    /// <summary>How long a life that stopped may still go on, nanoseconds.</summary>
    private const long FormerKept = UnixTime.Minute;

    private SequenceWindow current = new();
    private SequenceWindow? former;
    private bool hasFormer;

    public Address Sender { get; private set; }

    /// <summary>Who sent before another one went on with the numbering; the same as <see cref="Sender"/> where none did.</summary>
    public Address FormerSender { get; private set; }

    /// <summary>Arrival of this sender's newest datagram, nanoseconds.</summary>
    public long LastArrival { get; private set; }

    /// <summary>Begins for another sender; <see cref="Settle"/> first.</summary>
    public void Begin(Address sender, in DatagramIdentity datagram, long now)
    {
        Sender = FormerSender = sender;
        LastArrival = now;
        hasFormer = false;
        current.Begin(datagram, now);
    }

    /// <summary>Another sender goes on with the numbering.</summary>
    public void Move(Address sender) => (Sender, FormerSender) = (sender, Sender);

    /// <summary>Whether this very datagram came from here before.</summary>
    public bool Holds(in DatagramIdentity datagram, long now) =>
        current.Fit(datagram, now, out _) == SequenceFit.Duplicate
        || IsFormerFresh(now) && former!.Fit(datagram, now, out _) == SequenceFit.Duplicate;

    /// <summary>Whether a datagram of somebody else goes on with the life that goes on here.</summary>
    public bool IsContinuedBy(in DatagramIdentity datagram, long now) => current.IsContinuedBy(datagram, now);

    /// <summary>Whether the former sender comes with a number that its successor used already: the successor took it.</summary>
    public bool IsTakenFrom(Address sender, in DatagramIdentity datagram, long now) =>
        FormerSender == sender && current.Fit(datagram, now, out _) == SequenceFit.Contested;

    /// <summary>Takes the datagram if it is this sender's next one and nothing else needs to be judged; else changes nothing.</summary>
    public bool TryNext(Address sender, in DatagramIdentity datagram, long now)
    {
        if (hasFormer || Sender != sender || !current.TryNext(datagram, now)) return false;
        LastArrival = now;
        return true;
    }

    /// <summary>Takes a datagram that no stream of the agent holds, and says how it fitted.</summary>
    /// <param name="datagram">The datagram.</param>
    /// <param name="now">Its arrival, nanoseconds.</param>
    /// <param name="agent">Whose figures are counted.</param>
    /// <param name="allowance">What a jump may say was lost; null for a sender whose jumps, restarts and disorder are not the agent's.</param>
    public SequenceFit Take(in DatagramIdentity datagram, long now, Agent agent, LossAllowance? allowance)
    {
        long silence = now - LastArrival;
        LastArrival = now;
        SequenceFit fit = current.Fit(datagram, now, out int gap);
        SequenceWindow life = current;
        if ((fit != SequenceFit.Ahead || gap > 0) && IsFormerFresh(now)) life = Choose(datagram, now, ref fit, ref gap);
        if (fit == SequenceFit.Ahead && gap > 0 && allowance?.TryTake(gap, Math.Max(silence, now - life.NewestArrival), now) == false) fit = SequenceFit.Foreign;
        switch (fit)
        {
            case SequenceFit.Ahead:
                if (life != current) (current, former) = (life, current);
                int lost = life.Advance(datagram, now);
                if (allowance is not null) agent.Lost += lost;
                break;
            case SequenceFit.Late:
                life.Fill(datagram, now);
                if (allowance is not null) agent.Reordered++;
                break;
            case SequenceFit.Contested:
                life.Fill(datagram, now);
                agent.Conflicts++;
                break;
            default:
                Restart(datagram, now, agent, counts: allowance is not null);
                break;
        }
        return fit;
    }

    /// <summary>Gives up what has been missing for too long, or all that is missing; returns how many that were.</summary>
    public int Settle(long now, bool final) => current.Settle(now, final) + (hasFormer ? former!.Settle(now, final) : 0);

    private bool IsFormerFresh(long now) => hasFormer && now - former!.NewestArrival <= FormerKept;

    /// <summary>The life that the datagram continues with fewer missing.</summary>
    private SequenceWindow Choose(in DatagramIdentity datagram, long now, ref SequenceFit fit, ref int gap)
    {
        SequenceFit formerFit = former!.Fit(datagram, now, out int formerGap);
        if (formerFit == SequenceFit.Foreign || fit != SequenceFit.Foreign && gap <= formerGap) return current;
        (fit, gap) = (formerFit, formerGap);
        return former;
    }

    private void Restart(in DatagramIdentity datagram, long now, Agent agent, bool counts)
    {
        SequenceWindow next = former ?? new SequenceWindow();
        int lost = hasFormer ? next.Settle(now, final: true) : 0;
        next.Begin(datagram, now);
        (current, former, hasFormer) = (next, current, true);
        if (!counts) return;
        agent.Lost += lost;
        agent.Restarts++;
        agent.LastRestart = now;
    }
}
