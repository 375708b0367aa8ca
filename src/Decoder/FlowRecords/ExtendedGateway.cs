using SFlow.Internals;

namespace SFlow.FlowRecords;

/// <summary>BGP facts of a routed packet (sFlow version 5, <c>extended_gateway</c>). An autonomous system of 0 is unknown.</summary>
public readonly ref struct ExtendedGateway : IRecord<ExtendedGateway>
{
    /// <summary>Data format 0:1003.</summary>
    public const uint Tag = 1003;

    private ExtendedGateway(scoped ref XdrReader reader)
    {
        NextHop = reader.Address();
        AutonomousSystem = reader.UInt32();
        SourceSystem = reader.UInt32();
        SourcePeerSystem = reader.UInt32();
        int before = reader.Values;
        uint segments = reader.UInt32();
        ReadOnlySpan<byte> path = reader.Rest;
        for (uint passed = 0; passed < segments && reader.IsSound; passed++)
        {
            reader.UInt32();
            reader.Words();
        }
        DestinationPath = new AsPath(path[..^reader.Rest.Length]);
        reader.CountAs(2, before);
        Communities = reader.Words();
        LocalPreference = reader.UInt32();
    }

    /// <summary>Address of the next border router; all zero when unknown.</summary>
    public Address NextHop { get; }

    /// <summary>Autonomous system of the agent.</summary>
    public uint AutonomousSystem { get; }

    /// <summary>Autonomous system of the source.</summary>
    public uint SourceSystem { get; }

    /// <summary>Autonomous system of the neighbour towards the source.</summary>
    public uint SourcePeerSystem { get; }

    /// <summary>Path to the destination, by segments.</summary>
    public AsPath DestinationPath { get; }

    /// <summary>BGP communities of the route.</summary>
    public WordList Communities { get; }

    /// <summary>Local preference of the route.</summary>
    public uint LocalPreference { get; }

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out ExtendedGateway record)
    {
        XdrReader reader = new(data);
        record = new ExtendedGateway(ref reader);
        return reader.IsSound;
    }

    /// <inheritdoc/>
    static void IRecord<ExtendedGateway>.VisitPart<TVisitor>(ReadOnlySpan<byte> data, ref TVisitor visitor)
    {
        XdrReader reader = new(data);
        CutRecord.Visit(new ExtendedGateway(ref reader), reader.Fields, ref visitor);
    }

    /// <inheritdoc/>
    /// <remarks>The path is named twice: all systems in order, and the segments with their types.</remarks>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Address("next_hop"u8, NextHop);
        visitor.Number("as"u8, AutonomousSystem);
        visitor.Number("src_as"u8, SourceSystem);
        visitor.Number("src_peer_as"u8, SourcePeerSystem);
        visitor.BeginList("dst_as_path"u8);
        for (AsPath path = DestinationPath; path.TryNext(out _, out WordList systems);)
        {
            for (int i = 0; i < systems.Count; i++) visitor.Number(default, systems[i]);
        }
        visitor.EndList();
        visitor.BeginList("dst_as_path_segments"u8);
        for (AsPath path = DestinationPath; path.TryNext(out uint type, out WordList systems);)
        {
            visitor.BeginGroup();
            visitor.Number("type"u8, type);
            systems.Visit("as"u8, ref visitor);
            visitor.EndGroup();
        }
        visitor.EndList();
        Communities.Visit("communities"u8, ref visitor);
        visitor.Number("local_pref"u8, LocalPreference);
    }
}
