using Microsoft.AspNetCore.Connections;
using SFlow.Exporter.Http.WebConfig;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Http;

/// <summary>The limit of requests in progress that applies to an endpoint.</summary>
internal enum RequestKind
{
    /// <summary>No limit: cheap, small responses such as health.</summary>
    Small,

    /// <summary>Responses made for one client.</summary>
    Api,

    /// <summary>Metrics have their own limit, so that monitoring always gets through.</summary>
    Scrape,
}

/// <summary>Requests in progress, with a limit per kind.</summary>
internal sealed class RequestLimits(HttpOptions options, HttpFigures figures, TimeProvider time)
{
    public InFlight Api { get; } = new(options.Requests, figures, time);
    public InFlight Scrapes { get; } = new(options.Requests, figures, time);
}

/// <summary>Services that all endpoints share.</summary>
internal static class HttpServices
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Needs <c>HttpOptions</c> and <c>TimeProvider</c>.</summary>
    public static IServiceCollection AddHttp(this IServiceCollection services) => services
        .AddSingleton<HttpFigures>()
        // Added last, so the server prefers it to its default.
        .AddSingleton<IConnectionListenerFactory, ConnectionListenerFactory>()
        .AddSingleton(_ => OwnNames.OfThisMachine())
        .AddSingleton<AllowedHosts>()
        .AddSingleton<RequestLimits>()
        .AddSingleton<WebAccess>()
        .AddSingleton<IUpkeep>(provider => provider.GetRequiredService<WebAccess>())
        .AddSingleton<Login>()
        .AddSingleton<HttpRules>();

    public static void UseHttp(this WebApplication application)
    {
        HttpRules rules = application.Services.GetRequiredService<HttpRules>();
        application.Use((HttpContext context, RequestDelegate next) => rules.InvokeAsync(context, next));
    }

    /// <summary>Maps GET and HEAD.</summary>
    public static void MapRead(this IEndpointRouteBuilder endpoints, string path, RequestKind kind, RequestDelegate answer)
    {
        RequestLimits? limits = endpoints.ServiceProvider.GetService<RequestLimits>();
        InFlight? limit = kind switch { RequestKind.Api => limits?.Api, RequestKind.Scrape => limits?.Scrapes, _ => null };
        endpoints.MapMethods(path, Reading, limit is null ? answer : context => limit.RunAsync(context, answer));
    }
}
