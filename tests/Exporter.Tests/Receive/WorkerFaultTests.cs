using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Receive;

namespace SFlow.Exporter.Tests.Receive;

[Collection(nameof(Alone))]
public sealed class WorkerFaultTests
{
    [Fact]
    public async Task A_fault_on_a_receive_thread_stops_the_program_and_is_logged()
    {
        ListLogger log = new();
        HostApplicationBuilder builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Services
            .AddSingleton<ILogger<UdpReceiver>>(log)
            .AddSingleton(TimeProvider.System)
            .AddSingleton(new ReceiveOptions { Port = 0, Workers = 2 })
            .AddSingleton(new ShutdownOptions())
            .AddSingleton<Func<(IDatagramIntake, WorkerCounters)>>(() => (new CountingIntake { Work = () => throw new InvalidOperationException("a bug") }, new WorkerCounters()))
            .AddReceive();
        using IHost host = builder.Build();
        UdpReceiver receiver = host.Services.GetRequiredService<UdpReceiver>();
        IReadiness readiness = host.Services.GetRequiredService<IReadiness>();
        Assert.Same(receiver, host.Services.GetRequiredService<IKernelDrops>());
        Assert.Same(receiver, readiness);
        Assert.NotNull(readiness.NotReadyBecause);

        await host.StartAsync();
        Assert.Null(readiness.NotReadyBecause);
        TaskCompletionSource stopping = new();
        host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(stopping.SetResult);

        using Socket sender = RunningReceiver.Sender("127.0.0.1");
        sender.SendTo([1], new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, receiver.Port));
        await stopping.Task.WaitAsync(TimeSpan.FromSeconds(10));

        Assert.True(receiver.ExecuteTask!.IsFaulted);
        Assert.Contains("a bug", readiness.NotReadyBecause, StringComparison.Ordinal);
        Assert.Contains(log.Lines, line => line.Level == LogLevel.Critical && line.Text.Contains("Receive thread", StringComparison.Ordinal));
        await host.StopAsync();
    }
}
