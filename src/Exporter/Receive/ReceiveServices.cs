namespace SFlow.Exporter.Receive;
internal static class ReceiveServices { public static IServiceCollection AddReceive(this IServiceCollection services) => services; }
