using System.ComponentModel.DataAnnotations;

namespace SFlow.Exporter.Options;

/// <summary>Section <c>Kubernetes</c>: the cluster's API as the source of names.</summary>
internal sealed class KubernetesOptions
{
    /// <summary>Environment variable of kubectl: kubeconfig files, separated as in PATH.</summary>
    public const string KubeconfigVariable = "KUBECONFIG";

    [Option("--kubernetes", "Where the Kubernetes API is found: auto (a kubeconfig or an inventory where one is named, else KUBECONFIG, else the pod's own cluster, else nowhere), off, in-cluster or kubeconfig.")]
    [RegularExpression("auto|off|in-cluster|kubeconfig")]
    public string Source { get; set; } = "auto";

    [Option("--kubeconfig", "Kubeconfig file; its current context is used. Empty: the first existing file of the environment variable KUBECONFIG.")]
    public string File { get; set; } = "";

    [Option("--remember-age", "Time for which an address keeps its last owner, and earlier ones are known to explain, as d.hh:mm:ss.")]
    [TimeRange("00:00:10", "30.00:00:00")]
    public TimeSpan RememberAge { get; set; } = TimeSpan.FromHours(6);

    [Option("--remember-addresses", "Former owners of addresses remembered at most; the oldest go first.")]
    [Range(0, 10_000_000)]
    public int RememberAddresses { get; set; } = 50_000;

    /// <summary>The kubeconfig to use: the named one, else the first file of <c>KUBECONFIG</c> that exists (files are not merged), else empty.</summary>
    public string Kubeconfig() => File.Length > 0 ? File
        : (Environment.GetEnvironmentVariable(KubeconfigVariable) ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .FirstOrDefault(System.IO.File.Exists, "");
}
