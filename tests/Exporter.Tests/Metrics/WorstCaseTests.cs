using System.Globalization;
using System.Text.RegularExpressions;
using SFlow.Exporter.Agents;
using SFlow.Exporter.Count;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.Metrics;

/// <summary>With everything full that anybody can fill, a scrape stays within what our own ServiceMonitor lets Prometheus take.</summary>
public sealed partial class WorstCaseTests
{
    [Fact]
    public async Task Everything_full_is_below_the_sample_limit()
    {
        ManualTime time = new();
        AgentOptions agents = new();
        await using FakeExporter exporter = await new FakeExporter(time).StartAsync();
        IFamily[] limits = [.. FamilySet.Live(new Registries(), new CountOptions { Families = "locality,workload,node,backend,external" }, 0)];
        for (int family = 0; family < limits.Length; family++)
            for (int row = 1; row < limits[family].Limit; row++)
                exporter.Families[family].Add([.. limits[family].Labels.Select(label => $"{label}-{row}")], new FlowTotals(1, 1, 1), exporter.Now);
        for (int i = 0; i < 4_000; i++) AddAgent(exporter, i);
        for (int node = 0; node < 3_000; node++) exporter.Registries.Nodes.Intern($"quiet-{node}", null, exporter.Now);
        for (uint format = 0; format < 5_000; format++) exporter.Skip(StructureKind.FlowRecord, 4_000 + format, format & 0xFFF, 2);
        using HttpRequestMessage request = new(HttpMethod.Get, "/metrics");
        // OpenMetrics has the most samples, because of the created times.
        request.Headers.TryAddWithoutValidation("Accept", "application/openmetrics-text; version=1.0.0");
        using HttpResponseMessage response = await exporter.Client.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        int lines = text.Split('\n').Count(line => line.Length > 0 && line[0] != '#');
        TestContext.Current.SendDiagnosticMessage($"worst case: {lines} samples, {text.Length} bytes");
        Assert.InRange(lines, agents.Maximum * (14 + 9) + agents.MaximumInterfaces * 13, SampleLimit());
        Assert.Equal(agents.Maximum, text.Split('\n').Count(line => line.StartsWith("sflow_agent_datagrams_total{", StringComparison.Ordinal)));
    }

    private static void AddAgent(FakeExporter exporter, int i)
    {
        DatagramIdentity identity = new(Address.FromIPv4(0x0B00_0000 + (uint)i), 0, 1, 1, 100);
        if (exporter.Agents.Observe(identity, new DatagramOrigin(exporter.Now, identity.Agent, 6_343), out Agent? agent) != DatagramOutcome.Ok) return;
        agent!.SamplingRate = 400;
        agent.CountSamples(1, 1);
        if (i < 60_000) exporter.Calibrate(agent, exporter.Now, samples: 40);
        CounterRecord counters = new()
        {
            SteadyNanoseconds = exporter.Now, UptimeMilliseconds = 1, IsFromOwner = true, HasOvsDatapath = true, HasResources = true, MemoryUsed = 1,
            HasInterface = true, IfSpeed = 1,
        };
        for (uint port = 0; port < 3; port++) agent.Count(counters with { IfIndex = port, UptimeMilliseconds = 1 + port });
    }

    private static int SampleLimit()
    {
        string monitor = File.ReadAllText(Path.Combine(SharedFolder.Repository, "deploy", "components", "monitoring", "servicemonitor.yaml"));
        return int.Parse(Limit().Match(monitor).Groups["limit"].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^\s*sampleLimit: (?<limit>\d+)\s*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Limit();
}
