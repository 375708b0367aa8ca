namespace SFlow.Exporter.Ship;

/// <summary>What is left of a body: the whole, or the smaller bodies that it was divided into, the first of them next.</summary>
internal sealed class Parts(BulkBody whole)
{
    /// <summary>
    /// Halvings before there has to be a pause. It is enough to find three bad documents in ten thousand; where everything is refused, it
    /// bounds the requests.
    /// </summary>
    private const int HalvingsAtOnce = 40;

    private readonly Stack<BulkBody> parts = new([whole]);
    private int halvings;

    /// <summary>The part to send next, null when all is settled.</summary>
    public BulkBody? Current
    {
        get
        {
            while (parts.TryPeek(out BulkBody? part) && part.Count == 0) parts.Pop();
            return parts.TryPeek(out BulkBody? next) ? next : null;
        }
    }

    public int Records => parts.Sum(part => part.Count);

    public bool AreHalved { get; private set; }

    /// <summary>Puts two halves in the place of the current part; false when there were too many since the last pause.</summary>
    public bool TryHalve()
    {
        if (halvings == HalvingsAtOnce) return false;
        halvings++;
        AreHalved = true;
        (BulkBody first, BulkBody second) = parts.Pop().Halve();
        whole.Clear();
        parts.Push(second);
        parts.Push(first);
        return true;
    }

    /// <summary>A pause is made: halving may go on after it.</summary>
    public void AllowHalving() => halvings = 0;

    public void Clear()
    {
        foreach (BulkBody part in parts) part.Clear();
    }
}
