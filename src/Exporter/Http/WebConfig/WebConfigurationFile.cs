using System.Net.Security;
using System.Text;

namespace SFlow.Exporter.Http.WebConfig;

/// <summary>The web configuration and the files that it names, as they were at one moment.</summary>
/// <param name="Configuration">What the file sets.</param>
/// <param name="Tls">What a handshake needs; null without HTTPS.</param>
/// <param name="Content">All bytes that were read: a different content needs another reading.</param>
internal sealed record WebConfigurationFile(WebConfiguration Configuration, SslServerAuthenticationOptions? Tls, byte[] Content)
{
    /// <summary>Reads the file, and reads and checks the files that it names.</summary>
    /// <param name="path">The file; empty for none.</param>
    /// <param name="before">The last reading. It is returned if nothing has changed since.</param>
    /// <exception cref="WebConfigurationException">A file can't be read or used.</exception>
    public static WebConfigurationFile Read(string path, WebConfigurationFile? before = null)
    {
        if (path.Length == 0) return new WebConfigurationFile(WebConfiguration.None, null, []);
        byte[] own = TlsConfiguration.Read(path);
        WebConfiguration configuration = before is not null && before.Content.AsSpan().StartsWith(own) ? before.Configuration : Parse(path, own);
        byte[] all = [.. own, .. configuration.Tls?.Files.SelectMany(file => TlsConfiguration.Read(file)) ?? []];
        if (before is not null && before.Content.AsSpan().SequenceEqual(all)) return before;
        // Parsed again: the beginning of a shorter file may be that of the longer one before.
        configuration = Parse(path, own);
        return new WebConfigurationFile(configuration, configuration.Tls?.ToOptions(), all);
    }

    private static WebConfiguration Parse(string path, byte[] content)
    {
        try
        {
            return WebConfigurationReader.Read(Encoding.UTF8.GetString(content), Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        catch (WebConfigurationException fault)
        {
            throw new WebConfigurationException($"{path}, {fault.Message}", fault);
        }
    }
}
