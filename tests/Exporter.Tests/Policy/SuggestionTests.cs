using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Policy;
using static SFlow.Exporter.Tests.Policy.KnownCluster;

namespace SFlow.Exporter.Tests.Policy;

/// <summary>What a suggestion allows, and what it says when it can't know.</summary>
public sealed class SuggestionTests
{
    private readonly KnownCluster cluster = new();

    [Fact]
    public async Task Requests_and_replies_are_one_rule_and_labels_of_a_rollout_are_left_out()
    {
        cluster.See(Shop, 40_000, Database, 5432, ServerEnd.Destination, times: 3);
        cluster.See(Database, 5432, Shop, 40_000, ServerEnd.Source, times: 4);
        Suggestion found = await cluster.SuggestAsync("shop");
        Assert.Equal(["sflow-web", "sflow-db"], found.Policies.Select(policy => policy.Name));
        SuggestedPolicy web = found.Policies[0], database = found.Policies[1];
        Assert.Equal(new Dictionary<string, string> { ["app"] = "web" }, web.Labels);
        Assert.Equal(new Dictionary<string, string> { ["app"] = "db" }, database.Labels);
        Assert.Empty(web.Ingress);
        Assert.Empty(database.Egress);
        RulePort port = Assert.Single(Assert.Single(database.Ingress).Ports);
        Assert.Equal(("TCP", 5432, 7L), (port.Protocol, port.Number, port.Evidence!.Samples));
        Assert.Equal(6 * UnixTime.Second, port.Evidence.Last - port.Evidence.First);
        Assert.Equal(5432, Assert.Single(Assert.Single(web.Egress).Ports).Number);
    }

    [Fact]
    public async Task A_Service_is_its_pods_at_their_own_port()
    {
        cluster.See(Shop, 40_000, Service("bank", "ledger"), 443, ServerEnd.Destination);
        SuggestedRule rule = Assert.Single(Assert.Single((await cluster.SuggestAsync("shop")).Policies).Egress);
        Assert.Equal(("bank", "ledger", 9000), (rule.Peers[0].Namespace, rule.Peers[0].Labels!["app"], rule.Ports[0].Number));
    }

    [Fact]
    public async Task A_viewer_of_one_namespace_sees_no_labels_and_no_addresses_of_another()
    {
        cluster.See(Shop, 40_000, Service("bank", "ledger"), 443, ServerEnd.Destination);
        cluster.See(Workload("bank", "StatefulSet", "ledger", "ledger-0"), 40_001, Shop, 8080, ServerEnd.Destination);
        string yaml = await cluster.YamlAsync("shop", space => space == "shop");
        Assert.DoesNotContain("secret", yaml, StringComparison.Ordinal);
        Assert.DoesNotContain("10.128.9.9", yaml, StringComparison.Ordinal);
        Assert.Contains("you may not read the pods of its namespace", yaml, StringComparison.Ordinal);
        Assert.Contains("its labels are unknown", yaml, StringComparison.Ordinal);
        Assert.Contains("\"kubernetes.io/metadata.name\": \"bank\"", yaml, StringComparison.Ordinal);
        Assert.Contains("secret", await cluster.YamlAsync("shop"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_no_rule_can_be_made_of_is_counted_and_said()
    {
        cluster.See(Shop, 0, Database, 0, ServerEnd.Unknown, protocol: 1, times: 2);
        cluster.See(Shop, 50_000, Database, 50_001, ServerEnd.Unknown, times: 3);
        cluster.See(Shop, 40_000, Database, 5432, ServerEnd.Destination, reason: ServerReason.LowerPort);
        cluster.See(Shop, 40_000, Service("shop", "gone"), 80, ServerEnd.Destination);
        cluster.See(Workload("shop", "Job", "import", "import-x"), 40_000, Database, 5432, ServerEnd.Destination);
        string yaml = await cluster.YamlAsync("shop");
        Assert.Contains("# 3 samples have no rule: it is unknown which side is the server.", yaml, StringComparison.Ordinal);
        Assert.Contains("# 2 samples have no rule: they have no ports", yaml, StringComparison.Ordinal);
        Assert.Contains("Only port numbers suggest the server: check it", yaml, StringComparison.Ordinal);
        Assert.Contains("shop/gone, TCP 80: the Service is unknown now", yaml, StringComparison.Ordinal);
        Assert.Contains("# Job/import: no pod of it runs now", yaml, StringComparison.Ordinal);
        // ln 0.05 / ln(1 - 1/400) = 1196.8, by hand.
        Assert.Contains("A connection of 1197 packets leaves no sample in 1 of 20 cases", yaml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_addresses_are_one_block_and_the_rule_says_so()
    {
        for (int i = 1; i <= 64; i++) cluster.See(Shop, 40_000, Outside, 443, ServerEnd.Destination, outside: $"203.0.113.{i}");
        Assert.Contains("203.0.113.64/32", await cluster.YamlAsync("shop"), StringComparison.Ordinal);
        cluster.See(Shop, 40_000, Outside, 443, ServerEnd.Destination, outside: "203.0.113.65");
        string yaml = await cluster.YamlAsync("shop");
        Assert.Contains("more than 64 addresses, so that all are allowed. Narrow it", yaml, StringComparison.Ordinal);
        Assert.Contains("cidr: \"0.0.0.0/0\"", yaml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_of_the_cluster_can_not_leave_its_comment_or_its_string()
    {
        cluster.Objects.Add("""{"kind":"Pod","metadata":{"namespace":"shop","name":"evil-1","labels":{"app":"x\"\nkind: Secret"}},"status":{"phase":"Running"}}""");
        cluster.See(Workload("shop", "Deployment", "evil\nkind: Secret", "evil-1"), 1, Database, 5432, ServerEnd.Destination);
        string yaml = await cluster.YamlAsync("shop");
        Assert.DoesNotContain("\nkind: Secret", yaml, StringComparison.Ordinal);
    }
}
