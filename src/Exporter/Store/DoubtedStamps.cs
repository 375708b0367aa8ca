namespace SFlow.Exporter.Store;

/// <summary>
/// The records that came while the clock was in doubt. Their stamps may be wrong by any amount, also after the clock is right again: they are kept until
/// they are old by the time of their writing.
/// </summary>
internal sealed class DoubtedStamps
{
    private long first, last;
    private long? before;
    private bool wasInDoubt;

    /// <summary>Records up to here were there when the file was opened first.</summary>
    public void Start(long position) => before ??= position;

    /// <summary>The last position before the records of doubted times; the greatest number where there are none.</summary>
    /// <param name="position">The last position that is written.</param>
    /// <param name="inDoubt">The clock is in doubt now.</param>
    /// <param name="writtenLongAgo">The last position that was written more than the greatest age ago.</param>
    public long TrustedUpTo(long position, bool inDoubt, long writtenLongAgo)
    {
        if (inDoubt || wasInDoubt)
        {
            // The clock was set at some time since the last look.
            if (last == 0) first = before ?? 0;
            last = position;
        }
        (wasInDoubt, before) = (inDoubt, position);
        if (writtenLongAgo >= last) (first, last) = (0, 0);
        return last == 0 ? long.MaxValue : first;
    }

    /// <summary>A new file begins: its positions are others.</summary>
    public void Clear() => (first, last, before) = (0, 0, null);
}
