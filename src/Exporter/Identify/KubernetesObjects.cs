using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SFlow.Exporter.Identify;

/// <summary>A v1 List as kubectl prints it; only what names and addresses need is read.</summary>
internal sealed record KubernetesList(string? Kind, List<KubernetesObject>? Items, ListMetadata? Metadata = null) : IJsonOnDeserialized
{
    void IJsonOnDeserialized.OnDeserialized() => Nulls.Drop(Items);
}

/// <param name="ResourceVersion">The moment that the list shows.</param>
/// <param name="Continue">Where the next page begins; empty on the last one.</param>
internal sealed record ListMetadata(string? ResourceVersion, string? Continue);

/// <summary>A line of a watch: ADDED, MODIFIED, DELETED, or BOOKMARK, which only moves the resource version on.</summary>
internal sealed record WatchEvent(string? Type, KubernetesObject? Object);

/// <summary>A line of a watch that ends it.</summary>
internal sealed record ErrorEvent(string? Type, StatusObject? Object);

/// <summary>A v1 Status: what the API says in place of what was asked for.</summary>
internal sealed record StatusObject(int Code, string? Message);

/// <summary>One object of any kind; lists that its kind does not have stay null, parts that are null in the file are empty.</summary>
internal sealed record KubernetesObject : IJsonOnDeserialized
{
    /// <summary>Entries of its lists that were null, and are not there any more.</summary>
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
    /// <summary>RFC 3339; when its deletion was asked for.</summary>
    public string? DeletionTimestamp { get; set; }
    public string? ResourceVersion { get; set; }
    public Dictionary<string, string>? Labels { get; set; }
    public Dictionary<string, string>? Annotations { get; set; }
    public List<OwnerReference>? OwnerReferences { get; set; }
}

internal sealed record OwnerReference(string? Kind, string? Name, bool? Controller);

/// <summary>What pods and Services say of themselves.</summary>
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

    /// <summary>NetworkAttachmentDefinition only: a text. Other kinds may have something else of that name, as of those below.</summary>
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

/// <summary>A null in a list is JSON, though no Kubernetes API writes one.</summary>
internal static class Nulls
{
    /// <summary>Takes them out; returns how many there were.</summary>
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
