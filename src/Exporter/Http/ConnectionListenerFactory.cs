using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Http;

/// <summary>Makes the listener for the server.</summary>
internal sealed class ConnectionListenerFactory(HttpOptions options, HttpFigures figures, TimeProvider time, ILogger<ConnectionListenerFactory> logger) : IConnectionListenerFactory
{
    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        Socket socket = new ListeningSocket(logger, Socket.OSSupportsIPv6, family => new Socket(family, SocketType.Stream, ProtocolType.Tcp)).Open((IPEndPoint)endpoint);
        figures.ConnectionsLimit = Math.Min(options.Connections, FileDescriptors.ForConnections());
        if (figures.ConnectionsLimit < options.Connections) logger.FewDescriptors(figures.ConnectionsLimit, options.Connections);
        return ValueTask.FromResult<IConnectionListener>(new ConnectionListener(
            socket, (listening, stop) => listening.AcceptAsync(stop), new ConnectionTable(figures.ConnectionsLimit, figures), figures, new RateLimitedLogger(logger, time), logger));
    }
}
