namespace SFlow.Exporter.Identify.Index;

/// <summary>A few values, repeats allowed; the first one costs no allocation.</summary>
internal struct SmallBag<T>
    where T : struct, IEquatable<T>
{
    private T first;
    private T[]? more;

    public int Count { get; private set; }

    public readonly T this[int index] => index == 0 ? first : more![index - 1];

    public void Add(T value)
    {
        if (Count == 0) first = value;
        else more = [.. more ?? [], value];
        Count++;
    }

    /// <summary>Takes out one of the values that equal this one.</summary>
    public void Remove(T value)
    {
        for (int at = 0; at < Count; at++)
        {
            if (!this[at].Equals(value)) continue;
            T last = this[--Count];
            if (Count == 0) first = default;
            else if (at == 0) first = last;
            else more![at - 1] = last;
            more = Count < 2 ? null : more.AsSpan(0, Count - 1).ToArray();
            return;
        }
    }
}
