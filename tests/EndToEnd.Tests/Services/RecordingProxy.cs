using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;

namespace SFlow.EndToEnd.Tests.Services;

/// <summary>Passes requests on to a search engine, and keeps the bodies of searches.</summary>
internal sealed class RecordingProxy : IAsyncDisposable
{
    private readonly WebApplication application;
    private readonly HttpClient server;

    private RecordingProxy(WebApplication application, Uri server) => (this.application, this.server) = (application, new HttpClient { BaseAddress = server });

    public Uri Address { get; private set; } = null!;

    /// <summary>Bodies of the requests to <c>_search</c>, in order.</summary>
    public ConcurrentQueue<JsonNode> Searches { get; } = [];

    public static async Task<RecordingProxy> StartAsync(Uri server)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        WebApplication web = builder.Build();
        RecordingProxy proxy = new(web, server);
        web.Run(proxy.PassAsync);
        await web.StartAsync();
        proxy.Address = new Uri(((IApplicationBuilder)web).ServerFeatures.Get<IServerAddressesFeature>()!.Addresses.Single());
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await application.DisposeAsync();
        server.Dispose();
    }

    private async Task PassAsync(HttpContext context)
    {
        using StreamReader reader = new(context.Request.Body);
        string body = await reader.ReadToEndAsync(context.RequestAborted);
        if (context.Request.Path.Value!.EndsWith("/_search", StringComparison.Ordinal)) Searches.Enqueue(JsonNode.Parse(body)!);
        using HttpRequestMessage request = new(new HttpMethod(context.Request.Method), $"{context.Request.Path}{context.Request.QueryString}");
        if (body.Length > 0) request.Content = new StringContent(body, MediaTypeHeaderValue.Parse(context.Request.ContentType!));
        using HttpResponseMessage response = await server.SendAsync(request, context.RequestAborted);
        context.Response.StatusCode = (int)response.StatusCode;
        context.Response.ContentType = response.Content.Headers.ContentType?.ToString();
        await response.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
