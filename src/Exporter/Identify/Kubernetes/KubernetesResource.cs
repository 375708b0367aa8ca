using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify.Kubernetes;

/// <summary>A kind of Kubernetes objects that provides names.</summary>
/// <param name="Kind">As Kubernetes writes it.</param>
/// <param name="Group">API group; empty for the core.</param>
/// <param name="Plural">Name of the resource in paths and in RBAC rules.</param>
/// <param name="MetadataOnly">Whether only the metadata is read.</param>
/// <param name="Required">False if names are available without it, with less detail.</param>
internal sealed record KubernetesResource(string Kind, string Group, string Plural, bool MetadataOnly, bool Required)
{
    public static IReadOnlyList<KubernetesResource> All { get; } =
    [
        new("Node", "", "nodes", false, true),
        new("Service", "", "services", false, true),
        new("EndpointSlice", "discovery.k8s.io", "endpointslices", false, true),
        new("Pod", "", "pods", false, true),
        // Without these, the workload of a pod comes from the name of its ReplicaSet, and a Job is shown instead of its CronJob.
        new("ReplicaSet", "apps", "replicasets", true, false),
        new("Job", "batch", "jobs", true, false),
        // Names do not need it. It has the age, the requester and the deletion of a namespace.
        new("Namespace", "", "namespaces", true, false),
        // Optional kinds: names and subnets of networks besides the default one.
        new("NetworkAttachmentDefinition", "k8s.cni.cncf.io", "network-attachment-definitions", false, false) { Installed = false },
        new("UserDefinedNetwork", "k8s.ovn.org", "userdefinednetworks", false, false) { Installed = false },
        new("ClusterUserDefinedNetwork", "k8s.ovn.org", "clusteruserdefinednetworks", false, false) { Installed = false },
    ];

    /// <summary>False for a kind that many clusters lack or forbid to read: then nothing is logged.</summary>
    public bool Installed { get; init; } = true;

    public string Path => Group.Length == 0 ? $"/api/v1/{Plural}" : $"/apis/{Group}/v1/{Plural}";

    /// <summary>Whether names are available despite this fault: the kind is forbidden or does not exist.</summary>
    public bool CanDoWithout(ApiFault fault) => !Required && (fault == ApiFault.Forbidden || fault == ApiFault.NotFound && !Installed);

    public string Accept(bool list) => !MetadataOnly ? "application/json"
        : $"application/json;as=PartialObjectMetadata{(list ? "List" : "")};g=meta.k8s.io;v=v1, application/json";
}
