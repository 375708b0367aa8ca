using SFlow.Exporter.Identify.Kubernetes;

namespace SFlow.Exporter.Tests.Deploy;

/// <summary>The pod asks for no more than OpenShift's restricted-v2 gives, and finds what it needs under it.</summary>
public sealed class SecurityTests
{
    [Fact]
    public void The_pod_fits_restricted_v2()
    {
        Manifest pod = RenderedBase.Pod["spec"], container = RenderedBase.Container["securityContext"];
        Assert.Equal("restricted-v2", RenderedBase.Pod["metadata"]["annotations"]["openshift.io/required-scc"].Text);
        Assert.Equal("true", pod["securityContext"]["runAsNonRoot"].Text);
        Assert.Equal("RuntimeDefault", pod["securityContext"]["seccompProfile"]["type"].Text);
        Assert.Equal("false", container["allowPrivilegeEscalation"].Text);
        Assert.Equal("true", container["readOnlyRootFilesystem"].Text);
        Assert.Equal(["ALL"], container["capabilities"]["drop"].Items.Select(it => it.Text));
        Assert.Empty(container["capabilities"]["add"].Items);
    }

    [Theory]
    [InlineData("runAsUser")]
    [InlineData("runAsGroup")]
    [InlineData("fsGroup")]
    public void The_cluster_chooses_the_user(string field)
    {
        Assert.Null(RenderedBase.Pod["spec"]["securityContext"][field].Text);
        Assert.Null(RenderedBase.Container["securityContext"][field].Text);
    }

    [Fact]
    public void No_namespace_of_the_host_is_asked_for_and_a_token_by_this_pod_alone()
    {
        Manifest pod = RenderedBase.Pod["spec"];
        Assert.All(["hostNetwork", "hostPID", "hostIPC"], field => Assert.Null(pod[field].Text));
        Assert.All(RenderedBase.Container["ports"].Items, port => Assert.Null(port["hostPort"].Text));
        Assert.Equal("true", pod["automountServiceAccountToken"].Text);
        Assert.Equal("false", RenderedBase.One("ServiceAccount", "sflow-exporter")["automountServiceAccountToken"].Text);
    }

    [Fact]
    public void The_token_reads_what_the_program_follows_and_nothing_else()
    {
        Manifest role = RenderedBase.One("ClusterRole", "sflow-exporter"), binding = RenderedBase.One("ClusterRoleBinding", "sflow-exporter");
        // Policies are listed for a person who asks, and not followed.
        Assert.Equal(
            KubernetesResource.All.Select(resource => (resource.Group, resource.Plural, "list,watch")).Append(("networking.k8s.io", "networkpolicies", "list")).Order(),
            role["rules"].Items.SelectMany(rule => rule["resources"].Items.Select(it => (rule["apiGroups"].Items.Single().Text!, it.Text!, string.Join(',', rule["verbs"].Items.Select(verb => verb.Text))))).Order());
        Assert.Equal(("ClusterRole", role.Name), (binding["roleRef"]["kind"].Text, binding["roleRef"]["name"].Text));
        Manifest subject = Assert.Single(binding["subjects"].Items);
        Assert.Equal(("ServiceAccount", RenderedBase.Pod["spec"]["serviceAccountName"].Text, "sflow"), (subject["kind"].Text, subject["name"].Text, subject["namespace"].Text));
    }

    [Fact]
    public void The_store_and_the_spool_fill_before_their_volume_does_and_the_volume_before_the_pod_is_evicted()
    {
        Manifest container = RenderedBase.Container;
        string folder = Setting(container, "SFLOW_Store__Folder")!;
        Manifest mount = Assert.Single(container["volumeMounts"].Items, it => it["mountPath"].Text == folder);
        Manifest volume = Assert.Single(RenderedBase.Pod["spec"]["volumes"].Items, it => it["name"].Text == mount["name"].Text);

        long store = Bytes(Setting(container, "SFLOW_Store__MaximumBytes")!) + Bytes(Setting(container, "SFLOW_Elasticsearch__SpoolBytes")!), room = Bytes(volume["emptyDir"]["sizeLimit"].Text!);
        Assert.InRange(room, store * 5 / 4, store * 2);
        long all = RenderedBase.Pod["spec"]["volumes"].Items.Sum(it => Bytes(it["emptyDir"]["sizeLimit"].Text!));
        Assert.True(all <= Bytes(container["resources"]["requests"]["ephemeral-storage"].Text!));
        Assert.True(all < Bytes(container["resources"]["limits"]["ephemeral-storage"].Text!));
    }

    [Fact]
    public void The_drain_ends_before_the_kubelet_kills()
    {
        string drain = Setting(RenderedBase.Container, "SFLOW_Shutdown__Deadline")!;
        Assert.EndsWith("s", drain, StringComparison.Ordinal);
        double grace = Number(RenderedBase.Pod["spec"]["terminationGracePeriodSeconds"].Text!);
        Assert.True(Number(drain[..^1]) + 5 <= grace);
    }

    private static string? Setting(Manifest container, string name) =>
        Assert.Single(container["env"].Items, it => it["name"].Text == name)["value"].Text;

    /// <summary>A Kubernetes quantity of bytes, as far as the base uses them.</summary>
    private static long Bytes(string quantity) => quantity[^2..] switch
    {
        "Mi" => Number(quantity[..^2]) << 20,
        "Gi" => Number(quantity[..^2]) << 30,
        _ => Number(quantity),
    };

    private static long Number(string text) => long.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
