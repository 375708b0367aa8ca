using SFlow.Internals;

namespace SFlow.FlowRecords;

/// <summary>A BGP path that still lies in the datagram: a walk over its segments (sFlow version 5, <c>as_path_type</c>).</summary>
public ref struct AsPath
{
    private XdrReader reader;

    internal AsPath(ReadOnlySpan<byte> segments) => reader = new XdrReader(segments);

    /// <summary>The next segment; false at the end.</summary>
    /// <param name="type">1 a set without order, 2 a sequence.</param>
    /// <param name="systems">Autonomous systems of the segment.</param>
    public bool TryNext(out uint type, out WordList systems)
    {
        bool more = !reader.Rest.IsEmpty;
        type = more ? reader.UInt32() : 0;
        systems = more ? reader.Words() : default;
        return more && reader.IsSound;
    }
}
