namespace SFlow.Exporter.Replay;

/// <summary>A number that grows through a capture (a sequence, an uptime, a pool) and goes on growing when the capture begins again; modulo 2^32.</summary>
internal struct ContinuedNumber
{
    /// <summary>A deeper fall is no reordering: the agent itself began again within the capture.</summary>
    private const int DeepestReordering = 64;

    private bool begun;
    private uint first, highest, offset;

    /// <summary>What to send in place of the capture's value.</summary>
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

    /// <summary>The capture begins again: its first value follows the last one after <paramref name="step"/>.</summary>
    public void NextRound(uint step) => offset += highest - first + step;

    /// <summary>The capture begins again, <paramref name="span"/> later than it began before, or at its last value when that is more.</summary>
    public void NextRoundAfter(uint span) => offset += Math.Max(highest - first, span);
}
