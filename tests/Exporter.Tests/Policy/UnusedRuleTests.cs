using SFlow.Exporter.Pipeline;
using static SFlow.Exporter.Tests.Policy.KnownCluster;

namespace SFlow.Exporter.Tests.Policy;

/// <summary>A rule is unused if no seen connection needs it, by each of its parts.</summary>
public sealed class UnusedRuleTests
{
    private readonly KnownCluster cluster = new();

    public UnusedRuleTests()
    {
        cluster.See(Shop, 40_000, Database, 5432, ServerEnd.Destination);
        cluster.See(Database, 5432, Shop, 40_000, ServerEnd.Source);
        cluster.See(Workload("bank", "StatefulSet", "ledger", "ledger-0"), 40_000, Database, 5432, ServerEnd.Destination);
        cluster.See(Database, 40_000, Outside, 443, ServerEnd.Destination);
    }

    [Theory]
    [InlineData("ingress", "{}", true), InlineData("ingress", """{"ports":[{"port":5432}]}""", true), InlineData("ingress", """{"ports":[{"port":5432,"protocol":"UDP"}]}""", false)]
    [InlineData("ingress", """{"ports":[{"port":"sql"}]}""", true), InlineData("ingress", """{"ports":[{"port":"http"}]}""", false), InlineData("ingress", """{"ports":[{"port":5000,"endPort":6000}]}""", true)]
    [InlineData("ingress", """{"ports":[{"port":40000}]}""", false), InlineData("ingress", """{"ports":[{"protocol":"TCP"}]}""", true), InlineData("ingress", """{"ports":[null,{"port":null}]}""", true)]
    [InlineData("ingress", """{"from":[{"podSelector":{"matchLabels":{"app":"web"}}}]}""", true), InlineData("ingress", """{"from":[{"podSelector":{"matchLabels":{"app":"ledger"}}}]}""", false)]
    [InlineData("ingress", """{"from":[{"podSelector":{}}]}""", true), InlineData("ingress", """{"from":[{"namespaceSelector":{"matchLabels":{"team":"gold"}}}]}""", true)]
    [InlineData("ingress", """{"from":[{"namespaceSelector":{"matchLabels":{"team":"gold"}},"podSelector":{"matchLabels":{"app":"web"}}}]}""", false)]
    [InlineData("ingress", """{"from":[{"namespaceSelector":{"matchExpressions":[{"key":"team","operator":"NotIn","values":["gold"]}]}}]}""", true)]
    [InlineData("ingress", """{"from":[{"podSelector":{"matchExpressions":[{"key":"app","operator":"DoesNotExist"}]}}]}""", false)]
    [InlineData("ingress", """{"from":[{"ipBlock":{"cidr":"0.0.0.0/0"}}]}""", false)]
    [InlineData("egress", """{"to":[{"ipBlock":{"cidr":"198.51.100.0/24"}}],"ports":[{"port":443}]}""", true)]
    [InlineData("egress", """{"to":[{"ipBlock":{"cidr":"198.51.100.0/24","except":["198.51.100.7/32"]}}]}""", false), InlineData("egress", """{"to":[{"ipBlock":{"cidr":"nonsense"}}]}""", false)]
    public async Task A_rule_is_used_by_what_was_seen(string direction, string rule, bool used)
    {
        cluster.Objects.Add($$$"""{"kind":"NetworkPolicy","metadata":{"namespace":"shop","name":"own"},"spec":{"podSelector":{"matchLabels":{"app":"db"}},"{{{direction}}}":[{{{rule}}}]}}""");
        Assert.Equal(used ? [] : [$"own: {direction} rule 1"], (await cluster.SuggestAsync("shop")).Unused);
    }

    [Fact]
    public async Task A_policy_of_other_pods_is_not_used_by_this_connection()
    {
        cluster.Objects.Add("""{"kind":"NetworkPolicy","metadata":{"namespace":"shop","name":"own"},"spec":{"podSelector":{"matchLabels":{"app":"web"}},"ingress":[{}]}}""");
        Assert.Equal(["own: ingress rule 1"], (await cluster.SuggestAsync("shop")).Unused);
    }

    [Fact]
    public async Task Without_the_right_to_list_policies_the_answer_says_so()
    {
        cluster.Refusals["networkpolicies"] = "forbidden";
        Assert.Null((await cluster.SuggestAsync("shop")).Unused);
        Assert.Contains("Existing policies can't be read, so that unused rules are unknown: forbidden.", await cluster.YamlAsync("shop"), StringComparison.Ordinal);
    }
}
