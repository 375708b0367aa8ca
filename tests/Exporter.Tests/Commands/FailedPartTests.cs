using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SFlow.Exporter.Agents;
using SFlow.Exporter.Commands;
using SFlow.Exporter.Elasticsearch;
using SFlow.Exporter.Identify;
using SFlow.Exporter.Identify.Kubernetes;
using SFlow.Exporter.Options;
using SFlow.Exporter.Receive;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.Commands;

/// <summary>
/// A fault in any part that runs in the background stops the program with a reason. The fault is a reference that becomes null, which no code expects, while the
/// whole program runs. What heals by itself has tests of its own (InventoryFaultTests, WatchFaultTests).
/// </summary>
[Collection(nameof(Alone))]
public sealed class FailedPartTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("sflow-parts-");

    /// <summary>Each service of the host, the field whose loss it can't survive, and parts of its own below it.</summary>
    public static TheoryData<string, string> Parts => new()
    {
        { "UpkeepService", "kept" }, { "FamilyBalancing", "<families>P" }, { "FlowSampler", "<history>P" }, { "HistoryRecorder", "minutes" }, { "RecordSink", "<store>P" }, { "OtlpExport", "families" }, { "UdpReceiver", "workers.0.<intake>P" },
        { "ShipSink", "writer.<records>P" }, { "ShipSink", "bootstrap.<pause>P" }, { "KubernetesWatch", "watches.0.<api>P" }, { "KubernetesWatch", "watches.9.<timing>P" }, { "GeoIpWatch", "<databases>P" },
    };

    /// <summary>Any fault of a reload of the inventory keeps the previous one.</summary>
    private static readonly string[] heals = ["InventoryWatch"];

    [Fact]
    public void Every_background_service_of_the_program_is_in_the_list() =>
        Assert.Equal(typeof(Program).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(IHostedService)) && !type.IsAbstract).Select(type => type.Name).Order(StringComparer.Ordinal),
            Parts.Select(row => row.Data.Item1).Concat(heals).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Parts))]
    public async Task A_fault_in_a_part_stops_the_program_with_a_reason(string service, string field)
    {
        (Settings settings, Microsoft.Extensions.Configuration.IConfiguration configuration) = SettingsLoader.Load(Write("configuration.json", "{}"), Options(service));
        ConcurrentQueue<string> log = new();
        using CancellationTokenSource stop = new(TimeSpan.FromSeconds(60));
        int code = await RunCommand.RunAsync(settings, configuration, AddressBookSource.From(settings), async (program, ending) =>
        {
            program.Services.GetRequiredService<ILoggerFactory>().AddProvider(new Recorder(log));
            Lose(program.Services.GetServices<IHostedService>().Single(part => part.GetType().Name == service), field);
            string target = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{program.Services.GetRequiredService<UdpReceiver>().Port}");
            await ReplayCommand.RunAsync(Path.Combine(SharedFolder.Repository, "tests", "captures", "ovn-s1-ext.pcap"), target, 20, true, TextWriter.Null, ending);
        }, stop.Token);
        Assert.False(stop.IsCancellationRequested, "the program still runs");
        Assert.Equal(ExitCode.Failed, code);
        Assert.Contains(log, line => line.Contains("A part of the program failed", StringComparison.Ordinal) && line.Contains(nameof(NullReferenceException), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_fault_beside_the_services_stops_the_program_too()
    {
        (Settings settings, Microsoft.Extensions.Configuration.IConfiguration configuration) = SettingsLoader.Load(Write("configuration.json", "{}"), Options(""));
        using CancellationTokenSource stop = new(TimeSpan.FromSeconds(60));
        Assert.Equal(ExitCode.Failed, await RunCommand.RunAsync(settings, configuration, AddressBookSource.From(settings), (_, _) => Task.FromException(new InvalidOperationException("no traffic")), stop.Token));
        Assert.False(stop.IsCancellationRequested);
    }

    /// <summary>A part that exceeds the deadline of the stop may still write, so that a file can appear while the folder is deleted.</summary>
    public void Dispose()
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                folder.Delete(recursive: true);
                return;
            }
            catch (IOException) when (attempt < 50)
            {
                Thread.Sleep(100);
            }
        }
    }

    private Dictionary<string, string?> Options(string service)
    {
        Dictionary<string, string?> options = new()
        {
            ["Http:Address"] = "127.0.0.1", ["Http:Port"] = "0", ["Receive:Address"] = "127.0.0.1", ["Receive:Port"] = "0", ["Receive:Workers"] = "1", ["Store:Folder"] = Path.Combine(folder.FullName, "data"),
            ["Kubernetes:Source"] = "off", ["Shutdown:Deadline"] = "1s", ["Elasticsearch:Url"] = "http://127.0.0.1:9", ["Otlp:Enabled"] = "true", ["Otlp:Endpoint"] = "http://127.0.0.1:9", ["Otlp:Interval"] = "1s",
        };
        if (service == "GeoIpWatch")
        {
            options["Identify:GeoipDatabase"] = Path.Combine(folder.FullName, "places.mmdb");
            File.WriteAllBytes(options["Identify:GeoipDatabase"]!, new GeoIpFile("GeoLite2-Country").Add("2.0.0.0/8", new() { ["country"] = new Dictionary<string, object> { ["iso_code"] = "FR" } }).Write());
        }
        if (service == "KubernetesWatch")
        {
            options["Kubernetes:Source"] = "kubeconfig";
            options["Kubernetes:File"] = Write("kubeconfig", """{"apiVersion":"v1","kind":"Config","current-context":"c","contexts":[{"name":"c","context":{"cluster":"c","user":"u"}}],"clusters":[{"name":"c","cluster":{"server":"http://127.0.0.1:9"}}],"users":[{"name":"u","user":{}}]}""");
        }
        return options;
    }

    private string Write(string name, string content)
    {
        string path = Path.Combine(folder.FullName, name);
        File.WriteAllText(path, content);
        return path;
    }

    /// <summary>Sets the field at the end of a path of fields and indexes to null.</summary>
    private static void Lose(object owner, string path)
    {
        string[] steps = path.Split('.');
        for (int i = 0; i < steps.Length; i++)
        {
            if (int.TryParse(steps[i], CultureInfo.InvariantCulture, out int index))
            {
                owner = ((Array)owner).GetValue(index)!;
                continue;
            }
            FieldInfo field = owner.GetType().GetField(steps[i], BindingFlags.Instance | BindingFlags.NonPublic)
                ?? throw new MissingFieldException($"{owner.GetType().Name} has {string.Join(", ", owner.GetType().GetFields(BindingFlags.Instance | BindingFlags.NonPublic).Select(known => known.Name))}, and no {steps[i]}");
            if (i == steps.Length - 1) field.SetValue(owner, null);
            else owner = field.GetValue(owner)!;
        }
    }

    private sealed class Recorder(ConcurrentQueue<string> log) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
        public bool IsEnabled(LogLevel logLevel) => true;
        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => log.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
