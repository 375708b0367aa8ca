namespace SFlow.Exporter.Identify;

/// <summary>The addresses of a Service, except NodePorts, each with its role.</summary>
internal static class ServiceAddresses
{
    public static IEnumerable<(string Address, string Role)> Of(KubernetesObject service) =>
        (service.Spec.ClusterIPs ?? []).Append(service.Spec.ClusterIP).Select(text => (text, "cluster IP"))
            .Concat((service.Spec.ExternalIPs ?? []).Select(text => ((string?)text, "external IP")))
            .Concat((service.Status.LoadBalancer?.Ingress ?? []).Select(entry => (entry.Ip, "load-balancer IP")))
            .Where(entry => !string.IsNullOrEmpty(entry.Item1) && entry.Item1 != "None")
            .Select(entry => (entry.Item1!, entry.Item2))
            .DistinctBy(entry => entry.Item1, StringComparer.Ordinal);
}
