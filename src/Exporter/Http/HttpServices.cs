using Microsoft.AspNetCore.Connections;
using SFlow.Exporter.Http.Access;
using SFlow.Exporter.Http.WebConfig;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Http;

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
        .AddSingleton<IAdmission, OpenAdmission>()
        .AddSingleton<HttpRules>();

    public static void UseHttp(this WebApplication application)
    {
        HttpRules rules = application.Services.GetRequiredService<HttpRules>();
        application.Use((HttpContext context, RequestDelegate next) => rules.InvokeAsync(context, next));
    }

    /// <summary>Maps GET and HEAD of an endpoint that the OpenAPI document describes.</summary>
    public static void MapRead(this IEndpointRouteBuilder endpoints, string path, RequestKind kind, ApiDescription description, RequestDelegate answer) =>
        endpoints.MapRead(path, kind, answer).WithMetadata(description);

    /// <summary>Maps GET and HEAD. The answer is called for admitted requests only, and can ask for their <see cref="Viewer"/>.</summary>
    public static IEndpointConventionBuilder MapRead(this IEndpointRouteBuilder endpoints, string path, RequestKind kind, RequestDelegate answer)
    {
        RequestLimits? limits = endpoints.ServiceProvider.GetService<RequestLimits>();
        InFlight? limit = kind switch { RequestKind.Api => limits?.Api, RequestKind.Scrape => limits?.Scrapes, _ => null };
        RequestDelegate limited = limit is null ? answer : context => limit.RunAsync(context, answer);
        IAdmission admission = endpoints.ServiceProvider.GetRequiredService<IAdmission>();
        return endpoints.MapMethods(path, Reading, async context =>
        {
            if (await admission.AdmitAsync(context, kind)) await limited(context);
        });
    }
}
