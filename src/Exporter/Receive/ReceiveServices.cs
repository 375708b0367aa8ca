using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Receive;

/// <summary>Registers the UDP receiver.</summary>
internal static class ReceiveServices
{
    /// <summary>
    /// Adds the receiver. Needs its options, the clock and a <c>Func&lt;(IDatagramIntake, WorkerCounters)&gt;</c> that makes the pipeline of a worker.
    /// Call it last: hosted services stop in reverse order, so the sockets stop before everything behind them.
    /// </summary>
    public static IServiceCollection AddReceive(this IServiceCollection services) => services
        .AddSingleton<UdpReceiver>()
        .AddSingleton<IKernelDrops>(provider => provider.GetRequiredService<UdpReceiver>())
        .AddSingleton<IReadiness>(provider => provider.GetRequiredService<UdpReceiver>())
        .AddHostedService(provider => provider.GetRequiredService<UdpReceiver>());
}
