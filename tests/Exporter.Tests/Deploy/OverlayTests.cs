using System.Globalization;
using SFlow.Exporter.Count;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.Deploy;

/// <summary>Every overlay hangs together: what selects finds, ports meet names, settings are options, and the pod asks for no privilege.</summary>
public sealed class OverlayTests
{
    public static TheoryData<string> Overlays => [.. Directory.GetDirectories(Path.Combine(SharedFolder.Repository, "deploy", "overlays")).Select(folder => $"overlays/{Path.GetFileName(folder)}").Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Everything_lies_in_the_namespace_and_has_its_name_once(string overlay)
    {
        RenderedFolder folder = RenderedFolder.Of(overlay);
        Assert.NotEmpty(folder.Workloads);
        Assert.All(folder.Objects, it => Assert.Equal(it["kind"].Text is "Namespace" or "ClusterRole" or "ClusterRoleBinding" ? null : "sflow", it["metadata"]["namespace"].Text));
        Assert.DoesNotContain(folder.Objects.GroupBy(it => (it["kind"].Text, it.Name)), group => group.Count() > 1);
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Every_selector_finds_exactly_one_workload_and_every_port_exists(string overlay)
    {
        RenderedFolder folder = RenderedFolder.Of(overlay);
        foreach (Manifest service in folder.All("Service"))
        {
            Manifest workload = Assert.Single(folder.Workloads, it => service["spec"]["selector"].Selects(it["spec"]["template"]["metadata"]["labels"]));
            Manifest[] ports = [.. Container(workload)["ports"].Items];
            Assert.All(service["spec"]["ports"].Items, port => Assert.Contains(ports, it => it["name"].Text == port["targetPort"].Text && it["protocol"].Text == port["protocol"].Text));
        }
        foreach (Manifest budget in folder.All("PodDisruptionBudget")) Assert.Single(folder.Workloads, it => budget["spec"]["selector"]["matchLabels"].Selects(it["spec"]["template"]["metadata"]["labels"]));
        Assert.All(folder.Workloads, it => Assert.True(it["spec"]["selector"]["matchLabels"].Selects(it["spec"]["template"]["metadata"]["labels"])));
        string?[] addresses = [.. folder.All("Service").Select(it => it["spec"]["clusterIP"].Text).Where(address => address is not (null or "None"))];
        Assert.Equal(addresses.Distinct(), addresses);
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void A_monitor_scrapes_one_Service_by_the_scheme_of_the_program_and_trusts_its_name(string overlay)
    {
        RenderedFolder folder = RenderedFolder.Of(overlay);
        foreach (Manifest monitor in folder.All("ServiceMonitor"))
        {
            Manifest service = Assert.Single(folder.All("Service"), it => monitor["spec"]["selector"]["matchLabels"].Selects(it["metadata"]["labels"])), endpoint = Assert.Single(monitor["spec"]["endpoints"].Items);
            Assert.Contains(service["spec"]["ports"].Items, port => port["name"].Text == endpoint["port"].Text);
            Assert.Equal($"{service.Name}.sflow.svc", endpoint["tlsConfig"]["serverName"].Text);
            Manifest workload = Assert.Single(folder.Workloads, it => service["spec"]["selector"].Selects(it["spec"]["template"]["metadata"]["labels"]));
            Assert.NotNull(Setting(workload, "SFLOW_Http__WebConfig"));
            // The certificate that the service CA issues for this Service is the one that the pod mounts.
            string secret = service["metadata"]["annotations"]["service.beta.openshift.io/serving-cert-secret-name"].Text!;
            Assert.Contains(workload["spec"]["template"]["spec"]["volumes"].Items, volume => volume["secret"]["secretName"].Text == secret);
        }
        string? encrypted = Setting(folder.Workloads.First(), "SFLOW_Http__WebConfig");
        Assert.All(folder.Workloads, it => Assert.All((string[])["livenessProbe", "readinessProbe"], probe => Assert.Equal(encrypted is null ? null : "HTTPS", Container(it)[probe]["httpGet"]["scheme"].Text)));
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Every_mounted_volume_exists_and_every_volume_is_mounted(string overlay)
    {
        foreach (Manifest workload in RenderedFolder.Of(overlay).Workloads)
        {
            string?[] volumes = [.. workload["spec"]["template"]["spec"]["volumes"].Items.Select(it => it["name"].Text)];
            Assert.Equal(volumes.Order(), Container(workload)["volumeMounts"].Items.Select(it => it["name"].Text).Order());
        }
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Every_setting_is_an_option_and_its_value_one_that_the_option_takes(string overlay) => Assert.All(RenderedFolder.Of(overlay).Workloads, workload =>
        Assert.All(Container(workload)["env"].Items.Where(it => it["name"].Text!.StartsWith("SFLOW_", StringComparison.Ordinal)), setting =>
        {
            OptionEntry option = Assert.Single(Settings.Catalogue, entry => entry.Variable == setting["name"].Text);
            Assert.True(option.TrySet(new Settings().Section(option.Section), setting["value"].Text!), $"{option.Variable} allows {option.Allowed}");
        }));

    [Fact]
    public void Every_setting_of_a_component_is_an_option_too()
    {
        string[] patches = [.. ((string[])["deployment.yaml", "job.yaml"]).SelectMany(name => Directory.GetFiles(Path.Combine(SharedFolder.Repository, "deploy", "components"), name, SearchOption.AllDirectories))];
        Assert.NotEmpty(patches);
        Manifest[] settings = [.. patches.SelectMany(file => Manifest.Parse(File.ReadAllText(file))).SelectMany(patch => Container(patch)["env"].Items)];
        Assert.All(settings, setting =>
        {
            OptionEntry option = Assert.Single(Settings.Catalogue, entry => entry.Variable == setting["name"].Text);
            Assert.True(option.TrySet(new Settings().Section(option.Section), setting["value"].Text!), $"{option.Variable} allows {option.Allowed}");
        });
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void The_policy_opens_the_ports_of_the_pod_and_no_other(string overlay)
    {
        RenderedFolder folder = RenderedFolder.Of(overlay);
        foreach (Manifest policy in folder.All("NetworkPolicy"))
        {
            Manifest workload = Assert.Single(folder.Workloads, it => policy["spec"]["podSelector"]["matchLabels"].Selects(it["spec"]["template"]["metadata"]["labels"]));
            (string?, string?)[] open = [.. policy["spec"]["ingress"].Items.SelectMany(rule => rule["ports"].Items).Select(port => (port["port"].Text, port["protocol"].Text)).Distinct().Order()];
            Assert.Equal(Container(workload)["ports"].Items.Select(port => (port["containerPort"].Text, port["protocol"].Text)).Order(), open);
            Assert.All(policy["spec"]["ingress"].Items, rule => Assert.NotEmpty(rule["from"].Items));
        }
    }

    [Fact]
    public void The_monitor_takes_a_scrape_of_a_full_series_budget()
    {
        long limit = long.Parse(RenderedFolder.Of("overlays/openshift").One("ServiceMonitor", "sflow-exporter")["spec"]["sampleLimit"].Text!, CultureInfo.InvariantCulture);
        FamilySet all = FamilySet.Live(new Registries(), new CountOptions { Families = "locality,workload,node,backend,external" }, 0);
        // Each column of each row, and the created times of the bytes.
        Assert.True(limit > all.Sum(family => family.Limit * (family.Columns.Count + 1)), "the series of all families, each at its limit");
    }

    [Fact]
    public void The_role_of_ECK_has_the_privileges_of_the_documented_roles()
    {
        Manifest secret = Assert.Single(Manifest.Parse(File.ReadAllText(Path.Combine(SharedFolder.Repository, "deploy", "components", "eck", "elasticsearch.yaml"))), it => it["kind"].Text == "Secret");
        Manifest role = Assert.Single(Manifest.Parse(secret["stringData"]["roles.yml"].Text!))["sflow_writer"];
        AssertPrivileges(role, "setup.json", "writer.json");
    }

    [Fact]
    public void With_the_setup_job_the_exporter_may_only_write_and_the_job_only_prepare()
    {
        Manifest secret = Assert.Single(Manifest.Parse(File.ReadAllText(Path.Combine(SharedFolder.Repository, "deploy", "components", "setup-job", "roles.yaml")))), roles = Assert.Single(Manifest.Parse(secret["stringData"]["roles.yml"].Text!));
        AssertPrivileges(roles["sflow_writer"], "writer.json");
        AssertPrivileges(roles["sflow_setup"], "setup.json");
    }

    /// <summary>A role has the privileges of documented roles together, and no other.</summary>
    private static void AssertPrivileges(Manifest role, params string[] files)
    {
        // JSON is YAML, too.
        Manifest[] documented = [.. files.Select(file => Assert.Single(Manifest.Parse(File.ReadAllText(Path.Combine(SharedFolder.Repository, "deploy", "elasticsearch", file)))))];
        Assert.Equal(documented.SelectMany(it => Texts(it["cluster"])).Distinct().Order(), Texts(role["cluster"]).Order());
        Assert.Equal(documented.SelectMany(it => Texts(Assert.Single(it["indices"].Items)["privileges"])).Distinct().Order(), Texts(Assert.Single(role["indices"].Items)["privileges"]).Order());

        static IEnumerable<string?> Texts(Manifest list) => list.Items.Select(item => item.Text);
    }

    [Fact]
    public void Two_exporters_have_two_addresses_and_the_readme_names_both()
    {
        RenderedFolder folder = RenderedFolder.Of("overlays/openshift-ha");
        Assert.Equal(2, folder.All("Deployment").Count());
        string[] addresses = [.. folder.All("Service").Select(it => it["spec"]["clusterIP"].Text!).Where(address => address != "None").Order(StringComparer.Ordinal)];
        string readme = File.ReadAllText(Path.Combine(SharedFolder.Repository, "deploy", "README.md"));
        Assert.Contains($"\"collectors\":[\"{addresses[0]}:6343\",\"{addresses[1]}:6343\"]", readme, StringComparison.Ordinal);
    }

    [Fact]
    public void An_exporter_on_each_node_gets_the_datagrams_of_its_node_and_leaves_the_others_to_the_others()
    {
        RenderedFolder folder = RenderedFolder.Of("overlays/openshift-daemonset");
        Assert.Empty(folder.All("Deployment"));
        Assert.Equal("Local", folder.One("Service", "sflow-exporter")["spec"]["internalTrafficPolicy"].Text);
        Assert.Equal("true", Setting(folder.One("DaemonSet", "sflow-exporter"), "SFLOW_Agents__Elsewhere"));
    }

    private static Manifest Container(Manifest workload) => Assert.Single(workload["spec"]["template"]["spec"]["containers"].Items.DefaultIfEmpty(new Manifest(null)));

    private static string? Setting(Manifest workload, string name) => Container(workload)["env"].Items.SingleOrDefault(it => it["name"].Text == name)?["value"].Text;
}
