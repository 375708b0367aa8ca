using System.Security.Cryptography.X509Certificates;
using k8s;
using k8s.Authentication;
using SFlow.Exporter.Options;

namespace SFlow.Exporter.Identify.Kubernetes;

/// <summary>Finds the Kubernetes API for the options.</summary>
internal static class KubernetesAccess
{
    private const string ServiceAccount = "/var/run/secrets/kubernetes.io/serviceaccount";

    /// <summary>Configuration of the API, or null if names come from elsewhere.</summary>
    public static Func<IKubernetesApi>? Find(KubernetesOptions options, IdentifyOptions identify) => options.Source switch
    {
        "off" => null,
        "kubeconfig" => () => Kubeconfig(options.Kubeconfig()),
        "in-cluster" => () => InCluster(ServiceAccount),
        _ when identify.Inventory.Length > 0 => null,
        _ when options.Kubeconfig().Length > 0 => () => Kubeconfig(options.Kubeconfig()),
        _ when !IsInCluster => null,
        _ => () => InCluster(ServiceAccount),
    };

    private static bool IsInCluster => Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_HOST") is { Length: > 0 } && File.Exists(Path.Combine(ServiceAccount, "token"));

    public static IKubernetesApi Kubeconfig(string file) => new KubernetesClientApi(() => KubernetesClientConfiguration.BuildConfigFromConfigFile(file));

    /// <param name="folder">Folder of the token and authority of the service account.</param>
    public static IKubernetesApi InCluster(string folder) => new KubernetesClientApi(() =>
    {
        string host = Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_HOST") ?? throw new InvalidOperationException("KUBERNETES_SERVICE_HOST is not set");
        string port = Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_PORT") ?? "443";
        X509Certificate2Collection authorities = [];
        authorities.ImportFromPemFile(Path.Combine(folder, "ca.crt"));
        return new KubernetesClientConfiguration
        {
            Host = host.Contains(':') ? $"https://[{host}]:{port}" : $"https://{host}:{port}",
            SslCaCerts = authorities,
            TokenProvider = new TokenFileAuth(Path.Combine(folder, "token")),
        };
    });
}
