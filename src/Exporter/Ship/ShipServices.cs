namespace SFlow.Exporter.Ship;
internal static class ShipServices { public static IServiceCollection AddShip(this IServiceCollection services) => services; }
