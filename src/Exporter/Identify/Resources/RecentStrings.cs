namespace SFlow.Exporter.Identify.Resources;

/// <summary>
/// One instance per frequent text (namespaces, nodes, owners). Direct-mapped, so it is bounded and evicts old texts.
/// </summary>
internal sealed class RecentStrings
{
    private const int Size = 1 << 12;
    private readonly string?[] recent = new string?[Size];

    public string Of(string text)
    {
        ref string? place = ref recent[string.GetHashCode(text, StringComparison.Ordinal) & (Size - 1)];
        if (place == text) return place;
        return place = text;
    }
}
