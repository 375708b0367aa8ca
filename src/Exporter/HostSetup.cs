using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging.Console;
using SFlow.Exporter.Http;
using SFlow.Exporter.Http.WebConfig;
using SFlow.Exporter.Options;

namespace SFlow.Exporter;

/// <summary>Settings of the web host before any stage: listening address, logging, time to stop.</summary>
internal static class HostSetup
{
    public static WebApplicationBuilder Create(Settings settings, IConfiguration configuration)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "sflow-exporter" });
        builder.Configuration.AddConfiguration(configuration);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            // Twice the limit of HttpRules, so that a too long request line gets a sentence.
            server.Limits.MaxRequestLineSize = 2 * HttpRules.LongestTarget;
            server.Limits.MaxRequestBodySize = 16_384;
            server.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            // Longer than Prometheus keeps a connection between two scrapes.
            server.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(330);
            // For the rest of a response in the server's buffer. HttpRules sets the deadline of the whole response.
            server.Limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 4_096, gracePeriod: TimeSpan.FromSeconds(5));
            server.Listen(System.Net.IPAddress.Parse(settings.Http.ListenAddress()), settings.Http.Port, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                WebAccess access = server.ApplicationServices.GetRequiredService<WebAccess>();
                // Asked for each handshake, so that a renewed certificate is used at once.
                if (access.Tls is not null) listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(access.Tls!) });
            });
        });
        // Results go to standard output, messages to standard error.
        builder.Logging
            .AddConfiguration(configuration.GetSection("Logging"))
            .AddFilter("Microsoft", LogLevel.Warning)
            // RunCommand reports a failed start or service once, in a sentence.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None)
            .AddSimpleConsole(format => { format.SingleLine = true; format.TimestampFormat = "yyyy-MM-ddTHH:mm:ssZ "; format.UseUtcTimestamp = true; format.ColorBehavior = LoggerColorBehavior.Disabled; });
        builder.Services
            .Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace)
            .Configure<HostOptions>(host => host.ShutdownTimeout = settings.Shutdown.Deadline)
            .AddRoutingCore()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(settings)
            .AddSingleton(settings.Receive)
            .AddSingleton(settings.Agents)
            .AddSingleton(settings.Identify)
            .AddSingleton(settings.Kubernetes)
            .AddSingleton(settings.Observe)
            .AddSingleton(settings.Acknowledge)
            .AddSingleton(settings.Count)
            .AddSingleton(settings.Store)
            .AddSingleton(settings.Elasticsearch)
            .AddSingleton(settings.Otlp)
            .AddSingleton(settings.Http)
            .AddSingleton(settings.Shutdown);
        return builder;
    }
}
