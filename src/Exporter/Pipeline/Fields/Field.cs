namespace SFlow.Exporter.Pipeline.Fields;

/// <summary>One field of a record.</summary>
/// <param name="Name">Its name, the same in documents, in the search and in CSV.</param>
/// <param name="Type">Its type in the mapping, one that every server from 7.9 on has, forks included.</param>
/// <param name="Meaning">What it says, for people.</param>
internal sealed record Field(string Name, string Type, string Meaning)
{
    public const string Keyword = "keyword", Long = "long", Ip = "ip", Date = "date", Boolean = "boolean", GeoPoint = "geo_point";

    /// <summary>Unit of the value; empty for names, numbers of a standard, and counts of things that the meaning names.</summary>
    public string Unit { get; init; } = "";

    /// <summary>How it is read from a record; null for what only documents have. A record without such a fact has no value.</summary>
    public Func<NamedFlow, FieldValue>? Read { get; init; }

    /// <summary>Documents have it, and so has the mapping.</summary>
    public bool InDocuments { get; init; } = true;

    /// <summary>The name that the search has instead from the next release on; null for all that stay.</summary>
    public string? ReplacedBy { get; init; }

    /// <summary>The store keeps it, and the search and CSV show it.</summary>
    public bool InSearch => Read is not null;
}
