using System.Net.Security;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Http.WebConfig;

/// <summary>
/// Owns the web configuration. It is read again every second, so that a renewed certificate or another password needs no restart. What can't be used
/// leaves the previous configuration in place, and log and metric say so.
/// </summary>
internal sealed class WebAccess : IUpkeep
{
    private readonly string path;
    private readonly ILogger<WebAccess> logger;
    private volatile WebConfigurationFile current;
    private readonly HttpFigures figures;
    private string? fault;

    /// <exception cref="WebConfigurationException">The file can't be used at the start.</exception>
    public WebAccess(HttpOptions options, HttpFigures figures, ILogger<WebAccess> logger)
    {
        path = options.WebConfig;
        this.figures = figures;
        this.logger = logger;
        current = WebConfigurationFile.Read(path);
        if (path.Length > 0) figures.WebConfigIsCurrent = true;
        if (options.IsLoopbackByDefault()) logger.ServedHereOnly();
    }

    public WebConfiguration Configuration => current.Configuration;

    /// <summary>What a handshake needs; null without HTTPS.</summary>
    public SslServerAuthenticationOptions? Tls => current.Tls;

    public void Keep(long now)
    {
        if (path.Length == 0) return;
        try
        {
            WebConfigurationFile next = WebConfigurationFile.Read(path, current);
            if (next.Tls is null != current.Tls is null) throw new WebConfigurationException($"{path} {(next.Tls is null ? "no longer has" : "now has")} tls_server_config. Restart the exporter for this change");
            if (!ReferenceEquals(next, current)) logger.WebConfigurationRead(path);
            current = next;
            fault = null;
        }
        catch (WebConfigurationException wrong)
        {
            if (fault != wrong.Message) logger.WebConfigurationRefused(wrong.Message);
            fault = wrong.Message;
        }
        figures.WebConfigIsCurrent = fault is null;
    }
}
