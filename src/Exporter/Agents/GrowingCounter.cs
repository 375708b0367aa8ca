namespace SFlow.Exporter.Agents;

/// <summary>
/// What a counter of an agent grew by since its first reading: a total that never falls, whatever the agent sends. A counter that starts again at zero
/// adds its new value. A reading of all ones says that the agent does not have the counter.
/// </summary>
internal struct GrowingCounter
{
    /// <summary>A larger step of a 32-bit counter that fell is a new start, not a wrap.</summary>
    private const uint LargestWrappedStep = uint.MaxValue / 2;

    private ulong last;
    private bool hasLast;

    /// <summary>The sum of all growth.</summary>
    public ulong Total { get; private set; }

    /// <summary>Whether the agent ever sent a value.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>The next reading continues no earlier one, because it is of another counter.</summary>
    public void Rebase() => hasLast = false;

    /// <summary>Whether a reading is below the last one.</summary>
    public readonly bool FellTo(ulong value) => hasLast && value < last;

    /// <summary>Takes a reading of a 64-bit counter. Returns what it grew by.</summary>
    public ulong Take(ulong value)
    {
        if (value == ulong.MaxValue) return Skip();
        return Grow(value, FellTo(value) ? value : value - last);
    }

    /// <summary>Takes a reading of a 32-bit counter. Returns what it grew by.</summary>
    /// <param name="value">The reading.</param>
    /// <param name="mayWrap">False if the agent is known to have started again, so that a fallen counter did not wrap.</param>
    public ulong Take(uint value, bool mayWrap)
    {
        if (value == uint.MaxValue) return Skip();
        uint step = value - (uint)last;
        bool startedAgain = FellTo(value) && (!mayWrap || step > LargestWrappedStep);
        return Grow(value, startedAgain ? value : step);
    }

    private ulong Grow(ulong value, ulong step)
    {
        if (!hasLast) step = 0;
        (last, hasLast, IsKnown) = (value, true, true);
        Total += step;
        return step;
    }

    private ulong Skip()
    {
        hasLast = false;
        return 0;
    }
}
