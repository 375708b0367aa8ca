namespace SFlow.Exporter.Store.Blocks;

/// <summary>The parts of a block, a value each: who asks for one reads no page of the others.</summary>
internal enum BlockPart
{
    /// <summary>What searches compare.</summary>
    Search,

    /// <summary>What an answer shows besides.</summary>
    Rest,

    /// <summary>The records' identities.</summary>
    Identity,
}

/// <summary>Columns of <see cref="BlockPart.Search"/>, in their order.</summary>
internal enum SearchColumn
{
    Position,
    Timestamp,
    Facts,
    Protocol,
    SourcePort,
    DestinationPort,
    Counted,
    SourceHigh,
    SourceLow,
    DestinationHigh,
    DestinationLow,
    SourceEndpoint,
    DestinationEndpoint,
    SourceService,
    DestinationService,
    ServerService,
}
