using SFlow.Exporter.Pipeline.Filters;

namespace SFlow.Exporter.Store;

/// <summary>What a search asks for; conditions that are null do not restrict.</summary>
internal sealed record SearchQuery
{
    public const int MaximumLimit = 1_000;

    /// <summary>Namespace label of either end.</summary>
    public string? Namespace { get; init; }
    public string? SourceNamespace { get; init; }
    public string? DestinationNamespace { get; init; }

    /// <summary>Name of the owner or of the object itself at either end, or "Kind/name".</summary>
    public string? Workload { get; init; }

    /// <summary>Service at either end or of the server, with its port's name or without.</summary>
    public string? Service { get; init; }

    /// <summary>All records of one conversation, whichever way they went.</summary>
    public ConversationText? Conversation { get; init; }

    /// <summary>A filter that must match besides the other conditions.</summary>
    public FlowFilter Filter { get; init; } = FlowFilter.Everything;

    public AddressRange? Address { get; init; }
    public AddressRange? SourceAddress { get; init; }
    public AddressRange? DestinationAddress { get; init; }
    public ushort? Port { get; init; }
    public byte? Protocol { get; init; }

    /// <summary>Nanoseconds of Unix time; <see cref="From"/> is included, <see cref="To"/> is not.</summary>
    public long? From { get; init; }
    public long? To { get; init; }
    public bool? Counted { get; init; }
    public int Limit { get; init; } = 100;

    /// <summary>Only records at positions before this one: how to go on to the next page.</summary>
    public long? Before { get; init; }

    /// <summary>True for CSV, false for JSON, null for what the client accepts.</summary>
    public bool? Csv { get; init; }
}
