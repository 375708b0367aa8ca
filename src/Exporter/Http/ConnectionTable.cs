using System.Net;
using Microsoft.AspNetCore.Connections;

namespace SFlow.Exporter.Http;

/// <summary>
/// The open connections, up to a maximum. If a new one exceeds it, the oldest connection of the address with the most connections is
/// closed. So an address that floods closes its own connections.
/// </summary>
internal sealed class ConnectionTable(int maximum, HttpFigures figures)
{
    private readonly Lock gate = new();
    private readonly LinkedList<ConnectionContext> oldestFirst = [];

    /// <summary>Adds a connection until it is closed. Returns false if another one was closed for it.</summary>
    public bool Add(ConnectionContext connection)
    {
        ConnectionContext? loser;
        LinkedListNode<ConnectionContext> place;
        lock (gate)
        {
            loser = oldestFirst.Count < maximum ? null : TakeOldestOfTheGreediest();
            place = oldestFirst.AddLast(connection);
            figures.SetConnections(oldestFirst.Count);
        }
        connection.ConnectionClosed.UnsafeRegister(_ => Remove(place), null);
        Close(loser, HttpRefusal.Connections);
        return loser is null;
    }

    /// <summary>Closes one connection, because the system has no descriptor for another. Returns false if there is none.</summary>
    public bool MakeRoom()
    {
        ConnectionContext? loser;
        lock (gate) loser = TakeOldestOfTheGreediest();
        Close(loser, HttpRefusal.Descriptors);
        return loser is not null;
    }

    private ConnectionContext? TakeOldestOfTheGreediest()
    {
        if (oldestFirst.Count == 0) return null;
        ConnectionContext loser = oldestFirst.GroupBy(connection => (connection.RemoteEndPoint as IPEndPoint)?.Address).MaxBy(same => same.Count())!.First();
        oldestFirst.Remove(loser);
        return loser;
    }

    private void Remove(LinkedListNode<ConnectionContext> place)
    {
        lock (gate)
        {
            if (place.List is not null) oldestFirst.Remove(place);
            figures.SetConnections(oldestFirst.Count);
        }
    }

    private void Close(ConnectionContext? loser, HttpRefusal reason)
    {
        if (loser is null) return;
        figures.Count(reason);
        loser.Abort(new ConnectionAbortedException("another connection needed the place"));
    }
}
