using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify.Kubernetes;

/// <summary>A kind of objects that names come from.</summary>
/// <param name="Kind">As Kubernetes writes it.</param>
/// <param name="Group">API group; empty for the core.</param>
/// <param name="Plural">Name of the resource in paths and in RBAC rules.</param>
/// <param name="MetadataOnly">True where nothing but the metadata is wanted.</param>
/// <param name="Required">False where names can be had without it, if less well.</param>
internal sealed record KubernetesResource(string Kind, string Group, string Plural, bool MetadataOnly, bool Required)
{
    public static IReadOnlyList<KubernetesResource> All { get; } =
    [
        new("Node", "", "nodes", false, true),
        new("Service", "", "services", false, true),
        new("EndpointSlice", "discovery.k8s.io", "endpointslices", false, true),
        new("Pod", "", "pods", false, true),
        // Without these a pod's workload is guessed from its ReplicaSet's name, and a Job stands for its CronJob.
        new("ReplicaSet", "apps", "replicasets", true, false),
        new("Job", "batch", "jobs", true, false),
        // Names don't need it: it tells since when a namespace exists, whose it is, and that it is being deleted.
        new("Namespace", "", "namespaces", true, false),
        // Kinds that a cluster has only where somebody installed them: they tell how networks besides the default one are called, and their subnets.
        new("NetworkAttachmentDefinition", "k8s.cni.cncf.io", "network-attachment-definitions", false, false) { Installed = false },
        new("UserDefinedNetwork", "k8s.ovn.org", "userdefinednetworks", false, false) { Installed = false },
        new("ClusterUserDefinedNetwork", "k8s.ovn.org", "clusteruserdefinednetworks", false, false) { Installed = false },
    ];

    /// <summary>False for a kind that many clusters do not have, nor the right to read it: then there is nothing to say.</summary>
    public bool Installed { get; init; } = true;

    public string Path => Group.Length == 0 ? $"/api/v1/{Plural}" : $"/apis/{Group}/v1/{Plural}";

    /// <summary>Whether names can be had in spite of this: the kind may not be read, or there is no such kind.</summary>
    public bool CanDoWithout(ApiFault fault) => !Required && (fault == ApiFault.Forbidden || fault == ApiFault.NotFound && !Installed);

    public string Accept(bool list) => !MetadataOnly ? "application/json"
        : $"application/json;as=PartialObjectMetadata{(list ? "List" : "")};g=meta.k8s.io;v=v1, application/json";
}
