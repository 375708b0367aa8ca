using System.Collections;

namespace SFlow.Exporter.Identify.Resources;

/// <summary>A list with value equality, so that resources can be compared as a whole.</summary>
internal readonly struct ValueList<T>(T[] items) : IEquatable<ValueList<T>>, IReadOnlyList<T>
    where T : IEquatable<T>
{
    private readonly T[]? items = items.Length == 0 ? null : items;

    public static ValueList<T> From(IEnumerable<T> items) => new([.. items]);

    public int Count => Span.Length;

    public ReadOnlySpan<T> Span => items;

    public T this[int index] => Span[index];

    public bool Equals(ValueList<T> other) => Span.SequenceEqual(other.Span);

    public override bool Equals(object? obj) => obj is ValueList<T> other && Equals(other);

    public override int GetHashCode() => Count == 0 ? 0 : HashCode.Combine(Count, this[0]);

    public ReadOnlySpan<T>.Enumerator GetEnumerator() => Span.GetEnumerator();

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => ((IEnumerable<T>)(items ?? [])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => (items ?? []).GetEnumerator();
}
