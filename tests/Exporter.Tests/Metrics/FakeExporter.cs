using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SFlow.Exporter.Agents;
using SFlow.Exporter.Calibration;
using SFlow.Exporter.Count;
using SFlow.Exporter.Http;
using SFlow.Exporter.Metrics;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Web;

namespace SFlow.Exporter.Tests.Metrics;

/// <summary>A family of the program whose rows and sums a test sets by hand.</summary>
internal sealed class FakeFamily(IFamily like, int limit = 10_000) : IFamily
{
    private readonly List<(FamilyRow Series, FlowTotals Totals)> rows = [(new FamilyRow([.. like.Labels.Select(_ => ReservedLabels.Other)], 0), default)];

    public string Name => like.Name;
    public IReadOnlyList<string> Labels => like.Labels;
    public IReadOnlyList<FamilyColumn> Columns => like.Columns;
    public int Count { get { lock (rows) return rows.Count; } }
    public int Limit => limit;
    public long Folded { get; set; }
    public long Displaced { get; set; }
    public long Expired { get; set; }
    public IReadOnlyList<(FamilyRow Series, FlowTotals Totals)> Rows { get { lock (rows) return [.. rows]; } }

    /// <summary>The families that a running program has.</summary>
    public static FakeFamily[] All() => [.. FamilySet.Live(new Registries(), new CountOptions { Families = "locality,workload,node,backend,external" }, 0).Select(family => new FakeFamily(family))];

    public void Read(FamilyReading reading)
    {
        lock (rows)
        {
            (Memory<FamilyRow?> all, Memory<FlowTotals> sums) = reading.Begin(rows.Count);
            for (int row = 0; row < rows.Count; row++) (all.Span[row], sums.Span[row]) = rows[row];
            reading.End(rows.Count);
        }
    }

    public int Add(string source, string destination, string service, FlowTotals totals, long born) => Add([source, destination, service], totals, born);

    public int Add(string[] labels, FlowTotals totals, long born)
    {
        Assert.Equal(Labels.Count, labels.Length);
        lock (rows) rows.Add((new FamilyRow(labels, born), totals));
        return Count - 1;
    }

    public void Grow(int row, FlowTotals by) { lock (rows) rows[row] = (rows[row].Series, rows[row].Totals + by); }
}

internal sealed class FakeKernel : IKernelDrops
{
    public long Dropped { get; set; }
}

internal sealed class FakeReadiness : IReadiness
{
    public string? NotReadyBecause { get; set; }
}

/// <summary>Everything that metrics and page read, set by hand, and the real HTTP side on a port of its own.</summary>
internal sealed class FakeExporter(TimeProvider time, AgentOptions? agentOptions = null) : IAsyncDisposable
{
    private WebApplication? application;

    public FakeFamily[] Families { get; } = FakeFamily.All();
    public FakeFamily Flows => Named(FamilyNames.Flow);
    public FakeFamily Acknowledged => Named(FamilyNames.Acknowledged);
    public FakeFamily Locality => Named("sflow_locality");
    public FakeKernel Kernel { get; } = new();
    public StoreStats Store { get; } = new();
    public SpoolStats Spool => field ??= new SpoolStats(time, 1 << 30);
    public ShipStats Ship { get; } = new() { DeadLetters = new DeadLetterStats(1 << 26), Rollup = new RollupStats() };
    public FakeReadiness Readiness { get; } = new();
    public WorkerCounters[] Workers { get; } = [new(), new()];
    public AgentRegistry Agents { get; } = new(agentOptions ?? new AgentOptions { InterfaceMetrics = true });
    public PortCalibration Calibration => field ??= new PortCalibration(Agents, agentOptions ?? new AgentOptions());
    public Registries Registries { get; } = new();
    public RecordQueue Queue { get; } = new("store", 4);
    public SinkState Sink { get; } = new("store");
    public HttpOptions Http { get; } = new();
    public HttpClient Client { get; } = new();
    public Uri Address { get; private set; } = null!;

    public long Now => (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;

    /// <param name="more">Further endpoints, such as a stand-in for the search of records.</param>
    public async Task<FakeExporter> StartAsync(Action<WebApplication>? more = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server => server.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore().AddLogging()
            .AddSingleton(time).AddSingleton<IReadOnlyList<WorkerCounters>>(Workers).AddSingleton(Agents).AddSingleton<ICalibration>(Calibration).AddSingleton<IReadOnlyList<IFamily>>(Families)
            .AddSingleton(Registries).AddSingleton(Queue).AddSingleton(Sink).AddSingleton(new ReceiveOptions()).AddSingleton(agentOptions ?? new AgentOptions()).AddSingleton<IKernelDrops>(Kernel)
            .AddSingleton(Store).AddSingleton(new HistoryStats()).AddSingleton(Spool).AddSingleton(Ship).AddSingleton(new WatchStats("Pod")).AddSingleton(new GeoIpStats("GeoLite2-City.mmdb")).AddSingleton(new InventoryFigures()).AddSingleton<IReadiness>(Readiness)
            .AddSingleton(Http).AddHttp().AddExposition().AddWeb();
        application = builder.Build();
        application.UseRouting();
        application.UseHttp();
        application.MapExposition();
        application.MapWeb();
        more?.Invoke(application);
        await application.StartAsync();
        string address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        Client.BaseAddress = Address = new Uri(address);
        return this;
    }

    private FakeFamily Named(string name) => (FakeFamily)Families.Named(name);

    public Agent AddAgent(string address, uint subAgent = 0, string? node = null)
    {
        Assert.True(SFlow.Address.TryParse(address, out Address agentAddress));
        Agents.Observe(new DatagramIdentity(agentAddress, subAgent, 1, 1, 100), new DatagramOrigin(Now, agentAddress, 6343), out Agent? agent);
        agent!.LastSeen = Now;
        if (node is not null) agent.BelongTo(Registries.Nodes.Intern(node, null, Now));
        return agent;
    }

    /// <summary>So many samples of 1 000 bytes, 1 in 400, between two counter samples that saw 2 % less.</summary>
    public void Calibrate(Agent agent, long now, int samples)
    {
        Calibration.Turn(Counters(now, 0));
        Calibration.Add(agent.Id, [.. Enumerable.Repeat(new Flow { InputValue = 7, SamplingRate = 400, FrameLength = 1_004, Stripped = 4 }, samples)]);
        Calibration.Turn(Counters(now + 30_000_000_000, (ulong)(samples * 400_000 / 1.02)));

        CounterRecord Counters(long time, ulong octets) => new() { SteadyNanoseconds = time, Agent = agent.Id, HasInterface = true, IfIndex = 7, IfInOctets = octets };
    }

    /// <summary>A structure that came so often and was skipped.</summary>
    public void Skip(StructureKind kind, uint enterprise, uint format, int count)
    {
        for (int i = 0; i < count; i++) Workers[i % Workers.Length].Skipped.Count(kind, enterprise << 12 | format);
    }

    /// <summary>What a Prometheus reads; null reads as somebody without a memory.</summary>
    public async Task<Exposition> ScrapeAsync(string? prometheus = null, string accept = "text/plain")
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "/metrics");
        request.Headers.TryAddWithoutValidation("Accept", accept);
        if (prometheus is not null)
        {
            request.Headers.Add("X-Prometheus-Scrape-Timeout-Seconds", "10");
            request.Headers.TryAddWithoutValidation("User-Agent", prometheus);
        }
        using HttpResponseMessage response = await Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return Exposition.Parse(await response.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (application is not null) await application.DisposeAsync();
    }
}
