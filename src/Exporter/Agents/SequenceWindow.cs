using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Agents;

/// <summary>
/// One life of an agent's sequence, from one start of the agent to the next: its newest datagram and what became of the 255 before it.
/// Sequence numbers and uptime are compared modulo 2^32, so that both may wrap. Times are nanoseconds.
/// </summary>
internal sealed class SequenceWindow
{
    /// <summary>Sequence numbers that are remembered.</summary>
    public const int Size = 256;

    /// <summary>A longer jump is no loss but another life, so that one forged datagram can't add millions to what is lost.</summary>
    private const int FarthestAhead = 100_000;

    /// <summary>How long a missing datagram may still come.</summary>
    private const long Patience = 5 * UnixTime.Second;

    /// <summary>Open vSwitch counts uptime in whole seconds, and other agents' clocks jitter; less than this says nothing.</summary>
    private const int UptimeStep = 1_000;

    /// <summary>How far uptime and arrival may run apart between two datagrams of one agent, milliseconds: what a path and a full queue delay.</summary>
    private const int ClockDrift = 5_000;

    /// <summary>While a sender is heard, another one on its numbering is close behind it, milliseconds and datagrams: a path that shares it, or a forger.</summary>
    private const int Settled = 3_000, LargestSharedGap = 16;

    private readonly Slot[] slots = new Slot[Size];
    private uint newest, newestUptime;
    private int missing;
    private long oldestMissing;

    private enum SlotState : byte { Unknown, Seen, Missing, Lost }

    private struct Slot
    {
        /// <summary>When the datagram came, or when it was first missed.</summary>
        public long Time;
        public uint Uptime;
        public ushort Mark;
        public SlotState State;
    }

    /// <summary>Arrival of the datagram with the highest sequence number.</summary>
    public long NewestArrival { get; private set; }

    /// <summary>Forgets everything and begins with this datagram; <see cref="Settle"/> first, lest missing ones go uncounted.</summary>
    public void Begin(in DatagramIdentity datagram, long now)
    {
        Array.Clear(slots);
        missing = 0;
        SetNewest(datagram, now);
    }

    /// <summary>Judges a datagram and changes nothing; <paramref name="gap"/> is how many would be missing before it.</summary>
    public SequenceFit Fit(in DatagramIdentity datagram, long now, out int gap)
    {
        int ahead = (int)(datagram.Sequence - newest);
        int uptimeAhead = (int)(datagram.UptimeMilliseconds - newestUptime);
        gap = Math.Max(0, ahead - 1);
        if (ahead > 0) return ahead > FarthestAhead || uptimeAhead <= -UptimeStep ? SequenceFit.Foreign : SequenceFit.Ahead;
        if (ahead <= -Size) return SequenceFit.Foreign;

        ref readonly Slot slot = ref At(datagram.Sequence);
        if (slot.State == SlotState.Seen && slot.Mark != datagram.Mark && IsNear(slot.Uptime, datagram) && !MayHaveRestarted(datagram, now)) return SequenceFit.Contested;
        bool ofThisLife = slot.State switch
        {
            SlotState.Seen => slot.Uptime == datagram.UptimeMilliseconds && slot.Mark == datagram.Mark
                && (now - slot.Time <= UnixTime.Second || !MayHaveRestarted(datagram, now)),
            SlotState.Unknown => uptimeAhead < UptimeStep && (uptimeAhead >= -UptimeStep || !MayHaveRestarted(datagram, now)),
            _ => IsBetweenNeighbours(datagram),
        };
        if (!ofThisLife) return SequenceFit.Foreign;
        return slot.State == SlotState.Seen ? SequenceFit.Duplicate : SequenceFit.Late;
    }

    /// <summary>Moves on to the datagram if it is the very next of this life and none is missing; else changes nothing.</summary>
    public bool TryNext(in DatagramIdentity datagram, long now)
    {
        if (missing != 0 || datagram.Sequence != newest + 1 || (int)(datagram.UptimeMilliseconds - newestUptime) <= -UptimeStep) return false;
        SetNewest(datagram, now);
        return true;
    }

    /// <summary>
    /// Whether a datagram of another sender is of this life all the same: its number is near, and its uptime has grown by the time that
    /// passed, which it would not for an agent that started at another time.
    /// </summary>
    public bool IsContinuedBy(in DatagramIdentity datagram, long now)
    {
        SequenceFit fit = Fit(datagram, now, out int gap);
        long passed = (now - NewestArrival) / 1_000_000;
        return (fit == SequenceFit.Late || fit == SequenceFit.Ahead && gap < (passed < Settled ? LargestSharedGap : Size))
            && Math.Abs((int)(datagram.UptimeMilliseconds - newestUptime) - passed) <= ClockDrift;
    }

    /// <summary>Moves on to a datagram that is <see cref="SequenceFit.Ahead"/>; returns how many are lost with what leaves the window.</summary>
    public int Advance(in DatagramIdentity datagram, long now)
    {
        uint ahead = datagram.Sequence - newest;
        uint beyond = ahead > Size ? ahead - Size : 0;
        int lost = (int)beyond;
        for (uint step = beyond + 1; step <= ahead; step++)
        {
            ref Slot slot = ref At(newest + step);
            if (slot.State == SlotState.Missing)
            {
                missing--;
                lost++;
            }
            if (step == ahead) break;
            slot = new Slot { State = SlotState.Missing, Time = now };
            if (missing++ == 0) oldestMissing = now;
        }
        SetNewest(datagram, now);
        return lost;
    }

    /// <summary>Takes a datagram that is <see cref="SequenceFit.Late"/> or <see cref="SequenceFit.Contested"/>.</summary>
    public void Fill(in DatagramIdentity datagram, long now)
    {
        if (At(datagram.Sequence).State == SlotState.Missing) missing--;
        Note(datagram, now);
    }

    /// <summary>Gives up what has been missing for five seconds, or all that is missing; returns how many that were.</summary>
    public int Settle(long now, bool final)
    {
        if (missing == 0 || !final && now - oldestMissing < Patience) return 0;
        int lost = 0;
        oldestMissing = long.MaxValue;
        foreach (ref Slot slot in slots.AsSpan())
        {
            if (slot.State != SlotState.Missing) continue;
            if (final || now - slot.Time >= Patience)
            {
                slot.State = SlotState.Lost;
                lost++;
            }
            else oldestMissing = Math.Min(oldestMissing, slot.Time);
        }
        missing -= lost;
        return lost;
    }

    private ref Slot At(uint sequence) => ref slots[sequence % Size];

    private void SetNewest(in DatagramIdentity datagram, long now)
    {
        newest = datagram.Sequence;
        newestUptime = datagram.UptimeMilliseconds;
        NewestArrival = now;
        Note(datagram, now);
    }

    private void Note(in DatagramIdentity datagram, long now) =>
        At(datagram.Sequence) = new Slot { State = SlotState.Seen, Time = now, Uptime = datagram.UptimeMilliseconds, Mark = datagram.Mark };

    /// <summary>
    /// Who started again since the newest datagram can't have been up for longer than that. Open vSwitch begins each life alike, at
    /// sequence 1 and uptime 0, so that the first datagrams of two lives may be equal in all that we compare.
    /// </summary>
    private bool MayHaveRestarted(in DatagramIdentity datagram, long now) =>
        datagram.UptimeMilliseconds <= (now - NewestArrival) / 1_000_000 + UptimeStep;

    private static bool IsNear(uint uptime, in DatagramIdentity datagram) => Math.Abs((long)(int)(datagram.UptimeMilliseconds - uptime)) <= ClockDrift;

    /// <summary>Within a life uptime grows with the sequence: what fills a gap lies between the datagrams at its two ends.</summary>
    private bool IsBetweenNeighbours(in DatagramIdentity datagram)
    {
        uint after = datagram.Sequence + 1;
        while (At(after).State != SlotState.Seen) after++;
        if ((int)(At(after).Uptime - datagram.UptimeMilliseconds) <= -UptimeStep) return false;

        for (uint before = datagram.Sequence - 1; newest - before < Size; before--)
            if (At(before).State == SlotState.Seen) return (int)(datagram.UptimeMilliseconds - At(before).Uptime) > -UptimeStep;
        return true;
    }
}
