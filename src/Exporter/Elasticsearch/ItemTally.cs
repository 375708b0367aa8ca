namespace SFlow.Exporter.Elasticsearch;

/// <summary>The items of one answer, sorted by what becomes of them.</summary>
internal sealed class ItemTally
{
    /// <param name="items">The items in their order.</param>
    /// <param name="convicted">Items of a doubtful reason are rejected now.</param>
    /// <param name="reject">Gets each rejected item.</param>
    public ItemTally(ReadOnlySpan<BulkItem> items, bool convicted, Action<BulkItem> reject)
    {
        for (int i = 0; i < items.Length; i++)
        {
            BulkItem item = items[i];
            if (item.IsWritten) Written++;
            else if (item.IsAlreadyThere) AlreadyThere++;
            else if (item.IsRejected || item.IsDoubtful && convicted)
            {
                Rejected++;
                reject(item);
            }
            else
            {
                Again.Add(i);
                if (item.IsRefused || item.IsDoubtful) Refused = item;
                else Later = item;
                if (item.IsDoubtful) IsDoubtful = true;
                MayLackIndex |= item.MayLackIndex;
            }
        }
    }

    public int Written { get; }
    public int AlreadyThere { get; }
    public int Rejected { get; }

    /// <summary>Places of the items to send again.</summary>
    public List<int> Again { get; } = [];

    /// <summary>One of the items that a person has to help; null when there is none.</summary>
    public BulkItem? Refused { get; }

    /// <summary>One of the items that may do later.</summary>
    public BulkItem? Later { get; }

    public bool IsDoubtful { get; }
    public bool MayLackIndex { get; }

    /// <summary>The server took something.</summary>
    public bool IsTaken => Written + AlreadyThere > 0;
}
