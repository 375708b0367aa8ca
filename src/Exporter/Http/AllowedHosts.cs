using System.Net;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Http;

/// <summary>
/// Host names that are served. Otherwise, a web page of an attacker whose name resolves to our address (DNS rebinding) could read everything
/// through the browser of a user inside. Addresses cannot be rebound, so they are always served.
/// </summary>
internal sealed class AllowedHosts(HttpOptions options, OwnNames own)
{
    private readonly string[] allowed = options.AllowedHosts.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <param name="host">Value of the header. A client without it (HTTP/1.0) is not a browser.</param>
    public bool Allows(HostString host)
    {
        if (!host.HasValue) return true;
        string name = host.Host.TrimEnd('.');
        return IPAddress.TryParse(name, out _) || own.Contains(name) || Array.Exists(allowed, pattern => Matches(pattern.TrimEnd('.'), name));
    }

    public static string Refusal(HostString host) =>
        $"The host name '{CleanText.Beginning(host.Host)}' is not allowed, which protects against DNS rebinding. "
        + "Use an IP address, localhost or a name of this machine or Service, or allow the name with --http-allowed-hosts (Http:AllowedHosts).";

    private static bool Matches(string pattern, string name) =>
        pattern == "*" || (pattern.StartsWith("*.", StringComparison.Ordinal)
            ? name.Length > pattern.Length - 1 && name.EndsWith(pattern[1..], StringComparison.OrdinalIgnoreCase)
            : name.Equals(pattern, StringComparison.OrdinalIgnoreCase));
}
