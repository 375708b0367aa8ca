using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SFlow.Exporter.Identify;

/// <summary>A v1 List as kubectl prints it. Only the fields for names and addresses are read.</summary>
internal sealed record KubernetesList(string? Kind, List<KubernetesObject>? Items, ListMetadata? Metadata = null) : IJsonOnDeserialized
{
    void IJsonOnDeserialized.OnDeserialized() => Nulls.Drop(Items);
}

/// <param name="ResourceVersion">Version of the list.</param>
/// <param name="Continue">Token of the next page; empty on the last one.</param>
internal sealed record ListMetadata(string? ResourceVersion, string? Continue);

/// <summary>A line of a watch: ADDED, MODIFIED, DELETED, or BOOKMARK, which only updates the resource version.</summary>
internal sealed record WatchEvent(string? Type, KubernetesObject? Object);

/// <summary>A line of a watch with an error, after which the watch is over.</summary>
internal sealed record ErrorEvent(string? Type, StatusObject? Object);

/// <summary>A v1 Status: error response of the API.</summary>
internal sealed record StatusObject(int Code, string? Message);

/// <summary>One object of any kind. Lists that its kind lacks stay null; parts that are null in the file are empty.</summary>
internal sealed record KubernetesObject : IJsonOnDeserialized
{
    /// <summary>Number of null entries that were removed from its lists.</summary>
    [JsonIgnore]
    public int Dropped { get; private set; }

    public string? Kind { get; set; }
    [AllowNull]
    public ObjectMetadata Metadata { get; set => field = value ?? new(); } = new();
    [AllowNull]
    public ObjectSpec Spec { get; set => field = value ?? new(); } = new();
    [AllowNull]
    public ObjectStatus Status { get; set => field = value ?? new(); } = new();

    /// <summary>EndpointSlice only.</summary>
    public List<SliceEndpoint>? Endpoints { get; set; }
    public List<PortEntry>? Ports { get; set; }

    void IJsonOnDeserialized.OnDeserialized() => Dropped = Nulls.Drop(Endpoints) + Nulls.Drop(Ports) + Nulls.Drop(Metadata.OwnerReferences) + Spec.DropNulls() + Status.DropNulls()
        + (Endpoints?.Sum(end => Nulls.Drop(end.Addresses)) ?? 0);
}

internal sealed record ObjectMetadata
{
    [AllowNull]
    public string Name { get; set => field = value ?? ""; } = "";
    [AllowNull]
    public string Namespace { get; set => field = value ?? ""; } = "";
    /// <summary>RFC 3339.</summary>
    public string? CreationTimestamp { get; set; }
    /// <summary>RFC 3339; time of the request to delete it.</summary>
    public string? DeletionTimestamp { get; set; }
    public string? ResourceVersion { get; set; }
    public Dictionary<string, string>? Labels { get; set; }
    public Dictionary<string, string>? Annotations { get; set; }
    public List<OwnerReference>? OwnerReferences { get; set; }
}

internal sealed record OwnerReference(string? Kind, string? Name, bool? Controller);

/// <summary>Specification of pods and Services.</summary>
internal sealed record ObjectSpec
{
    public string? NodeName { get; set; }
    public bool HostNetwork { get; set; }
    public List<ContainerEntry>? Containers { get; set; }

    [JsonPropertyName("clusterIP")]
    public string? ClusterIP { get; set; }
    [JsonPropertyName("clusterIPs")]
    public List<string>? ClusterIPs { get; set; }
    [JsonPropertyName("externalIPs")]
    public List<string>? ExternalIPs { get; set; }
    public List<PortEntry>? Ports { get; set; }

    /// <summary>NetworkAttachmentDefinition only: a text. In other kinds this name, like those below, may have another meaning.</summary>
    public JsonElement Config { get; set; }
    /// <summary>UserDefinedNetwork only.</summary>
    public JsonElement Topology { get; set; }
    public JsonElement Layer2 { get; set; }
    public JsonElement Layer3 { get; set; }
    public JsonElement Localnet { get; set; }
    /// <summary>ClusterUserDefinedNetwork only.</summary>
    public JsonElement Network { get; set; }

    internal int DropNulls() => Nulls.Drop(Containers) + Nulls.Drop(ClusterIPs) + Nulls.Drop(ExternalIPs) + Nulls.Drop(Ports) + (Containers?.Sum(container => Nulls.Drop(container.Ports)) ?? 0);
}

internal sealed record ContainerEntry(List<PortEntry>? Ports);

/// <summary>A port of a container, a Service or an EndpointSlice.</summary>
internal sealed record PortEntry
{
    public string? Name { get; set; }
    public string? Protocol { get; set; }
    public int? Port { get; set; }
    public int? ContainerPort { get; set; }
    public int? HostPort { get; set; }
    public int? NodePort { get; set; }
}

internal sealed record ObjectStatus
{
    public string? Phase { get; set; }
    [JsonPropertyName("podIP")]
    public string? PodIP { get; set; }
    [JsonPropertyName("podIPs")]
    public List<AddressEntry>? PodIPs { get; set; }
    [JsonPropertyName("hostIP")]
    public string? HostIP { get; set; }
    public List<NodeAddress>? Addresses { get; set; }
    public LoadBalancerStatus? LoadBalancer { get; set; }

    internal int DropNulls() => Nulls.Drop(PodIPs) + Nulls.Drop(Addresses) + Nulls.Drop(LoadBalancer?.Ingress);
}

internal sealed record AddressEntry(string? Ip);

internal sealed record NodeAddress(string? Type, string? Address);

internal sealed record LoadBalancerStatus(List<AddressEntry>? Ingress);

internal sealed record SliceEndpoint(List<string>? Addresses);

/// <summary>A null in a list is valid JSON, but no Kubernetes API writes one.</summary>
internal static class Nulls
{
    /// <summary>Removes nulls and returns their number.</summary>
    public static int Drop<T>(List<T>? list) where T : class => list?.RemoveAll(static entry => entry is null) ?? 0;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    ReadCommentHandling = JsonCommentHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(KubernetesList))]
[JsonSerializable(typeof(InventoryList))]
[JsonSerializable(typeof(WatchEvent))]
[JsonSerializable(typeof(ErrorEvent))]
[JsonSerializable(typeof(StatusObject))]
[JsonSerializable(typeof(Dictionary<string, JsonElement>))]
internal sealed partial class KubernetesJson : JsonSerializerContext;
