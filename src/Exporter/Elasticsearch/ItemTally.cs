using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Elasticsearch;

/// <summary>The items of one answer, sorted by what becomes of them.</summary>
internal sealed class ItemTally
{
    private readonly long[] counts = new long[Enum.GetValues<ItemOutcome>().Length];

    /// <param name="items">The items in their order.</param>
    /// <param name="convicted">Items of a doubtful reason are rejected now.</param>
    public ItemTally(ReadOnlySpan<BulkItem> items, bool convicted)
    {
        for (int i = 0; i < items.Length; i++)
        {
            BulkItem item = items[i];
            ItemOutcome outcome = item.Outcome(convicted);
            counts[(int)outcome]++;
            if (outcome is ItemOutcome.Created or ItemOutcome.AlreadyThere) continue;
            if (outcome == ItemOutcome.Rejected)
            {
                Rejected.Add((i, item));
                continue;
            }
            Again.Add(i);
            if (item.IsRefused || item.IsDoubtful) Refused = item;
            else Later = item;
            if (item.IsDoubtful) IsDoubtful = true;
            MayLackIndex |= item.MayLackIndex;
        }
    }

    /// <summary>Items with this outcome.</summary>
    public long this[ItemOutcome outcome] => counts[(int)outcome];

    /// <summary>Rejected items and their places.</summary>
    public List<(int Place, BulkItem Outcome)> Rejected { get; } = [];

    /// <summary>Places of the items to send again.</summary>
    public List<int> Again { get; } = [];

    /// <summary>One of the items that a person has to help; null when there is none.</summary>
    public BulkItem? Refused { get; }

    /// <summary>One of the items that may do later.</summary>
    public BulkItem? Later { get; }

    public bool IsDoubtful { get; }
    public bool MayLackIndex { get; }

    /// <summary>The server took something.</summary>
    public bool IsTaken => this[ItemOutcome.Created] + this[ItemOutcome.AlreadyThere] > 0;
}
