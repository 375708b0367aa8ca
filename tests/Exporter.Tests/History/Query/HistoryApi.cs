using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SFlow.Exporter.History;
using SFlow.Exporter.History.Query;
using SFlow.Exporter.Http.Access;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Tests.Store;

namespace SFlow.Exporter.Tests.History.Query;

/// <summary>The endpoints of history behind a real Kestrel on a port of the system's choice, over a history in memory.</summary>
internal sealed class HistoryApi : IAsyncDisposable
{
    private readonly WebApplication application;

    private HistoryApi(IHistory? history, Registries names, TimeProvider time, HistoryLimits? limits, Viewer viewer)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(names).AddSingleton(time).AddSingleton<IAdmission>(new FixedAdmission(viewer)).AddHistoryQuery();
        if (history is not null) builder.Services.AddSingleton(history);
        if (limits is not null) builder.Services.AddSingleton(limits);
        application = builder.Build();
        application.MapHistoryQuery();
    }

    public HttpClient Client { get; private set; } = null!;

    public static async Task<HistoryApi> StartAsync(IHistory? history, Registries names, TimeProvider? time = null, HistoryLimits? limits = null, Viewer? viewer = null)
    {
        HistoryApi api = new(history, names, time ?? TimeProvider.System, limits, viewer ?? Viewer.Everything);
        await api.application.StartAsync();
        api.Client = new HttpClient { BaseAddress = new Uri(api.application.Urls.Single()) };
        return api;
    }

    /// <summary>The answer as JSON, whatever its status.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Body, string? RetryAfter)> GetAsync(string target)
    {
        using HttpResponseMessage response = await Client.GetAsync(target);
        string text = await response.Content.ReadAsStringAsync();
        Assert.Equal(response.IsSuccessStatusCode ? "application/json" : "application/problem+json", response.Content.Headers.ContentType?.MediaType);
        return (response.StatusCode, JsonDocument.Parse(text).RootElement, response.Headers.RetryAfter?.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        await application.StopAsync();
        await application.DisposeAsync();
    }
}
