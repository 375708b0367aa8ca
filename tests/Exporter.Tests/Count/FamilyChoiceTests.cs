using SFlow.Exporter.Count;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Count;

/// <summary>The options of the families: what is chosen, and what is refused with what to do.</summary>
public sealed class FamilyChoiceTests
{
    [Fact]
    public void Families_limits_and_labels_follow_the_options()
    {
        CountOptions options = new() { Families = "node, workload", SeriesLimits = "namespace_pair=50,node=7", SeriesLabels = "node=source_zone+destination_zone" };
        Registries names = new();
        FamilySet families = FamilySet.Live(names, options, 0);
        Assert.Equal(
            [("sflow_namespace_pair", 50), ("sflow_flow", 2_000), ("sflow_acknowledged", 2_000), ("sflow_workload", 5_000), ("sflow_node", 7)],
            families.Select(family => (family.Name, family.Limit)));
        Assert.Equal(["source_zone", "destination_zone"], families.Named("sflow_node").Labels);

        int Pod(string node, string zone) => names.Endpoints.Intern(new FlowEndpoint { Kind = EndpointKind.Pod, Label = "shop", Name = node, NodeName = node, Zone = zone }).Id;
        CountStage worker = families.NewStage();
        foreach ((int from, int to) in new[] { (Pod("n1", "a"), Pod("n2", "b")), (Pod("n3", "a"), Pod("n4", "b")), (Pod("n1", "a"), Pod("n3", "a")) })
            worker.Process([new Flow { Counted = true, SourceEndpoint = from, DestinationEndpoint = to, FrameLength = 100, SamplingRate = 1 }]);
        Assert.Equal(
            [("__other__", "__other__", 0), ("a", "b", 200), ("a", "a", 100)],
            families.Named("sflow_node").Read().Rows().Select(row => (row.Row[0], row.Row[1], (int)row.Sums.Bytes)));
    }

    [Fact]
    public void Workloads_are_named_in_the_chosen_namespaces_alone_and_the_sum_stays_the_total()
    {
        Registries names = new();
        FamilySet families = FamilySet.Live(names, new CountOptions { Families = "workload", WorkloadNamespaces = "shop,openshift-*" }, 0);
        int Pod(string label, string owner) => names.Endpoints.Intern(new FlowEndpoint { Kind = EndpointKind.Pod, Label = label, Name = owner + "-x", OwnerKind = "Deployment", OwnerName = owner }).Id;
        int internet = names.Endpoints.Intern(new FlowEndpoint { Kind = EndpointKind.Internet, Label = "@internet" }).Id;
        CountStage worker = families.NewStage();
        foreach ((int from, int to) in new[] { (Pod("shop", "front"), Pod("openshift-dns", "dns")), (Pod("bank", "vault"), Pod("shop", "front")), (Pod("bank", "other"), internet) })
            worker.Process([new Flow { Counted = true, SourceEndpoint = from, DestinationEndpoint = to, FrameLength = 100, SamplingRate = 1 }]);
        Assert.Equal(
            ["shop Deployment/front openshift-dns Deployment/dns 100", "bank  shop Deployment/front 100", "bank  @internet  100"],
            families.Named("sflow_workload").Read().Rows().Skip(1).Select(row => $"{string.Join(' ', row.Row.Values)} {row.Sums.Bytes}"));
    }

    [Theory]
    [InlineData("nodes", "", "", "Count:Families names the unknown family \"nodes\". The families are namespace_pair, flow, acknowledged, locality, workload, node, backend, external.")]
    [InlineData("", "node=2", "", "Count:SeriesLimits sets node to \"2\". Set it to a whole number from 3 to 1000000.", "node")]
    [InlineData("", "node=many", "", "Count:SeriesLimits sets node to \"many\". Set it to a whole number from 3 to 1000000.", "node")]
    [InlineData("", "flow", "", "Count:SeriesLimits contains \"flow\". Write FAMILY=VALUE, separated by commas.")]
    [InlineData("", "flow=5,flow=6", "", "Count:SeriesLimits names flow twice. Name it once.")]
    [InlineData("", "", "flow=service", "Count:SeriesLabels names \"service\", which is no label of flow. Its labels are source_namespace, destination_namespace, server_service.")]
    [InlineData("", "", "flow=", "Count:SeriesLabels keeps no label of flow. Its labels are source_namespace, destination_namespace, server_service.")]
    [InlineData("", "", "backend=backend_name", "Count:SeriesLabels keeps backend_name of backend without backend_namespace. Keep both or leave both out.", "backend")]
    public void A_wrong_choice_never_starts(string families, string limits, string labels, string problem, string also = "")
    {
        CountOptions options = new() { Families = families + also, SeriesLimits = limits, SeriesLabels = labels };
        SettingsException fault = Assert.Throws<SettingsException>(() => FamilySet.Live(new Registries(), options, 0));
        Assert.Contains(problem, fault.Problems);
    }
}
