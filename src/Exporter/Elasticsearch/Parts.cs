namespace SFlow.Exporter.Elasticsearch;

/// <summary>What is left of a body: the whole, or the smaller bodies that it was divided into, the first of them next.</summary>
internal sealed class Parts(BulkBody whole)
{
    /// <summary>
    /// Halvings before there has to be a pause. It is enough to find three bad documents in ten thousand; where everything is refused, it
    /// bounds the requests.
    /// </summary>
    private const int HalvingsAtOnce = 40;

    private readonly LinkedList<BulkBody> parts = new([whole]);
    private readonly HashSet<BulkBody> postponed = [], uncertain = [];
    private int halvings;

    /// <summary>The part to send next, null when all is settled.</summary>
    public BulkBody? Current
    {
        get
        {
            while (parts.First is { Value.Count: 0 }) parts.RemoveFirst();
            return parts.First?.Value;
        }
    }

    public int Records => parts.Sum(part => part.Count);

    public bool AreHalved { get; private set; }

    /// <summary>A compressed and a plain body were refused alike: compression is not the reason, and trying both for each part would tell nothing.</summary>
    public bool ArePlain { get; set; }

    /// <summary>Response to a compressed body that may be about the compression: the next try is plain. Null when there is no such suspicion.</summary>
    public SearchResponse? Suspected { get; set; }

    /// <summary>When the first attempt was made.</summary>
    public required DateTimeOffset Began { get; init; }

    /// <summary>An attempt got no response that says what became of the records of this part: the server may have some. Halves of the part inherit it.</summary>
    public bool IsUncertain(BulkBody part) => uncertain.Contains(part);

    public void Doubt(BulkBody part) => uncertain.Add(part);

    /// <summary>The server was asked which records of the part it has.</summary>
    public void Clarify(BulkBody part) => uncertain.Remove(part);

    /// <summary>Puts two halves in the place of the current part; false when there were too many since the last pause.</summary>
    public bool TryHalve()
    {
        if (halvings == HalvingsAtOnce) return false;
        halvings++;
        AreHalved = true;
        BulkBody part = parts.First!.Value;
        (BulkBody first, BulkBody second) = part.Halve();
        if (uncertain.Remove(part)) uncertain.UnionWith([first, second]);
        parts.RemoveFirst();
        whole.Clear();
        parts.AddFirst(second);
        parts.AddFirst(first);
        return true;
    }

    /// <summary>Puts the current part behind the others, once; false when it was there already or there are no others.</summary>
    public bool TryPostpone()
    {
        if (parts.Count < 2 || !postponed.Add(parts.First!.Value)) return false;
        BulkBody part = parts.First.Value;
        parts.RemoveFirst();
        parts.AddLast(part);
        return true;
    }

    /// <summary>Puts what is left of the parts back into the whole body.</summary>
    public void Rejoin()
    {
        if (!AreHalved) return;
        foreach (BulkBody part in parts) whole.Add(part);
    }

    /// <summary>A pause is made: halving may go on after it.</summary>
    public void AllowHalving() => halvings = 0;
}
