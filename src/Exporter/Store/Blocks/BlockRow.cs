using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Store.Blocks;

/// <summary>One row of a block. The ids of agent, endpoints and services in <see cref="Flow"/> are rows of the store's tables of names.</summary>
internal struct BlockRow
{
    /// <summary>Place in the order of writing; never given twice.</summary>
    public long Position;

    public Flow Flow;
}
