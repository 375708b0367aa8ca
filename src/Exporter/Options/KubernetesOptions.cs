using System.ComponentModel.DataAnnotations;

namespace SFlow.Exporter.Options;

/// <summary>Section <c>Kubernetes</c>: the cluster's API as the source of names.</summary>
internal sealed class KubernetesOptions
{
    /// <summary>Environment variable of kubectl: kubeconfig files, separated as in PATH.</summary>
    public const string KubeconfigVariable = "KUBECONFIG";

    [Option("--kubernetes", "Find the Kubernetes API by this method: auto, off, in-cluster or kubeconfig. auto takes the first of: the named kubeconfig or inventory, KUBECONFIG, the pod's own cluster. If there is none of them, auto reads no API.", IsCommon = true, Placeholder = "METHOD")]
    [RegularExpression("auto|off|in-cluster|kubeconfig")]
    public string Source { get; set; } = "auto";

    [Option("--kubeconfig", "Use the current context of this kubeconfig file. Empty takes the first existing file of the environment variable KUBECONFIG.", IsCommon = true, Placeholder = "FILE")]
    public string File { get; set; } = "";

    [Option("--cluster-name", "Name the cluster in documents for Elasticsearch (orchestrator.cluster.name). Empty takes the environment variable CLUSTER_NAME.", Placeholder = "NAME")]
    public string ClusterName { get; set; } = "";

    [Option("--remember-age", "Remember previous owners of an address for this time (late samples, `explain`).")]
    [DurationRange("10s", "30d")]
    public TimeSpan RememberAge { get; set; } = TimeSpan.FromHours(6);

    [Option("--remember-addresses", "Maximum previous owners of addresses that are remembered. The oldest are evicted first. 0 remembers none.")]
    [Range(0, 10_000_000)]
    public int RememberAddresses { get; set; } = 50_000;

    /// <summary>The kubeconfig to use: the named one, else the first file of <c>KUBECONFIG</c> that exists (files are not merged), else empty.</summary>
    public string Kubeconfig() => File.Length > 0 ? File
        : (Environment.GetEnvironmentVariable(KubeconfigVariable) ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .FirstOrDefault(System.IO.File.Exists, "");
}
