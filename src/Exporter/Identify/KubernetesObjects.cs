using System.Text.Json;
using System.Text.Json.Serialization;

namespace SFlow.Exporter.Identify;

/// <summary>A v1 List as kubectl prints it; only what names and addresses need is read.</summary>
internal sealed record KubernetesList(string? Kind, List<KubernetesObject>? Items);

/// <summary>One object of any kind; fields that its kind does not have stay null.</summary>
internal sealed record KubernetesObject
{
    public string? Kind { get; init; }
    public ObjectMetadata Metadata { get; init; } = new();
    public ObjectSpec Spec { get; init; } = new();
    public ObjectStatus Status { get; init; } = new();

    /// <summary>EndpointSlice only.</summary>
    public List<SliceEndpoint>? Endpoints { get; init; }
    public List<PortEntry>? Ports { get; init; }
}

internal sealed record ObjectMetadata
{
    public string Name { get; init; } = "";
    public string Namespace { get; init; } = "";
    public Dictionary<string, string>? Labels { get; init; }
    public Dictionary<string, string>? Annotations { get; init; }
    public List<OwnerReference>? OwnerReferences { get; init; }
}

internal sealed record OwnerReference(string? Kind, string? Name, bool? Controller);

/// <summary>What pods and Services say of themselves.</summary>
internal sealed record ObjectSpec
{
    public string? NodeName { get; init; }
    public bool HostNetwork { get; init; }
    public List<ContainerEntry>? Containers { get; init; }

    [JsonPropertyName("clusterIP")]
    public string? ClusterIP { get; init; }
    [JsonPropertyName("clusterIPs")]
    public List<string>? ClusterIPs { get; init; }
    [JsonPropertyName("externalIPs")]
    public List<string>? ExternalIPs { get; init; }
    public List<PortEntry>? Ports { get; init; }
}

internal sealed record ContainerEntry(List<PortEntry>? Ports);

/// <summary>A port of a container, a Service or an EndpointSlice.</summary>
internal sealed record PortEntry
{
    public string? Name { get; init; }
    public string? Protocol { get; init; }
    public int? Port { get; init; }
    public int? ContainerPort { get; init; }
    public int? HostPort { get; init; }
    public int? NodePort { get; init; }
}

internal sealed record ObjectStatus
{
    public string? Phase { get; init; }
    [JsonPropertyName("podIP")]
    public string? PodIP { get; init; }
    [JsonPropertyName("podIPs")]
    public List<AddressEntry>? PodIPs { get; init; }
    [JsonPropertyName("hostIP")]
    public string? HostIP { get; init; }
    public List<NodeAddress>? Addresses { get; init; }
    public LoadBalancerStatus? LoadBalancer { get; init; }
}

internal sealed record AddressEntry(string? Ip);

internal sealed record NodeAddress(string? Type, string? Address);

internal sealed record LoadBalancerStatus(List<AddressEntry>? Ingress);

internal sealed record SliceEndpoint(List<string>? Addresses, EndpointConditions? Conditions);

internal sealed record EndpointConditions(bool? Ready);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    ReadCommentHandling = JsonCommentHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(KubernetesList))]
[JsonSerializable(typeof(Dictionary<string, JsonElement>))]
internal sealed partial class KubernetesJson : JsonSerializerContext;
