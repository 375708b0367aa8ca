namespace SFlow.Exporter.Replay;

/// <summary>A number that grows through a capture (a sequence, an uptime, a pool) and continues when the capture repeats; modulo 2^32.</summary>
internal struct ContinuedNumber
{
    /// <summary>A larger decrease is not a reordering: the agent restarted within the capture.</summary>
    private const int DeepestReordering = 64;

    private bool begun;
    private uint first, highest, offset;

    /// <summary>The value to send instead of the one in the capture.</summary>
    public uint Continue(uint value)
    {
        if (!begun)
        {
            begun = true;
            first = highest = value;
        }
        int ahead = (int)(value - highest);
        if (ahead is > 0 or < -DeepestReordering) highest = value;
        return value + offset;
    }

    /// <summary>The capture repeats: its first value follows the last one after <paramref name="step"/>.</summary>
    public void NextRound(uint step) => offset += highest - first + step;

    /// <summary>The capture repeats, <paramref name="span"/> after its previous start, or at its last value if that is larger.</summary>
    public void NextRoundAfter(uint span) => offset += Math.Max(highest - first, span);
}
