using System.Net.Sockets;
using SFlow.Exporter.Identify;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Commands;

/// <summary><c>run</c>: the program at work, until SIGTERM or Ctrl-C; then it drains.</summary>
internal static class RunCommand
{
    public static Task<int> RunAsync((Settings Settings, IConfiguration Configuration) options, CancellationToken stop) =>
        RunAsync(options.Settings, options.Configuration, AddressBookSource.From(options.Settings), (_, _) => Task.CompletedTask, stop);

    /// <summary>Runs with whatever <paramref name="beside"/> does once everything has started.</summary>
    public static async Task<int> RunAsync(
        Settings settings, IConfiguration configuration, AddressBookSource book, Func<WebApplication, CancellationToken, Task> beside, CancellationToken stop)
    {
        await using WebApplication program = Program.Compose(settings, configuration, book);
        ILogger log = program.Services.GetRequiredService<ILoggerFactory>().CreateLogger("sflow-exporter");
        try
        {
            await program.StartAsync(stop);
        }
        catch (Exception fault) when (fault is StartException or IOException or SocketException)
        {
            log.StartFailed(fault.Message);
            await program.StopAsync(CancellationToken.None);
            return ExitCode.Failed;
        }
        AddressBookStats facts = program.Services.GetRequiredService<AddressBookHolder>().Current.Facts;
        log.Serving(string.Join(", ", program.Urls), facts.Nodes, facts.Pods, facts.Services);

        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(stop, program.Lifetime.ApplicationStopping);
        Task aside = beside(program, ending.Token), stopped = program.WaitForShutdownAsync(stop);
        // A program without one of its parts must not look alive. The host stops it after the fault of a service.
        if (await Task.WhenAny(aside, stopped) == aside && aside.IsFaulted) program.Lifetime.StopApplication();
        await Task.WhenAll(aside, stopped).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (RecordQueue queue in program.Services.GetServices<RecordQueue>()) ReportSink(log, queue);
        Exception[] faults = [.. Parts(program).Append(stopped).Append(aside).Select(part => part.Exception?.GetBaseException()).OfType<Exception>().Distinct()];
        foreach (Exception fault in faults) log.PartFailed(fault);
        return faults.Length == 0 ? ExitCode.Success : ExitCode.Failed;
    }

    private static IEnumerable<Task> Parts(WebApplication program) =>
        program.Services.GetServices<IHostedService>().OfType<BackgroundService>().Select(service => service.ExecuteTask).OfType<Task>();

    private static void ReportSink(ILogger log, RecordQueue queue)
    {
        long left = queue.Lost(LossReason.Shutdown), lost = Enum.GetValues<LossReason>().Sum(queue.Lost) - left;
        log.SinkStopped(queue.Sink, queue.Written, lost, left);
    }
}
