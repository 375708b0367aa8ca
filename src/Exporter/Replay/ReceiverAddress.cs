using System.Globalization;
using System.Net;

namespace SFlow.Exporter.Replay;

/// <summary>A receiver as text: <c>HOST:PORT</c>, with an IPv6 address in brackets.</summary>
internal readonly record struct ReceiverAddress(string Host, int Port)
{
    public static bool TryParse(string text, out ReceiverAddress receiver)
    {
        receiver = default;
        int colon = text.LastIndexOf(':');
        if (colon <= 0 || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ushort port) || port == 0) return false;
        string host = text[..colon];
        bool bracketed = host.StartsWith('[') && host.EndsWith(']');
        if (bracketed) host = host[1..^1];
        if (bracketed != host.Contains(':') || Uri.CheckHostName(host) == UriHostNameType.Unknown) return false;
        receiver = new ReceiverAddress(host, port);
        return true;
    }

    /// <summary>The first address of the host.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The host does not resolve.</exception>
    public async Task<IPEndPoint> ResolveAsync(CancellationToken stop) => new((await Dns.GetHostAddressesAsync(Host, stop))[0], Port);

    public override string ToString() => Host.Contains(':') ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
