using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Http;

/// <summary>
/// Accepts connections. Without a free file descriptor, the server's default listener retries forever, without a delay and without a log.
/// This one logs, counts, closes a connection and waits.
/// </summary>
internal sealed class ConnectionListener(
    Socket listening, Func<Socket, CancellationToken, ValueTask<Socket>> accept, ConnectionTable connections, HttpFigures figures, RateLimitedLogger log, ILogger logger) : IConnectionListener
{
    /// <summary>Delay after a connection that could not be accepted.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly SocketConnectionContextFactory contexts = new(new SocketConnectionFactoryOptions(), logger);
    private readonly CancellationTokenSource unbound = new();

    public EndPoint EndPoint { get; } = listening.LocalEndPoint!;

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(unbound.Token, cancellationToken);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                Socket accepted = await accept(listening, stop.Token);
                if (Open(accepted) is { } connection) return connection;
            }
            catch (SocketException fault) when (IsShortage(fault.SocketErrorCode))
            {
                if (!connections.MakeRoom()) figures.Count(HttpRefusal.Descriptors);
                log.NotAccepted(fault.Message);
                await Task.Delay(Pause, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (SocketException fault) when (!stop.IsCancellationRequested)
            {
                // The client disconnected before it was accepted (ECONNABORTED and network errors, accept(2)).
                if (fault.SocketErrorCode is not (SocketError.ConnectionAborted or SocketError.ConnectionReset)) await Task.Delay(Pause, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception end) when (end is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                break;
            }
        }
        return null;
    }

    public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        await unbound.CancelAsync();
        listening.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await UnbindAsync();
        contexts.Dispose();
    }

    /// <summary>Null if the client has disconnected.</summary>
    private ConnectionContext? Open(Socket accepted)
    {
        try
        {
            accepted.NoDelay = true;
            ConnectionContext connection = contexts.Create(accepted);
            if (!connections.Add(connection)) log.ConnectionsLimited(figures.ConnectionsLimit);
            return connection;
        }
        catch (SocketException)
        {
            accepted.Dispose();
            return null;
        }
    }

    private static bool IsShortage(SocketError error) => error is SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable;
}
