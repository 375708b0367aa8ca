namespace SFlow.Exporter.Identify;

/// <summary>The addresses under which a Service can be called, its NodePorts aside.</summary>
internal static class ServiceAddresses
{
    public static IEnumerable<string?> Of(KubernetesObject service) =>
        (service.Spec.ClusterIPs ?? [])
            .Append(service.Spec.ClusterIP)
            .Concat(service.Spec.ExternalIPs ?? [])
            .Concat((service.Status.LoadBalancer?.Ingress ?? []).Select(entry => entry.Ip))
            .Where(text => !string.IsNullOrEmpty(text) && text != "None")
            .Distinct(StringComparer.Ordinal);
}
