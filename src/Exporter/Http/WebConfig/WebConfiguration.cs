using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Http.WebConfig;

/// <summary>
/// Access to page, API and metrics, as the file of <c>--http-web-config</c> sets it. The keys are those of the web configuration that Prometheus'
/// own exporters read (prometheus/exporter-toolkit, docs/web-configuration.md).
/// </summary>
/// <param name="Tls">Certificate and rules for clients; null without HTTPS.</param>
/// <param name="Headers">Headers that every response gets in addition.</param>
/// <param name="Users">bcrypt hash by user name; empty if no login is needed.</param>
internal sealed record WebConfiguration(TlsConfiguration? Tls, IReadOnlyDictionary<string, string> Headers, IReadOnlyDictionary<string, string> Users)
{
    /// <summary>Without a file: HTTP, and everybody may read.</summary>
    public static readonly WebConfiguration None = new(null, new Dictionary<string, string>(), new Dictionary<string, string>());
}

/// <summary>The content of a web configuration, or of a file that it names, can't be used. The message says why.</summary>
internal sealed class WebConfigurationException(string message, Exception? inner = null) : StartException(message, inner);
