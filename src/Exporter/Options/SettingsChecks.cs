using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Options;

/// <summary>What one value alone does not show: texts with a form of their own, and options that need each other.</summary>
internal static class SettingsChecks
{
    public static IEnumerable<string> Problems(Settings settings) =>
        Networks(settings).Concat(ElasticsearchChecks.Problems(settings.Elasticsearch)).Concat(Addresses(settings)).Concat(Files(settings)).Concat(Kubernetes(settings)).Concat(Hosts(settings.Http)).Concat(Links(settings.Http));

    private static IEnumerable<string> Networks(Settings settings)
    {
        (string Key, string Value)[] lists =
        [
            ("Identify:OvnJoin", settings.Identify.OvnJoin),
            ("Identify:OvnTransit", settings.Identify.OvnTransit),
            ("Identify:OvnMasquerade", settings.Identify.OvnMasquerade),
        ];
        foreach ((string key, string value) in lists)
            if (!Prefix.TryParseList(value, out _, out string wrong))
                yield return $"{key} contains \"{wrong}\". Set it to CIDRs such as 10.128.0.0/14 or fd01::/48, separated by commas.";

        if (!AgentAllowance.TryParse(settings.Agents.Allowed, out _, out string bad))
            yield return $"Agents:Allowed contains \"{bad}\". Set it to {AgentAllowance.Form}.";

        string? problem = null;
        try
        {
            NamedNetworks.Parse(settings.Identify.Networks);
        }
        catch (FormatException fault)
        {
            problem = fault.Message;
        }
        if (problem is not null) yield return $"Identify:Networks: {problem}";
    }

    private static IEnumerable<string> Addresses(Settings settings)
    {
        (string Key, string Value)[] addresses = [("Receive:Address", settings.Receive.Address), ("Http:Address", settings.Http.ListenAddress())];
        foreach ((string key, string value) in addresses)
            if (!Address.TryParse(value, out _)) yield return $"{key} is \"{value}\". Set it to a local address such as ::, 0.0.0.0 or 127.0.0.1.";
    }

    private static IEnumerable<string> Hosts(HttpOptions options)
    {
        foreach (string name in options.AllowedHosts.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            if (name != "*" && Uri.CheckHostName(name.StartsWith("*.", StringComparison.Ordinal) ? name[2..] : name) == UriHostNameType.Unknown)
                yield return $"Http:AllowedHosts contains \"{name}\". Set it to host names such as sflow.example.com or *.example.com, without scheme and port and separated by commas, or to * for all.";
    }

    private static IEnumerable<string> Links(HttpOptions options)
    {
        (string Key, string Value)[] links = [("Http:KibanaUrl", options.KibanaUrl), ("Http:GrafanaUrl", options.GrafanaUrl)];
        foreach ((string key, string value) in links)
            if (value.Length > 0 && !HttpUrl.TryParse(value, out _))
                yield return $"{key} is \"{value}\". Set it to an http or https URL without user and password, such as https://kibana.example.com.";
    }

    private static IEnumerable<string> Files(Settings settings)
    {
        foreach (string file in settings.Identify.GeoipFiles())
            if (!File.Exists(file)) yield return $"Identify:GeoipDatabase names \"{file}\", and there is no such file. Correct the path, or create the file.";
        (string Key, string Value)[] files = [("Identify:Inventory", settings.Identify.Inventory), ("Kubernetes:File", settings.Kubernetes.File)];
        foreach ((string key, string value) in files)
            if (value.Length > 0 && !File.Exists(value)) yield return $"{key} is \"{value}\", and there is no such file. Correct the path, or create the file.";
    }

    private static IEnumerable<string> Kubernetes(Settings settings)
    {
        KubernetesOptions options = settings.Kubernetes;
        if (options.Source == "kubeconfig" && options.Kubeconfig().Length == 0)
        {
            string? variable = Environment.GetEnvironmentVariable(KubernetesOptions.KubeconfigVariable);
            yield return string.IsNullOrEmpty(variable) ? "Kubernetes:Source is kubeconfig, and no file is named. Set Kubernetes:File or the environment variable KUBECONFIG."
                : $"Kubernetes:Source is kubeconfig, and no file of KUBECONFIG exists ({variable}). Set Kubernetes:File to a file that exists.";
        }
        if (options.Source is "off" or "in-cluster" && options.File.Length > 0)
            yield return $"Kubernetes:Source is {options.Source}, and Kubernetes:File names a kubeconfig. Remove one of them.";
        if (settings.Identify.Inventory.Length > 0 && (options.File.Length > 0 || options.Source is "in-cluster" or "kubeconfig"))
            yield return "Identify:Inventory and a Kubernetes API are both set. Remove one of them.";
        if (options.Source == "in-cluster" && Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_HOST") is null or "")
            yield return "Kubernetes:Source is in-cluster, and KUBERNETES_SERVICE_HOST is not set. Run the exporter in a pod, or set Kubernetes:File to a kubeconfig.";
    }
}
