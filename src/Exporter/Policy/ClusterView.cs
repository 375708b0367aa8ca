using System.Text.Json;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Policy;

/// <summary>The objects that one answer needs, each list read once: pods, Services, endpoints, labels of namespaces.</summary>
/// <param name="objects">Where they come from.</param>
/// <param name="workloads">Workloads by namespace and pod, as records have them.</param>
/// <param name="mayRead">Whether the reader of the answer may see objects of a namespace.</param>
/// <param name="cancellation">Ends the reading.</param>
internal sealed class ClusterView(
    IClusterObjects objects, IReadOnlyDictionary<(string Namespace, string Pod), string> workloads, Func<string, bool> mayRead, CancellationToken cancellation)
{
    /// <summary>Label that every namespace has.</summary>
    public const string NameLabel = "kubernetes.io/metadata.name";

    /// <summary>Namespaces whose pods are read. Peers in further ones are selected by their namespace.</summary>
    private const int MostNamespaces = 100;

    private readonly Dictionary<string, IReadOnlyList<LabelledPod>> pods = [];
    private readonly Dictionary<string, IReadOnlyList<JsonElement>> services = [];
    private Dictionary<string, Dictionary<string, string>>? namespaces;

    /// <summary>Kinds that can't be read, with the reason.</summary>
    public SortedDictionary<string, string> Refusals { get; } = new(StringComparer.Ordinal);

    public bool MayRead(string space) => mayRead(space);

    public async Task<IReadOnlyList<LabelledPod>> PodsAsync(string space)
    {
        if (pods.TryGetValue(space, out IReadOnlyList<LabelledPod>? found)) return found;
        found = !mayRead(space) || pods.Count >= MostNamespaces ? [] : PodLabels.Read(await ListAsync("Pod", "", "pods", space), pod => workloads.GetValueOrDefault((space, pod)));
        pods.Add(space, found);
        return found;
    }

    public async Task<JsonElement> ServiceAsync(string space, string name)
    {
        if (!services.TryGetValue(space, out IReadOnlyList<JsonElement>? found)) services.Add(space, found = services.Count < MostNamespaces ? await ListAsync("Service", "", "services", space) : []);
        return found.FirstOrDefault(service => service.Text("metadata", "name") == name);
    }

    /// <summary>Addresses and ports behind a Service without a selector, such as that of the API server.</summary>
    public async Task<IReadOnlyList<(string Address, string PortName, int Port)>> EndpointsAsync(string space, string service) =>
        [.. (await ListAsync("EndpointSlice", "discovery.k8s.io", "endpointslices", space)).Where(slice => slice.Pairs("metadata", "labels").GetValueOrDefault("kubernetes.io/service-name") == service)
            .SelectMany(slice => slice.List("endpoints").SelectMany(endpoint => endpoint.List("addresses")).Where(address => address.ValueKind == JsonValueKind.String)
                .SelectMany(address => slice.List("ports").Select(port => (address.GetString()!, port.Text("name"), port.Number("port")))))];

    /// <summary>Labels of a namespace; its name alone if namespaces can't be read.</summary>
    public async Task<IReadOnlyDictionary<string, string>> LabelsAsync(string space)
    {
        namespaces ??= (await ListAsync("Namespace", "", "namespaces", null)).GroupBy(one => one.Text("metadata", "name")).ToDictionary(one => one.Key, one => one.First().Pairs("metadata", "labels"));
        return namespaces.TryGetValue(space, out Dictionary<string, string>? labels) && labels.Count > 0 ? labels : new Dictionary<string, string> { [NameLabel] = space };
    }

    /// <summary>The policies of a namespace; null if they can't be read.</summary>
    public async Task<IReadOnlyList<JsonElement>?> PoliciesAsync(string space)
    {
        ObjectReading reading = await objects.ListAsync("NetworkPolicy", "networking.k8s.io", "networkpolicies", space, cancellation);
        if (reading.Refusal is null) return reading.Items;
        Refusals["networkpolicies"] = reading.Refusal;
        return null;
    }

    private async Task<IReadOnlyList<JsonElement>> ListAsync(string kind, string group, string plural, string? space)
    {
        ObjectReading reading = await objects.ListAsync(kind, group, plural, space, cancellation);
        if (reading.Refusal is { } refusal) Refusals[plural] = refusal;
        return reading.Items;
    }
}
