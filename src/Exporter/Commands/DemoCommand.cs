using System.Net;
using SFlow.Exporter.Demo;
using SFlow.Exporter.Identify;
using SFlow.Exporter.Options;
using SFlow.Exporter.Receive;
using SFlow.Exporter.Replay;

namespace SFlow.Exporter.Commands;

/// <summary>
/// <c>demo</c>: the program at work on the capture that it carries, played for ever through its own UDP socket. No cluster, no service;
/// records go to a folder that is removed at the end, unless one was named. Every family of metrics is on, because the capture bounds it.
/// </summary>
internal static class DemoCommand
{
    public static async Task<int> RunAsync((Settings Settings, IConfiguration Configuration) options, CancellationToken stop)
    {
        (Settings settings, IConfiguration configuration) = options;
        string? passing = null;
        if (settings.Store.Folder == new StoreOptions().Folder)
            settings.Store.Folder = passing = Directory.CreateTempSubdirectory("sflow-demo-").FullName;
        if (settings.Count.Families == new CountOptions().Families) settings.Count.Families += ",workload";
        settings.Agents.InterfaceMetrics = true;
        AddressBookSource book = settings.Identify.Inventory.Length > 0 ? AddressBookSource.From(settings.Identify) : AddressBookSource.From(DemoCapture.OpenInventory, "of the demo");
        try
        {
            return await RunCommand.RunAsync(settings, configuration, book, PlayAsync, stop);
        }
        finally
        {
            if (passing is not null) Directory.Delete(passing, recursive: true);
        }
    }

    private static async Task PlayAsync(WebApplication program, CancellationToken stop)
    {
        IServiceProvider services = program.Services;
        ILogger log = services.GetRequiredService<ILoggerFactory>().CreateLogger("demo");
        int port = services.GetRequiredService<UdpReceiver>().Port;
        IPAddress listening = IPAddress.Parse(services.GetRequiredService<ReceiveOptions>().Address);
        IPAddress target = listening.Equals(IPAddress.IPv6Any) || listening.Equals(IPAddress.Any) ? IPAddress.Loopback : listening;
        log.DemoReplaying(new IPEndPoint(target, port));
        CapturePlayer player = new(DemoCapture.OpenCapture, new IPEndPoint(target, port), 0, true, services.GetRequiredService<TimeProvider>());
        await player.PlayAsync(stop);
    }
}
