using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SFlow.Exporter.Http;
using SFlow.Exporter.Http.Access;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Store;

namespace SFlow.Exporter.Tests.Store;

/// <summary>The store and its search behind a real Kestrel on a port of the system's choice, wired as the program wires them.</summary>
internal sealed class FlowsApi : IAsyncDisposable
{
    private readonly WebApplication application;
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"sflow-api-{Guid.NewGuid():N}");
    private readonly RecordPool pool = new(512);

    private FlowsApi(SampleFlows flows, bool enabled, SearchLimits? limits, Viewer viewer)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton(new StoreOptions { Folder = folder, Enabled = enabled }).AddSingleton(new ShutdownOptions())
            .AddSingleton(flows.Registries).AddSingleton(TimeProvider.System).AddSingleton<IAdmission>(new FixedAdmission(viewer)).AddRecord();
        builder.Services.Replace(ServiceDescriptor.Singleton<ILoggerFactory>(new LogLines()));
        if (limits is not null) builder.Services.AddSingleton(limits);
        application = builder.Build();
        application.MapRecord();
    }

    public HttpClient Client { get; private set; } = null!;

    public IEnumerable<RecordQueue> Queues => application.Services.GetServices<RecordQueue>();

    public RecordSearch Search => application.Services.GetRequiredService<RecordSearch>();

    public static async Task<FlowsApi> StartAsync(SampleFlows flows, bool enabled = true, SearchLimits? limits = null, Viewer? viewer = null)
    {
        FlowsApi api = new(flows, enabled, limits, viewer ?? Viewer.Everything);
        await api.application.StartAsync();
        api.Client = new HttpClient { BaseAddress = new Uri(api.application.Urls.Single()) };
        return api;
    }

    /// <summary>Offers records to the queue, as a worker does, and waits until they are settled.</summary>
    public async Task OfferAsync(params Flow[] records)
    {
        RecordQueue queue = Assert.Single(Queues);
        SinkFanout fan = new(pool, [queue]);
        fan.Process(records);
        fan.Idle();
        for (int wait = 0; queue.Waiting > 0 && wait < 3000; wait++) await Task.Delay(10);
        Assert.Equal(0, queue.Waiting);
    }

    public async Task<JsonElement> GetAsync(string query)
    {
        using HttpResponseMessage response = await Client.GetAsync("/api/flows" + query);
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        return JsonDocument.Parse(text).RootElement;
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        await application.StopAsync();
        await application.DisposeAsync();
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }
}

/// <summary>Admits every request for one viewer.</summary>
internal sealed class FixedAdmission(Viewer viewer) : IAdmission
{
    public ValueTask<bool> AdmitAsync(Microsoft.AspNetCore.Http.HttpContext context, RequestKind kind)
    {
        context.Features.Set(viewer);
        return ValueTask.FromResult(true);
    }
}
