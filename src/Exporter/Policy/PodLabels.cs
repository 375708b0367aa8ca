using System.Text.Json;

namespace SFlow.Exporter.Policy;

/// <summary>A pod as policies see it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Workload">Its top owner as Kind/name.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="Ports">Ports that its containers declare: name, number, protocol.</param>
internal sealed record LabelledPod(string Name, string Workload, IReadOnlyDictionary<string, string> Labels, IReadOnlyList<(string Name, int Number, string Protocol)> Ports);

/// <summary>Finds labels that select a workload's pods, now and after its next rollout.</summary>
internal static class PodLabels
{
    /// <summary>Labels that change with a rollout or a release, or differ from pod to pod.</summary>
    private static readonly string[] passing =
    [
        "pod-template-hash", "controller-revision-hash", "pod-template-generation", "statefulset.kubernetes.io/pod-name", "apps.kubernetes.io/pod-index", "controller-uid", "job-name",
        "batch.kubernetes.io/controller-uid", "batch.kubernetes.io/job-name", "batch.kubernetes.io/job-completion-index", "app.kubernetes.io/version", "helm.sh/chart", "version", "deployment",
    ];

    /// <summary>Pods of a list that have an address of their own and run.</summary>
    /// <param name="items">Pods as JSON.</param>
    /// <param name="known">Workloads by name of the pod, as records have them.</param>
    public static IReadOnlyList<LabelledPod> Read(IEnumerable<JsonElement> items, Func<string, string?> known) =>
        [.. items.Where(pod => pod.Member("spec", "hostNetwork").ValueKind != JsonValueKind.True && pod.Text("status", "phase") is not ("Succeeded" or "Failed"))
            .Select(pod => new LabelledPod(pod.Text("metadata", "name"), known(pod.Text("metadata", "name")) ?? OwnerOf(pod), pod.Pairs("metadata", "labels"), Ports(pod)))];

    /// <summary>The labels that all of these pods have with the same value and keep; empty if there are none.</summary>
    public static SortedDictionary<string, string> Common(IReadOnlyList<LabelledPod> pods)
    {
        SortedDictionary<string, string> common = new(StringComparer.Ordinal);
        if (pods.Count == 0) return common;
        foreach ((string name, string value) in pods[0].Labels)
            if (!passing.Contains(name) && pods.All(pod => pod.Labels.TryGetValue(name, out string? other) && other == value)) common.Add(name, value);
        return common;
    }

    public static bool Has(LabelledPod pod, IEnumerable<KeyValuePair<string, string>> labels) => labels.All(pair => pod.Labels.TryGetValue(pair.Key, out string? value) && value == pair.Value);

    /// <summary>Deployment rather than ReplicaSet, whose name ends with the hash that its pods have as label.</summary>
    private static string OwnerOf(JsonElement pod)
    {
        foreach (JsonElement owner in pod.List("metadata", "ownerReferences"))
        {
            if (owner.Member("controller").ValueKind != JsonValueKind.True) continue;
            string kind = owner.Text("kind"), name = owner.Text("name");
            string hash = pod.Pairs("metadata", "labels").GetValueOrDefault("pod-template-hash", "");
            return kind == "ReplicaSet" && hash.Length > 0 && name.EndsWith("-" + hash, StringComparison.Ordinal) ? $"Deployment/{name[..^(hash.Length + 1)]}" : $"{kind}/{name}";
        }
        return $"Pod/{pod.Text("metadata", "name")}";
    }

    private static List<(string, int, string)> Ports(JsonElement pod) =>
        [.. pod.List("spec", "containers").SelectMany(container => container.List("ports")).Select(port => (port.Text("name"), port.Number("containerPort"), port.Text("protocol") is { Length: > 0 } protocol ? protocol : "TCP"))];
}
