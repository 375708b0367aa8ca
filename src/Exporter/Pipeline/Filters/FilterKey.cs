namespace SFlow.Exporter.Pipeline.Filters;

/// <summary>What a term of a filter compares.</summary>
internal enum FilterKey
{
    Namespace,
    Workload,
    Node,
    Zone,
    Network,
    Address,
    Port,
    Service,
    Locality,
    Protocol,
    Counted,

    /// <summary>A namespace, or with a slash a workload: the value of <c>from</c>, <c>to</c> and <c>peer</c>.</summary>
    Host,
}

/// <summary>The host that a term is about.</summary>
internal enum FilterSide
{
    /// <summary>Either host; the key is written without a prefix.</summary>
    Either,
    From,
    To,

    /// <summary>The other host than the one that the terms for either host select.</summary>
    Peer,

    /// <summary>The key belongs to the flow as a whole.</summary>
    Flow,
}

/// <summary>The words of the filter language: each key with its side, as it is written.</summary>
internal static class FilterKeys
{
    private static readonly FilterKey[] OfHost =
        [FilterKey.Namespace, FilterKey.Workload, FilterKey.Node, FilterKey.Zone, FilterKey.Network, FilterKey.Address, FilterKey.Port];

    private static readonly FilterKey[] OfFlow = [FilterKey.Service, FilterKey.Locality, FilterKey.Protocol, FilterKey.Counted];

    private static readonly FilterSide[] Sides = [FilterSide.From, FilterSide.To, FilterSide.Peer];

    private static readonly Dictionary<string, (FilterKey Key, FilterSide Side)> Known = Make();

    /// <summary>All words, the short ones first.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Known.Keys];

    public static bool TryFind(string word, out FilterKey key, out FilterSide side)
    {
        bool found = Known.TryGetValue(word, out (FilterKey Key, FilterSide Side) entry);
        (key, side) = entry;
        return found;
    }

    /// <summary>The word of a key and side.</summary>
    public static string WordOf(FilterKey key, FilterSide side) =>
        key == FilterKey.Host ? SnakeCase.Of(side) : side is FilterSide.Either or FilterSide.Flow ? SnakeCase.Of(key) : $"{SnakeCase.Of(side)}_{SnakeCase.Of(key)}";

    private static Dictionary<string, (FilterKey, FilterSide)> Make()
    {
        Dictionary<string, (FilterKey, FilterSide)> words = new(StringComparer.OrdinalIgnoreCase);
        foreach (FilterKey key in OfHost) Add(key, FilterSide.Either);
        foreach (FilterKey key in OfFlow) Add(key, FilterSide.Flow);
        foreach (FilterSide side in Sides) Add(FilterKey.Host, side);
        foreach (FilterSide side in Sides)
            foreach (FilterKey key in OfHost) Add(key, side);
        return words;

        void Add(FilterKey key, FilterSide side) => words.Add(WordOf(key, side), (key, side));
    }
}
