namespace SFlow.Exporter.Pipeline.Fields;

/// <summary>Writes the value of a field as JSON. False if the record has no such value; then what was written is taken back.</summary>
internal delegate bool FieldWriter(NamedFlow flow, JsonBuffer json);

/// <summary>Which documents have a field.</summary>
internal enum FieldScope : byte
{
    /// <summary>All.</summary>
    Every,
    /// <summary>Those of one sample: the value differs between the samples of a conversation.</summary>
    Sample,
    /// <summary>Those of combined records.</summary>
    Rollup,
}

/// <summary>One field of a record: everything that is known of it, in one place.</summary>
/// <param name="Name">Its name, the same in documents, in the search and in CSV. The dots are the objects of the document.</param>
/// <param name="Type">Its type in the mapping, one that every server from 7.9 on has, forks included.</param>
/// <param name="Meaning">What it says, for people.</param>
internal sealed partial record Field(string Name, string Type, string Meaning)
{
    public const string Keyword = "keyword", Long = "long", Double = "double", Ip = "ip", Date = "date", Boolean = "boolean", GeoPoint = "geo_point";

    /// <summary>Unit of the value; empty for names, numbers of a standard, and counts of things that the meaning names.</summary>
    public string Unit { get; init; } = "";

    /// <summary>How the search reads it from a record; null for what only documents have. A record without such a fact has no value.</summary>
    public Func<NamedFlow, FieldValue>? Read { get; init; }

    /// <summary>How a document gets it; null for what only the search has.</summary>
    public FieldWriter? Write { get; init; }

    /// <summary>
    /// The object on which the value depends alone, such as the endpoint; null if it depends on the sample. What such a field writes is kept and copied for
    /// all records with the same object. If the object is null, there is no value.
    /// </summary>
    public Func<NamedFlow, object?>? DependsOn { get; init; }

    /// <summary>The document has it as part of a copy of another object: the client and the server are copies of source and destination.</summary>
    public bool IsCopied { get; init; }

    /// <summary>Which documents have it.</summary>
    public FieldScope Scope { get; init; }

    /// <summary>The name that the search has instead from the next release on; null for all that stay.</summary>
    public string? ReplacedBy { get; init; }

    /// <summary>Documents have it, and so has the mapping.</summary>
    public bool InDocuments => Write is not null || IsCopied;

    /// <summary>The store keeps it, and the search and CSV show it.</summary>
    public bool InSearch => Read is not null;

    /// <summary>The value is that of one sample, so that documents of combined records do not have it.</summary>
    public Field OfSample() => this with { Scope = FieldScope.Sample };

    public Field OnlyInDocuments() => this with { Read = null };

    public Field OnlyInSearch() => this with { Write = null };
}
