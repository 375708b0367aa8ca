namespace SFlow.Exporter.Pipeline.Filters;

/// <summary>
/// A filter of the language in <c>docs/api.md</c>: terms that must all match. The same filter selects records of the store and the flows of
/// a capture, each through an <see cref="IFilteredFlow"/>.
/// </summary>
internal sealed class FlowFilter
{
    public const int LongestText = 2_048, MostTerms = 64, MostValues = 64;

    public static readonly FlowFilter Everything = new([]);

    private readonly int[] whole, either, peer;

    public FlowFilter(IReadOnlyList<FilterTerm> terms)
    {
        Terms = terms;
        whole = [.. Places(term => term.Side is not FilterSide.Peer)];
        either = [.. Places(term => term.Side == FilterSide.Either && !term.Negated)];
        peer = [.. Places(term => term.Side == FilterSide.Peer)];
    }

    public IReadOnlyList<FilterTerm> Terms { get; }

    public bool IsEmpty => Terms.Count == 0;

    /// <summary>Whether terms for either host select one of the two, so that the other one is its peer.</summary>
    public bool SelectsHost => either.Length > 0;

    /// <summary>Whether the destination of a matching flow is the peer. If both hosts are selected, it is.</summary>
    public bool IsDestinationPeer<TFlow>(in TFlow flow)
        where TFlow : struct, IFilteredFlow, allows ref struct => MatchesPeer(flow, source: true);

    /// <summary>Whether the flow matches.</summary>
    public bool Matches<TFlow>(in TFlow flow)
        where TFlow : struct, IFilteredFlow, allows ref struct
    {
        foreach (int term in whole)
            if (MatchesTerm(flow, term) == Terms[term].Negated) return false;
        return peer.Length == 0 || MatchesPeer(flow, source: true) || MatchesPeer(flow, source: false);
    }

    /// <summary>The filter in its language, in one form.</summary>
    public override string ToString() => string.Join(' ', Terms);

    private bool MatchesTerm<TFlow>(in TFlow flow, int term)
        where TFlow : struct, IFilteredFlow, allows ref struct => Terms[term].Side switch
        {
            FilterSide.Flow => flow.Matches(term),
            FilterSide.From => flow.MatchesHost(term, source: true),
            FilterSide.To => flow.MatchesHost(term, source: false),
            _ => flow.MatchesHost(term, source: true) || flow.MatchesHost(term, source: false),
        };

    /// <summary>One host is selected, and the other one matches as its peer.</summary>
    private bool MatchesPeer<TFlow>(in TFlow flow, bool source)
        where TFlow : struct, IFilteredFlow, allows ref struct
    {
        if (!Selects(flow, source)) return false;
        foreach (int term in peer)
            if (flow.MatchesHost(term, !source) == Terms[term].Negated) return false;
        return true;
    }

    private bool Selects<TFlow>(in TFlow flow, bool source)
        where TFlow : struct, IFilteredFlow, allows ref struct
    {
        foreach (int term in either)
            if (!flow.MatchesHost(term, source)) return false;
        return true;
    }

    private IEnumerable<int> Places(Func<FilterTerm, bool> which) => Enumerable.Range(0, Terms.Count).Where(place => which(Terms[place]));
}

/// <summary>A flow that a filter can ask. Terms are named by their place in the filter; negation is the filter's own matter.</summary>
internal interface IFilteredFlow
{
    /// <summary>Whether a value of the term matches the flow as a whole.</summary>
    bool Matches(int term);

    /// <summary>Whether a value of the term matches the source or the destination.</summary>
    bool MatchesHost(int term, bool source);
}
