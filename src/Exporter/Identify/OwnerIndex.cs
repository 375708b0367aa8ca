namespace SFlow.Exporter.Identify;

/// <summary>From a pod to the workload that people know: Deployment rather than ReplicaSet, CronJob rather than Job.</summary>
internal sealed class OwnerIndex
{
    private readonly Dictionary<(string, string, string), OwnerReference> controllers = [];

    public OwnerIndex(IEnumerable<KubernetesObject> replicaSetsAndJobs)
    {
        foreach (KubernetesObject item in replicaSetsAndJobs)
            if (Controller(item) is OwnerReference owner) controllers.TryAdd((item.Metadata.Namespace, item.Kind!, item.Metadata.Name), owner);
    }

    public (string Kind, string Name) TopOwner(KubernetesObject pod)
    {
        if (Controller(pod) is not { Kind: string kind, Name: string name } || kind == "Node") return ("Pod", pod.Metadata.Name);
        if (controllers.TryGetValue((pod.Metadata.Namespace, kind, name), out OwnerReference? above)) return (above.Kind!, above.Name!);
        // Without the ReplicaSet itself its name still tells the Deployment: NAME-HASH, the hash being a label of the pod.
        if (kind == "ReplicaSet" && pod.Metadata.Labels?.GetValueOrDefault("pod-template-hash") is { Length: > 0 } hash
            && name.EndsWith("-" + hash, StringComparison.Ordinal))
            return ("Deployment", name[..^(hash.Length + 1)]);
        return (kind, name);
    }

    private static OwnerReference? Controller(KubernetesObject item) =>
        item.Metadata.OwnerReferences?.FirstOrDefault(owner => owner is { Controller: true, Kind: not null, Name: not null });
}
