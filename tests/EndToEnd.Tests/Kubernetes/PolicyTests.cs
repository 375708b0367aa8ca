using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using SFlow.EndToEnd.Tests.Services;
using SFlow.Tests;

namespace SFlow.EndToEnd.Tests.Kubernetes;

/// <summary>
/// <c>policy suggest</c> for the traffic of a real OVN capture. A real API server takes the policies with strict validation, and an evaluator of our own
/// compares them with what packet sockets on the pods' interfaces saw.
/// </summary>
public sealed class PolicyTests(ITestOutputHelper output) : IDisposable
{
    private static readonly string capture = Path.Combine(SharedFolder.Repository, "tests", "captures", "ovn-s1-svc");
    private static readonly string[] spaces = ["openshift-monitoring", "openshift-dns", "shop"];
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("sflow-policy-");

    /// <summary>A new connection of the truth, as the pod of its server received it.</summary>
    private readonly record struct Connection(string Client, int ClientPort, string Server, string Protocol, int Port);

    [Fact]
    public async Task Seen_connections_are_allowed_others_are_not_and_the_api_server_takes_the_policies()
    {
        await using KubeApiServer server = await KubeApiServer.StartAsync();
        await using ExporterProcess exporter = await ExporterProcess.StartAsync("run", "--inventory", Inventory());
        await ReplayAsync(exporter);
        List<JsonNode> policies = [];
        foreach (string space in spaces)
        {
            string yaml = await SuggestAsync(exporter, space);
            await server.KubectlAsync("", "create", "namespace", space);
            JsonNode taken = JsonNode.Parse(await server.KubectlAsync(yaml, "apply", "--server-side", "--dry-run=server", "--validate=strict", "-o", "json", "-f", "-"))!;
            policies.AddRange(taken["items"]?.AsArray().Select(one => one!) ?? [taken]);
        }
        // grafana, prometheus, dns-default, checkout.
        Assert.Equal(4, policies.Count);

        Connection[] seen = Truth();
        NetworkPolicies rules = new(policies, Pods());
        Assert.Equal([], seen.Where(one => !rules.Allow(one.Client, one.Server, one.Protocol, one.Port)));
        // A reply is no permission to connect back, neither to the port of the client nor to that of the server.
        Connection[] back = [.. seen.SelectMany(one => (Connection[])[new(one.Server, 0, one.Client, one.Protocol, one.ClientPort), new(one.Server, 0, one.Client, one.Protocol, one.Port)])];
        Assert.Equal([], back.Where(one => rules.Allow(one.Client, one.Server, one.Protocol, one.Port)));
        // All other pairs of pods at all ports of the truth.
        string[] pods = [.. Pods().Where(pod => spaces.Contains(pod.Namespace)).Select(pod => pod.Address)];
        // A policy is for all pods of a workload, which have the same label here.
        Dictionary<string, string> workloads = Pods().ToDictionary(pod => pod.Address, pod => $"{pod.Namespace}/{pod.Labels["app"]}");
        string WorkloadOf(string address) => workloads.GetValueOrDefault(address, address);
        HashSet<(string, string, string, int)> known = [.. seen.Select(one => (WorkloadOf(one.Client), WorkloadOf(one.Server), one.Protocol, one.Port))];
        (string Client, string Server, string Protocol, int Port)[] others =
            [.. from client in pods from to in pods where client != to from one in seen where one.Port != 5353 && !known.Contains((WorkloadOf(client), WorkloadOf(to), one.Protocol, one.Port)) select (client, to, one.Protocol, one.Port)];
        Assert.Equal([], others.Where(one => rules.Allow(one.Client, one.Server, one.Protocol, one.Port)));
        output.WriteLine($"{policies.Count} policies; {seen.Length} connections allowed, {back.Length} back and {others.Length} others denied");
        Assert.True(seen.Length >= 10 && others.Length > 100);
    }

    [Fact]
    public async Task Evidence_doubt_and_unused_rules_are_in_the_answer()
    {
        await using ExporterProcess exporter = await ExporterProcess.StartAsync("run", "--inventory", Inventory());
        await ReplayAsync(exporter);
        string yaml = await SuggestAsync(exporter, "openshift-monitoring");
        // Packet sockets counted 41 requests and 51 replies between grafana and prometheus: at a sampling rate of 1, on one node, each is a sample.
        Assert.Contains("port: 9090 }   # 92 samples, ", yaml, StringComparison.Ordinal);
        Assert.Contains("Sampling can't prove that a connection does not exist", yaml, StringComparison.Ordinal);
        Assert.Contains("Rules of existing policies that no seen connection used:\n#   known: ingress rule 2\n#   known: egress rule 1\n", yaml, StringComparison.Ordinal);
        Assert.DoesNotContain("known: ingress rule 1", yaml, StringComparison.Ordinal);
        // The API server: the only Service that this pod calls outside the pod network, and DNS beside it.
        Assert.Contains("cidr: \"192.168.100.200/32\"", yaml, StringComparison.Ordinal);
        Assert.Contains("port: 5353", yaml, StringComparison.Ordinal);

        (int code, _, string errors) = await ExporterProcess.RunAsync("policy", "suggest", "Shop", "--url", exporter.Address.ToString());
        Assert.Equal(1, code);
        Assert.Contains("lower-case letters", errors, StringComparison.Ordinal);
        string empty = await SuggestAsync(exporter, "nothing-here");
        Assert.Contains("Nothing can be suggested", empty, StringComparison.Ordinal);
        Assert.DoesNotContain("kind:", empty, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_absent_right_to_list_policies_is_named_and_the_role_of_the_base_is_enough()
    {
        await using KubeApiServer server = await KubeApiServer.StartAsync();
        await server.KubectlAsync("", "create", "namespace", "sflow");
        await server.KubectlAsync("", "-n", "sflow", "create", "serviceaccount", "sflow-exporter");
        await server.KubectlAsync("", "create", "clusterrole", "narrow", "--verb=list,watch", "--resource=pods,services,nodes,namespaces,endpointslices.discovery.k8s.io");
        await server.KubectlAsync("", "create", "clusterrolebinding", "narrow", "--clusterrole=narrow", "--serviceaccount=sflow:sflow-exporter");
        await using ExporterProcess exporter = await ExporterProcess.StartAsync("run", "--kubeconfig", await KubeconfigAsync(server));
        Assert.Contains("grant the verb list on networkpolicies of API group \"networking.k8s.io\"", await SuggestAsync(exporter, "sflow"), StringComparison.Ordinal);
        await server.KubectlAsync("", "apply", "-f", Path.Combine(SharedFolder.Repository, "deploy", "base", "rbac.yaml"));
        // The authorizer of the API server learns of a new role within a moment.
        string answer = "";
        for (int attempt = 0; attempt < 50 && !answer.Contains("or there are none", StringComparison.Ordinal); attempt++)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
            answer = await SuggestAsync(exporter, "sflow");
        }
        Assert.Contains("or there are none", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("can't be read", answer, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private async Task<string> SuggestAsync(ExporterProcess exporter, string space)
    {
        (int code, string said, string errors) = await ExporterProcess.RunAsync("policy", "suggest", space, "--url", exporter.Address.ToString());
        output.WriteLine(said + errors);
        Assert.True(code == 0, errors);
        return said;
    }

    private static async Task ReplayAsync(ExporterProcess exporter)
    {
        (int code, _, string errors) = await ExporterProcess.RunAsync("replay", capture + ".pcap", "--to", $"127.0.0.1:{exporter.Port}", "--rate", "500");
        Assert.True(code == 0, errors);
        await exporter.WaitForAsync(metrics => metrics["sflow_exporter_samples_decoded_total{sample_type=\"flow\"}"] is > 800 and var decoded
            && metrics["sflow_exporter_records_total{sink=\"store\",outcome=\"written\"}"] >= decoded, TimeSpan.FromSeconds(30));
    }

    /// <summary>The inventory of the capture with a policy that has used and unused rules.</summary>
    private string Inventory()
    {
        JsonNode list = JsonNode.Parse(File.ReadAllText(capture + ".inventory.json"))!;
        list["items"]!.AsArray().Add(JsonNode.Parse("""
            {"kind":"NetworkPolicy","apiVersion":"networking.k8s.io/v1","metadata":{"name":"known","namespace":"openshift-monitoring"},
             "spec":{"podSelector":{"matchExpressions":[{"key":"app","operator":"In","values":["prometheus-k8s",null]}]},"policyTypes":["Ingress","Egress"],
              "ingress":[{"from":[null,{"podSelector":{"matchLabels":{"app":"grafana"}}}],"ports":[{"port":9000,"endPort":9100}]},
                         {"from":[{"namespaceSelector":{"matchLabels":{"kubernetes.io/metadata.name":"shop"}}}]}],
              "egress":[{"to":[{"ipBlock":{"cidr":"0.0.0.0/0","except":["192.168.100.0/24"]}}]},{}]}}
            """));
        string file = Path.Combine(folder.FullName, "inventory.json");
        File.WriteAllText(file, list.ToJsonString());
        return file;
    }

    private static PolicyPod[] Pods() =>
        [.. JsonNode.Parse(File.ReadAllText(capture + ".inventory.json"))!["items"]!.AsArray().Where(item => item!["kind"]!.GetValue<string>() == "Pod" && item["spec"]!["hostNetwork"]?.GetValue<bool>() != true)
            .Select(pod => new PolicyPod(pod!["metadata"]!["namespace"]!.GetValue<string>(), pod["metadata"]!["name"]!.GetValue<string>(), pod["status"]!["podIP"]!.GetValue<string>(),
                pod["metadata"]!["labels"]!.AsObject().ToDictionary(label => label.Key, label => label.Value!.GetValue<string>())))];

    /// <summary>Requests as the servers behind the Services received them, and those that left the pod network.</summary>
    private static Connection[] Truth()
    {
        using JsonDocument truth = JsonDocument.Parse(File.ReadAllText(capture + ".truth.json"));
        HashSet<string> backends = [.. truth.RootElement.GetProperty("extra").GetProperty("services").EnumerateArray().SelectMany(service => service.GetProperty("backends").EnumerateArray()).Select(backend => backend.GetString()!)];
        List<Connection> found = [];
        foreach (JsonElement flow in truth.RootElement.GetProperty("flows").EnumerateArray())
        {
            string Text(string name) => flow.GetProperty(name).GetString()!;
            if (Text("dir") != "rx" || !backends.Contains(string.Create(CultureInfo.InvariantCulture, $"{Text("dst")}:{flow.GetProperty("dport").GetInt32()}"))) continue;
            // The node translated the source of what left it: prometheus is the only client of that Service.
            string client = Text("pod") == "ext" ? "10.128.0.6" : Text("src");
            found.Add(new Connection(client, flow.GetProperty("sport").GetInt32(), Text("dst"), Text("proto").ToUpperInvariant(), flow.GetProperty("dport").GetInt32()));
        }
        return [.. found];
    }

    private async Task<string> KubeconfigAsync(KubeApiServer server)
    {
        string token = (await server.ControlAsync("token", "sflow-exporter", "sflow", "3600")).Trim(), file = Path.Combine(folder.FullName, "kubeconfig");
        await File.WriteAllTextAsync(file, $$"""
            apiVersion: v1
            kind: Config
            current-context: main
            contexts: [{ name: main, context: { cluster: main, user: main } }]
            clusters: [{ name: main, cluster: { server: "https://127.0.0.1:{{server.Port}}", certificate-authority: "{{server.Authority}}" } }]
            users: [{ name: main, user: { token: "{{token}}" } }]
            """);
        return file;
    }
}
