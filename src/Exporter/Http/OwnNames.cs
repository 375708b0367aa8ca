using System.Net;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Http;

/// <summary>
/// Names of this machine, its pod and its Services that outsiders cannot register: localhost, the host name with the search domains of the
/// resolver, its names in the hosts file, and the Services of its namespace.
/// </summary>
internal sealed class OwnNames
{
    /// <summary>Maximum bytes of a file.</summary>
    private const long Longest = 1 << 20;

    private const string HostsFile = "/etc/hosts", ResolverFile = "/etc/resolv.conf";
    private const string NamespaceFile = "/var/run/secrets/kubernetes.io/serviceaccount/namespace";

    /// <summary>Services of <c>deploy/base</c>.</summary>
    private static readonly string[] Services = ["sflow-exporter", "sflow-exporter-metrics"];

    private readonly HashSet<string> names = new(StringComparer.OrdinalIgnoreCase) { "localhost" };
    private readonly HashSet<string> clusterDomains = new(StringComparer.OrdinalIgnoreCase) { "cluster.local" };
    private readonly string podNamespace;

    /// <param name="hostName">As <c>hostname</c> prints it.</param>
    /// <param name="hosts">Text of the hosts file.</param>
    /// <param name="resolver">Text of the resolver's configuration.</param>
    /// <param name="podNamespace">Namespace of the pod; empty outside of one.</param>
    public OwnNames(string hostName, string hosts, string resolver, string podNamespace)
    {
        this.podNamespace = podNamespace.Trim();
        string[] domains = [.. Lines(resolver).Where(words => words[0] is "search" or "domain").SelectMany(words => words.Skip(1)).Select(domain => domain.Trim('.'))];
        string shortName = hostName.Split('.')[0];
        names.UnionWith([hostName, shortName, .. domains.Select(domain => $"{shortName}.{domain}")]);
        foreach (string[] words in Lines(hosts))
            if (words.Skip(1).Any(word => word.Equals(hostName, StringComparison.OrdinalIgnoreCase) || word.Equals(shortName, StringComparison.OrdinalIgnoreCase))) names.UnionWith(words.Skip(1));
        names.UnionWith(Services);
        if (this.podNamespace.Length > 0) names.UnionWith(Services.Select(service => $"{service}.{this.podNamespace}"));
        clusterDomains.UnionWith(domains.Where(domain => domain.StartsWith("svc.", StringComparison.OrdinalIgnoreCase)).Select(domain => domain[4..]));
        names.Remove("");
    }

    public static OwnNames OfThisMachine() => new(Dns.GetHostName(), Text(HostsFile), Text(ResolverFile), Text(NamespaceFile));

    public bool Contains(string host) => names.Contains(host) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase) || IsService(host);

    /// <summary>NAME.NAMESPACE.svc, with or without the cluster domain: every Service of our namespace, and our Services in any namespace.</summary>
    private bool IsService(string host)
    {
        string[] labels = host.Split('.', 4);
        return labels.Length >= 3 && labels[2].Equals("svc", StringComparison.OrdinalIgnoreCase)
            && (labels.Length == 3 || clusterDomains.Contains(labels[3]))
            && (labels[1].Equals(podNamespace, StringComparison.OrdinalIgnoreCase) || Services.Contains(labels[0], StringComparer.OrdinalIgnoreCase));
    }

    private static IEnumerable<string[]> Lines(string text) =>
        text.Split('\n').Select(line => line.Split('#')[0].Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries)).Where(words => words.Length > 1);

    private static string Text(string file)
    {
        try
        {
            using StreamReader reader = new(RegularFile.Open(file, Longest));
            return reader.ReadToEnd();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
