using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using SFlow.EndToEnd.Tests.Services;
using SFlow.Tests;
using Xunit.Sdk;

namespace SFlow.EndToEnd.Tests.Lab;

/// <summary>
/// The lab of the shared folder: two nodes with real Open vSwitch (and OVN) in network namespaces, whose agents send to a port of ours.
/// Needs root, /dev/net/tun, iproute2, python3 and the packages openvswitch-switch, ovn-central and ovn-host.
/// </summary>
internal sealed partial class OvnLab : IAsyncDisposable
{
    private static readonly string script = Path.Combine(SharedFolder.Repository, "tests", "EndToEnd.Tests", "Lab", "traffic.py");
    private static int labs;
    private readonly string folder = SharedFolder.Require("ovn-lab");
    private readonly string id = string.Create(CultureInfo.InvariantCulture, $"t{Environment.ProcessId}x{Interlocked.Increment(ref labs)}");
    private int port = 20_000;

    private string State => $"/tmp/ovs-lab/{id}";

    /// <summary>Skips the calling test, with the reason, where the lab can't be.</summary>
    public static void Require()
    {
        SharedFolder.Require("ovn-lab", "ovs-lab");
        if (Environment.UserName != "root") Assert.Skip("needs root for network namespaces");
        if (!File.Exists("/dev/net/tun")) Assert.Skip("needs /dev/net/tun");
        RequirePrograms("ovs-vswitchd", "ovn-controller", "ovn-northd", "ip", "python3", "kubectl");
    }

    /// <summary>Skips the calling test, with the reason, where a program is absent.</summary>
    public static void RequirePrograms(params string[] programs)
    {
        foreach (string program in programs)
            if (!$"/usr/sbin:/sbin:{Environment.GetEnvironmentVariable("PATH")}".Split(':').Any(path => File.Exists(Path.Combine(path, program)))) Assert.Skip($"needs {program} (packages openvswitch-switch, ovn-central, ovn-host, iproute2, ethtool, python3; kubectl)");
    }

    /// <param name="mode">ovn, vlan or plain.</param>
    /// <param name="collector">UDP port that the agents' datagrams come to.</param>
    /// <param name="options">Further options of the lab.</param>
    public static async Task<OvnLab> StartAsync(string mode, int collector, params string[] options)
    {
        OvnLab lab = new();
        await lab.RunAsync(["up", "-m", mode, "-i", lab.id, "-s", "1", "-p", "1", "-t", $"127.0.0.1:{collector}", .. options]);
        return lab;
    }

    /// <summary>Draws the load balancers of services.yaml, and two rules that reject.</summary>
    public async Task DrawServicesAsync()
    {
        string[] everywhere =
        [
            "multi-http 172.30.50.1:80 10.128.0.5:8080,10.128.2.6:8080 tcp", "multi-metrics 172.30.50.1:9092 10.128.0.5:9092,10.128.2.6:9092 tcp",
            "multi-log 172.30.50.1:514 10.128.0.5:514,10.128.2.6:514 udp", "six-http [fd02::50]:80 [fd01:0:0:1::6]:8080,[fd01:0:0:2::6]:8080 tcp",
            "six-dns [fd02::50]:53 [fd01:0:0:1::6]:53,[fd01:0:0:2::6]:53 udp", "hosted 172.30.50.3:9100 192.168.100.11:9090,192.168.100.12:9090 tcp",
            "edge 172.30.50.5:443 10.128.2.6:8443 tcp",
        ];
        foreach (string line in everywhere)
        {
            string[] words = line.Split(' ');
            await NbctlAsync(["lb-add", .. words]);
            await AttachAsync(words[0]);
        }
        await NbctlAsync("lb-add", "empty", "172.30.50.9:80", "", "tcp", "--", "set", "load_balancer", "empty", "options:reject=true");
        await AttachAsync("empty");
        // externalTrafficPolicy: Local keeps the client's address; the external address and the UDP NodePort do not here.
        await NbctlAsync("lb-add", "local", "192.168.100.102:30443", "10.128.2.6:8443", "tcp", "--", "set", "load_balancer", "local", "options:skip_snat=true", "--", "lr-lb-add", "GR_node2", "local");
        await NbctlAsync("lb-add", "external", "203.0.113.9:443", "10.128.2.6:8443", "tcp", "--", "lr-lb-add", "GR_node1", "external");
        await NbctlAsync("lb-add", "syslog", "192.168.100.101:30053", "10.128.2.6:514", "udp", "--", "lr-lb-add", "GR_node1", "syslog");
        await NbctlAsync("acl-add", "node2", "to-lport", "1002", "ip4.dst==10.128.2.6 && tcp.dst==3306", "reject");
        await NbctlAsync("acl-add", "node1", "from-lport", "1002", "ip4.src==10.128.0.5 && tcp.dst==5432", "reject");
        await NbctlAsync("--wait=hv", "sync");
        await KubeApiServer.RunAsync("ip", ["-n", $"ol{id}-ext", "route", "add", "203.0.113.9", "via", "192.168.100.101"], "");
    }

    /// <summary>Sets sFlow anew on both nodes, as a reconfiguration would: agent address, sequence and uptime begin again.</summary>
    public Task SetSflowAsync(string agent = "ovn-k8s-mp0") => RunAsync(["sflow", "-i", id, "-s", "1", "-p", "1", "-a", agent]);

    /// <summary>Ends ovs-vswitchd of a node, starts it again, and gives its ports back what the node's own services would.</summary>
    public async Task RestartSwitchAsync(int node)
    {
        string rundir = $"{State}/n{node}", space = $"ol{id}-n{node}", router = $"10.128.{(node - 1) * 2}.1";
        string pid = (await File.ReadAllTextAsync($"{rundir}/vswitchd.pid")).Trim();
        await KubeApiServer.RunAsync("kill", [pid], "");
        while (Directory.Exists($"/proc/{pid}")) await Task.Delay(20);
        await KubeApiServer.RunAsync("ip", ["netns", "exec", space, "env", $"OVS_RUNDIR={rundir}", $"OVS_LOGDIR={rundir}", "ovs-vswitchd", $"unix:{rundir}/db.sock", $"--unixctl={rundir}/vswitchd.ctl",
            $"--pidfile={rundir}/vswitchd.pid", $"--log-file={rundir}/vswitchd.log", "--detach", "--no-chdir", "-vconsole:off"], "");
        string[] commands =
        [
            $"addr replace 192.168.100.1{node}/24 dev br-ex", "link set br-ex up", $"addr replace 10.128.{(node - 1) * 2}.2/23 dev ovn-k8s-mp0", "link set ovn-k8s-mp0 up",
            $"route replace 10.128.0.0/14 via {router}", $"route replace 172.30.0.0/16 via {router}",
        ];
        foreach (string command in commands) await KubeApiServer.RunAsync("ip", ["-n", space, .. command.Split(' ')], "");
        await ProbeAsync();
    }

    /// <summary>
    /// Sends packets until the restarted switch forwards them all. On a busy machine its flows may be installed later than one probe waits for: three
    /// probes at most.
    /// </summary>
    private async Task ProbeAsync()
    {
        for (int tries = 3; ; tries--)
        {
            try
            {
                await KubeApiServer.RunAsync("python3", [Path.Combine(folder, "ovslab.py"), "probe", "--info", $"{State}/info.json"], "");
                return;
            }
            catch (XunitException) when (tries > 1)
            {
                await Task.Delay(TimeSpan.FromSeconds(2));
            }
        }
    }

    /// <summary>
    /// Makes traffic and returns the truth about it. In the text, # is a source port that was not used before: Open vSwitch 3.1.0 aborts when a
    /// translated connection uses its ports again soon.
    /// </summary>
    public async Task<JsonElement> TrafficAsync([StringSyntax(StringSyntaxAttribute.Json)] string flows)
    {
        string ports = Mark().Replace(flows, _ => (port += 7).ToString(CultureInfo.InvariantCulture));
        string truth = await KubeApiServer.RunAsync("python3", [script, folder, $"{State}/info.json"], $$"""{"flows": [{{ports}}]}""");
        using JsonDocument document = JsonDocument.Parse(truth);
        Assert.Equal("[]", document.RootElement.GetProperty("errors").ToString());
        Assert.Equal(0, document.RootElement.GetProperty("drops").GetInt32());
        return document.RootElement.Clone();
    }

    public async ValueTask DisposeAsync() => await RunAsync(["down", "-i", id]);

    private Task<string> NbctlAsync(params string[] words) => RunAsync(["nbctl", "-i", id, .. words]);

    private Task<string> AttachAsync(string balancer) => NbctlAsync("ls-lb-add", "node1", balancer, "--", "ls-lb-add", "node2", balancer, "--", "lr-lb-add", "GR_node1", balancer, "--", "lr-lb-add", "GR_node2", balancer);

    private Task<string> RunAsync(string[] words) => KubeApiServer.RunAsync(Path.Combine(folder, "ovs-lab"), words, "");

    [GeneratedRegex("#", RegexOptions.None, 1000)]
    private static partial Regex Mark();
}
