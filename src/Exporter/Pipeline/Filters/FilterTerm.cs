using System.Text;

namespace SFlow.Exporter.Pipeline.Filters;

/// <summary>One term of a filter: it matches if one of its values does, or none if it is negated.</summary>
internal sealed record FilterTerm(FilterKey Key, FilterSide Side, bool Negated, IReadOnlyList<FilterValue> Values)
{
    /// <summary>Characters that need quotes around a value.</summary>
    private static readonly System.Buffers.SearchValues<char> Separators = System.Buffers.SearchValues.Create(" \t\r\n,\"");

    /// <summary>Where the term is in the text of the filter, in UTF-16 code units from 0.</summary>
    public (int Position, int Length) Part { get; init; }

    public string Word => FilterKeys.WordOf(Key, Side);

    /// <summary>A value in quotes if it needs them.</summary>
    public static string Quoted(string value) => value.Length > 0 && !value.AsSpan().ContainsAny(Separators)
        ? value : $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    public bool Matches(in HostNames host)
    {
        foreach (FilterValue value in Values)
            if (value.Matches(host)) return true;
        return false;
    }

    public bool Matches(string? name)
    {
        foreach (FilterValue value in Values)
            if (value.Matches(name)) return true;
        return false;
    }

    public bool Matches(Address address)
    {
        foreach (FilterValue value in Values)
            if (value.Matches(address)) return true;
        return false;
    }

    public bool Matches(long number)
    {
        foreach (FilterValue value in Values)
            if (value.Matches(number)) return true;
        return false;
    }

    /// <summary>The term in the filter language.</summary>
    public override string ToString()
    {
        StringBuilder text = new(Negated ? "not " : "");
        return text.Append(Word).Append('=').AppendJoin(',', Values.Select(value => Quoted(value.Text))).ToString();
    }
}
