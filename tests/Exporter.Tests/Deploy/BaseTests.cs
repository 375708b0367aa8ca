using SFlow.Exporter.Options;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.Deploy;

/// <summary>The base hangs together: selectors meet labels, ports meet names, settings meet options.</summary>
public sealed class BaseTests
{
    [Fact]
    public void Every_object_lies_in_the_namespace_of_the_kustomization()
    {
        Assert.NotEmpty(RenderedBase.Objects);
        Assert.All(RenderedBase.Objects, it =>
            Assert.Equal(it["kind"].Text is "Namespace" or "ClusterRole" or "ClusterRoleBinding" ? null : "sflow", it["metadata"]["namespace"].Text));
    }

    [Fact]
    public void One_replica_is_replaced_by_Recreate_so_that_two_never_count_at_once()
    {
        Manifest spec = RenderedBase.One("Deployment", "sflow-exporter")["spec"];
        Assert.Equal("1", spec["replicas"].Text);
        Assert.Equal("Recreate", spec["strategy"]["type"].Text);
        Assert.True(spec["selector"]["matchLabels"].Selects(RenderedBase.Pod["metadata"]["labels"]));
    }

    [Fact]
    public void Datagrams_reach_the_container_at_the_fixed_address_that_the_readme_patches_in()
    {
        Manifest service = RenderedBase.One("Service", "sflow-exporter");
        Manifest port = Assert.Single(service["spec"]["ports"].Items);
        string address = service["spec"]["clusterIP"].Text!;
        Assert.Equal("172.30.0.63", address);
        Assert.Equal(("6343", "UDP"), (port["port"].Text, port["protocol"].Text));
        Assert.True(service["spec"]["selector"].Selects(RenderedBase.Pod["metadata"]["labels"]));
        Assert.Equal(("6343", "UDP"), ContainerPort(port["targetPort"].Text));
        string readme = File.ReadAllText(Path.Combine(SharedFolder.Repository, "deploy", "README.md"));
        Assert.Contains($"\"sFlow\":{{\"collectors\":[\"{address}:{port["port"].Text}\"]}}", readme, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("livenessProbe", "/-/healthy")]
    [InlineData("readinessProbe", "/-/ready")]
    public void A_probe_asks_a_port_that_the_container_has(string probe, string path)
    {
        Manifest request = RenderedBase.Container[probe]["httpGet"];
        Assert.Equal(path, request["path"].Text);
        Assert.Equal("TCP", ContainerPort(request["port"].Text).Protocol);
    }

    [Fact]
    public void Every_setting_of_the_environment_is_an_option_of_the_program_and_its_value_one_that_the_option_takes()
    {
        Manifest[] settings = [.. RenderedBase.Container["env"].Items.Where(it => it["name"].Text!.StartsWith("SFLOW_", StringComparison.Ordinal))];
        Assert.NotEmpty(settings);
        Assert.All(settings, setting =>
        {
            OptionEntry option = Assert.Single(Settings.Catalogue, entry => entry.Variable == setting["name"].Text);
            Assert.True(option.TrySet(new Settings().Section(option.Section), setting["value"].Text!), $"{option.Variable} allows {option.Allowed}");
        });
    }

    [Fact]
    public void Nothing_else_in_the_namespace_may_set_variables_that_look_like_settings()
    {
        Assert.Equal("false", RenderedBase.Pod["spec"]["enableServiceLinks"].Text);
    }

    private static (string? Number, string? Protocol) ContainerPort(string? name)
    {
        Manifest port = Assert.Single(RenderedBase.Container["ports"].Items, it => it["name"].Text == name);
        return (port["containerPort"].Text, port["protocol"].Text);
    }
}
