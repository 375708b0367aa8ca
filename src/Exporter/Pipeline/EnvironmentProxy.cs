using System.Net;

namespace SFlow.Exporter.Pipeline;

/// <summary>
/// The proxy from environment variables: <c>HTTPS_PROXY</c>, <c>HTTP_PROXY</c> or <c>ALL_PROXY</c> by the scheme of a request, in upper or
/// lower case, except for the hosts of <c>NO_PROXY</c>. The URL of the proxy may contain user name and password.
/// </summary>
internal sealed class EnvironmentProxy : IWebProxy, ICredentials
{
    private static readonly string[] Schemes = ["http", "https", "socks4", "socks4a", "socks5"];

    private readonly Uri? http, https;
    private readonly NoProxyList direct;

    public EnvironmentProxy() : this(Environment.GetEnvironmentVariable)
    {
    }

    /// <param name="variable">Value of an environment variable; null if it is not set.</param>
    /// <exception cref="StartException">A variable has a value that is not the URL of a proxy.</exception>
    public EnvironmentProxy(Func<string, string?> variable)
    {
        Uri? all = Read(variable, "all_proxy");
        http = Read(variable, "http_proxy") ?? all;
        https = Read(variable, "https_proxy") ?? all;
        direct = new NoProxyList(Either(variable, "no_proxy"));
    }

    public ICredentials? Credentials
    {
        get => this;
        set => throw new NotSupportedException("The proxy's URL holds its credentials.");
    }

    /// <summary>The proxy for this request; null for a direct connection.</summary>
    public Uri? GetProxy(Uri destination) => direct.Covers(destination) ? null : destination.Scheme is "https" or "wss" ? https : http;

    public bool IsBypassed(Uri host) => GetProxy(host) is null;

    NetworkCredential? ICredentials.GetCredential(Uri uri, string authType)
    {
        if ((IsSame(http, uri) ? http : IsSame(https, uri) ? https : null)?.UserInfo is not { Length: > 0 } user) return null;
        string[] parts = user.Split(':', 2);
        return new NetworkCredential(Uri.UnescapeDataString(parts[0]), parts.Length == 2 ? Uri.UnescapeDataString(parts[1]) : "");
    }

    private static bool IsSame(Uri? proxy, Uri uri) => proxy is not null && proxy.Host == uri.Host && proxy.Port == uri.Port;

    private static string? Either(Func<string, string?> variable, string name) =>
        variable(name) is { Length: > 0 } small ? small : variable(name.ToUpperInvariant()) is { Length: > 0 } capitals ? capitals : null;

    private static Uri? Read(Func<string, string?> variable, string name)
    {
        if (Either(variable, name)?.Trim() is not { Length: > 0 } text) return null;
        string url = text.Contains("://", StringComparison.Ordinal) ? text : $"http://{text}";
        if (Uri.TryCreate(url, UriKind.Absolute, out Uri? proxy) && Schemes.Contains(proxy.Scheme) && proxy.Host.Length > 0) return proxy;
        // The value may contain a password, so it is not part of the message.
        throw new StartException($"The environment variable {name.ToUpperInvariant()} must be the URL of a proxy. Set it to a URL such as http://proxy.example:3128; allowed schemes are {string.Join(", ", Schemes)}.");
    }
}
