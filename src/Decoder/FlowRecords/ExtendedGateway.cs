using SFlow.Internals;

namespace SFlow.FlowRecords;

/// <summary>BGP facts of a routed packet (sFlow version 5, <c>extended_gateway</c>).</summary>
public readonly ref struct ExtendedGateway
{
    /// <summary>Data format 0:1003.</summary>
    public const uint Tag = 1003;

    /// <summary>Address of the next border router; all zero when unknown.</summary>
    public InternetAddress NextHop { get; private init; }

    /// <summary>Autonomous system of the agent.</summary>
    public uint AutonomousSystem { get; private init; }

    /// <summary>Autonomous system of the source.</summary>
    public uint SourceSystem { get; private init; }

    /// <summary>Autonomous system of the neighbour towards the source.</summary>
    public uint SourcePeerSystem { get; private init; }

    /// <summary>Path to the destination, by segments.</summary>
    public AsPath DestinationPath { get; private init; }

    /// <summary>BGP communities of the route.</summary>
    public WordList Communities { get; private init; }

    /// <summary>Local preference of the route.</summary>
    public uint LocalPreference { get; private init; }

    /// <summary>Reads the record; false when one of its parts is not there.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out ExtendedGateway record)
    {
        record = default;
        XdrReader reader = new(data);
        if (!reader.TryReadAddress(out InternetAddress hop) || !reader.TryReadUInt32(out uint system)
            || !reader.TryReadUInt32(out uint source) || !reader.TryReadUInt32(out uint peer) || !reader.TryReadUInt32(out uint segments))
        {
            return false;
        }
        ReadOnlySpan<byte> path = reader.Rest;
        for (uint passed = 0; passed < segments; passed++)
        {
            if (!reader.TryReadUInt32(out _) || !reader.TryReadWords(out _)) return false;
        }
        path = path[..^reader.Rest.Length];
        if (!reader.TryReadWords(out WordList communities) || !reader.TryReadUInt32(out uint preference)) return false;
        record = new ExtendedGateway
        {
            NextHop = hop,
            AutonomousSystem = system,
            SourceSystem = source,
            SourcePeerSystem = peer,
            DestinationPath = new AsPath(path),
            Communities = communities,
            LocalPreference = preference,
        };
        return true;
    }
}
