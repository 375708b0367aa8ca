using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify;

/// <summary>Which Service stands at which port of which endpoint: virtual addresses, NodePorts, ready ends, and declared container ports.</summary>
internal sealed class PortIndex(LabelRegistry services, Func<Address, int> endpointOf)
{
    private readonly Dictionary<ulong, SortedSet<string>> several = [];

    public FlatTable Table { get; } = new(1024);

    public List<int[]> Shared { get; } = [];

    public void AddServices(IEnumerable<KubernetesObject> items)
    {
        foreach (KubernetesObject service in items)
            foreach (PortEntry port in service.Spec.Ports ?? [])
            {
                string label = Label(service.Metadata.Namespace, service.Metadata.Name, port.Name, port.Port);
                foreach (string? text in ServiceAddresses.Of(service))
                    if (Address.TryParse(text, out Address address)) Add(endpointOf(address), port, port.Port, label);
                Add(AddressBook.AnyNode, port, port.NodePort, label);
            }
    }

    public void AddSlices(IEnumerable<KubernetesObject> slices, IEnumerable<KubernetesObject> items)
    {
        Dictionary<(string, string), KubernetesObject> byName = [];
        foreach (KubernetesObject service in items) byName.TryAdd((service.Metadata.Namespace, service.Metadata.Name), service);
        foreach (KubernetesObject slice in slices)
        {
            if (slice.Metadata.Labels?.GetValueOrDefault("kubernetes.io/service-name") is not { Length: > 0 } name) continue;
            KubernetesObject? service = byName.GetValueOrDefault((slice.Metadata.Namespace, name));
            foreach (PortEntry port in slice.Ports ?? [])
            {
                int? published = service?.Spec.Ports?.FirstOrDefault(entry => (entry.Name ?? "") == (port.Name ?? ""))?.Port ?? port.Port;
                string label = Label(slice.Metadata.Namespace, name, port.Name, published);
                foreach (SliceEndpoint end in slice.Endpoints ?? [])
                    if (end.Conditions?.Ready != false)
                        foreach (string text in end.Addresses ?? [])
                            if (Address.TryParse(text, out Address address)) Add(endpointOf(address), port, port.Port, label);
            }
        }
        foreach ((ulong key, SortedSet<string> labels) in several)
        {
            Shared.Add([.. labels.Select(services.Intern)]);
            Table.Set(0, key, -Shared.Count);
        }
    }

    /// <summary>Ports that a container declares; on a hostNetwork pod they are ports of its node.</summary>
    public void AddContainers(IEnumerable<KubernetesObject> pods)
    {
        foreach (KubernetesObject pod in pods)
        {
            string? text = pod.Spec.HostNetwork ? pod.Status.HostIP : pod.Status.PodIP;
            List<PortEntry> ports = [.. (pod.Spec.Containers ?? []).SelectMany(container => container.Ports ?? [])];
            if (ports.Count == 0 || !Address.TryParse(text, out Address first)) continue;
            IEnumerable<string?> texts = pod.Spec.HostNetwork ? [text] : pod.Status.PodIPs?.Select(entry => entry.Ip) ?? [text];
            foreach (int endpoint in texts.Select(one => Address.TryParse(one, out Address address) ? endpointOf(address) : -1).Distinct())
                foreach (PortEntry port in ports)
                    if (TryKey(endpoint, port, port.ContainerPort, out ulong key)) Table.TryAdd(0, key, 0);
        }
    }

    private void Add(int endpoint, PortEntry port, int? number, string label)
    {
        if (!TryKey(endpoint, port, number, out ulong key)) return;
        if (Table.TryAdd(0, key, services.Intern(label))) return;
        Table.TryFind(0, key, out int present);
        string first = services[present];
        if (first == label) return;
        if (!several.TryGetValue(key, out SortedSet<string>? labels)) several.Add(key, labels = new(StringComparer.Ordinal) { first });
        labels.Add(label);
    }

    private static bool TryKey(int endpoint, PortEntry port, int? number, out ulong key)
    {
        byte protocol = port.Protocol switch { null or "TCP" => 6, "UDP" => 17, "SCTP" => 132, _ => 0 };
        // Endpoint 0 stands for addresses of which nothing is known: a port there would be a port of them all.
        bool usable = endpoint > 0 && protocol != 0 && number is > 0 and <= ushort.MaxValue;
        key = usable ? AddressBook.PortKey(endpoint, protocol, (ushort)number!.Value) : 0;
        return usable;
    }

    private static string Label(string space, string name, string? port, int? number) =>
        string.IsNullOrEmpty(port) ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{space}/{name}:{number}") : $"{space}/{name}:{port}";
}
