using System.Runtime.CompilerServices;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Observe;

/// <summary>
/// Determines the server of a packet and the evidence. In this order: the packet itself (handshake, echo), the ports that Kubernetes knows,
/// the listening history, port numbers. A step decides only if it distinguishes the two sides, so both directions of a conversation
/// get the same result.
/// </summary>
/// <remarks><c>out</c> avoids a store-forwarding stall caused by returning a two-byte struct: 2 ns a sample (bench/results/speed.md).</remarks>
internal sealed class ServerRule(EndpointRegistry endpoints, ListeningHistory history)
{
    private static readonly ServerReason[] Reasons = ReasonsByRole();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ServerReason Decide(in Flow record, out ServerEnd server)
    {
        if ((record.TcpFlags & TcpFlag.Syn) != 0) return Opening(record, out server);
        PortRole source = record.SourceRole, destination = record.DestinationRole;
        if (source == destination) return Guess(record, out server);
        server = source > destination ? ServerEnd.Source : ServerEnd.Destination;
        return Reasons[(int)(source > destination ? source : destination)];
    }

    /// <summary>Loads what <see cref="Decide"/> will read of the listening history.</summary>
    public void Prefetch(ReadOnlySpan<Flow> records)
    {
        foreach (ref readonly Flow record in records)
            if (record.SourceRole == record.DestinationRole && record.Has(PacketFacts.Ports)) history.Prefetch(record);
    }

    /// <summary>For packets without ports: echoes, later fragments, multicast and broadcast.</summary>
    public ServerReason DecideWithoutPorts(in Flow record, out ServerEnd server)
    {
        server = record.Has(PacketFacts.Icmp) ? Echo(record) : ServerEnd.Unknown;
        if (server != ServerEnd.Unknown) return ServerReason.Echo;
        EndpointKind source = endpoints.Brief(record.SourceEndpoint).Kind, destination = endpoints.Brief(record.DestinationEndpoint).Kind;
        if (record.Has(PacketFacts.Fragment) && source == EndpointKind.Service != (destination == EndpointKind.Service))
        {
            server = source == EndpointKind.Service ? ServerEnd.Source : ServerEnd.Destination;
            return ServerReason.ServiceAddress;
        }
        if (destination != EndpointKind.Multicast || !record.Destination.IsSome) return ServerReason.None;
        server = ServerEnd.Destination;
        return ServerReason.GroupAddress;
    }

    /// <summary>The called side is the server. It is stored for later packets, if Kubernetes does not know the server.</summary>
    private ServerReason Opening(in Flow record, out ServerEnd server)
    {
        bool answer = (record.TcpFlags & TcpFlag.Acknowledge) != 0;
        if (record.SourceRole == record.DestinationRole) history.Learn(record, answer);
        server = answer ? ServerEnd.Source : ServerEnd.Destination;
        return answer ? ServerReason.SynAck : ServerReason.Syn;
    }

    private ServerReason Guess(in Flow record, out ServerEnd server)
    {
        server = ServerEnd.Destination;
        if (endpoints.Brief(record.DestinationEndpoint).Kind == EndpointKind.Multicast) return ServerReason.GroupAddress;
        bool source = IanaPorts.Registered.IsUsual(record.Protocol, record.SourcePort), destination = IanaPorts.Registered.IsUsual(record.Protocol, record.DestinationPort);
        ServerEnd usual = source != destination ? source ? ServerEnd.Source : ServerEnd.Destination : source ? Registered(record) : ServerEnd.Unknown;
        ServerEnd listener = history.Judge(record, usual);
        // A reset with an acknowledgement, before any byte was sent, refuses a connection.
        if ((record.TcpFlags & TcpFlag.Reset) != 0 && record.TcpSequence == 0 && record.Has(PacketFacts.Tcp)) history.Refused(record);
        server = listener;
        if (listener != ServerEnd.Unknown) return ServerReason.ListeningHistory;
        server = usual;
        if (usual != ServerEnd.Unknown) return ServerReason.IanaPort;
        if (record.SourcePort == record.DestinationPort) return ServerReason.None;
        server = record.SourcePort < record.DestinationPort ? ServerEnd.Source : ServerEnd.Destination;
        return ServerReason.LowerPort;
    }

    /// <summary>
    /// Of two well-known ports, the registered one is the server: an unregistered port below 1024 is no evidence. Clients of ONC RPC, NFS above
    /// all, use ports below 1024 that only root may bind, whatever their registration.
    /// </summary>
    private static ServerEnd Registered(in Flow record)
    {
        IanaPorts ports = IanaPorts.Registered;
        bool source = ports.IsRegistered(record.Protocol, record.SourcePort), destination = ports.IsRegistered(record.Protocol, record.DestinationPort);
        if (source != destination) return source ? ServerEnd.Source : ServerEnd.Destination;
        if (ReservedPorts.IsClient(record.SourcePort) && ReservedPorts.IsCalled(record.DestinationPort)) return ServerEnd.Destination;
        if (ReservedPorts.IsClient(record.DestinationPort) && ReservedPorts.IsCalled(record.SourcePort)) return ServerEnd.Source;
        return ServerEnd.Unknown;
    }

    /// <summary>The sender of an echo request is the client: types 8 and 0 of ICMP (RFC 792), 128 and 129 of ICMPv6 (RFC 4443).</summary>
    private static ServerEnd Echo(in Flow record) => (record.Protocol, record.IcmpType) switch
    {
        (1, 8) or (58, 128) => ServerEnd.Destination,
        (1, 0) or (58, 129) => ServerEnd.Source,
        _ => ServerEnd.Unknown,
    };

    private static ServerReason[] ReasonsByRole()
    {
        ServerReason[] reasons = new ServerReason[Enum.GetValues<PortRole>().Length];
        reasons[(int)PortRole.Container] = ServerReason.ContainerPort;
        reasons[(int)PortRole.VirtualAddress] = reasons[(int)PortRole.NodePort] = reasons[(int)PortRole.Service] = ServerReason.ServiceAddress;
        reasons[(int)PortRole.Endpoint] = ServerReason.EndpointPort;
        return reasons;
    }
}
