namespace SFlow.Exporter.Elasticsearch;

/// <summary>What the tries of one part have shown so far.</summary>
internal sealed class Trial
{
    /// <summary>
    /// Tries before an item with a doubtful reason is rejected: few where the server took other bodies meanwhile, more where it took only other items of
    /// the same body. Where it takes nothing at all, no document is at fault.
    /// </summary>
    private const int TriesBesideOthers = 5, TriesBesideItems = 20;

    private long takenBefore = -1;
    private bool tookItems;

    /// <summary>Tries that failed, from 0.</summary>
    public int Attempt { get; set; }

    /// <summary>Connections lost one after the other.</summary>
    public int Lost { get; set; }

    /// <param name="taken">Requests of which the server took records so far.</param>
    public bool ConvictsDoubtful(long taken) => takenBefore >= 0 && (taken > takenBefore && Attempt >= TriesBesideOthers || tookItems && Attempt >= TriesBesideItems);

    /// <param name="tally">What an answer said.</param>
    /// <param name="taken">Requests of which the server took records so far, this one included.</param>
    public void Learn(ItemTally tally, long taken)
    {
        tookItems |= tally.IsTaken;
        if (tally.IsDoubtful && takenBefore < 0) takenBefore = taken;
    }
}
