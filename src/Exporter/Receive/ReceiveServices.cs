using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Receive;

/// <summary>Puts the UDP sockets into the program.</summary>
internal static class ReceiveServices
{
    /// <summary>
    /// Adds the receiver; needs its options, the clock and a <c>Func&lt;(IDatagramIntake, WorkerCounters)&gt;</c> that makes the line of a worker.
    /// Call it last: hosted services stop in reverse order, so that nothing behind the sockets stops before them.
    /// </summary>
    public static IServiceCollection AddReceive(this IServiceCollection services) => services
        .AddSingleton<UdpReceiver>()
        .AddSingleton<IKernelDrops>(provider => provider.GetRequiredService<UdpReceiver>())
        .AddSingleton<IReadiness>(provider => provider.GetRequiredService<UdpReceiver>())
        .AddHostedService(provider => provider.GetRequiredService<UdpReceiver>());
}
