using System.IO.Compression;
using System.Text;
using SFlow.Exporter.Agents;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Metrics;

public sealed class MetricsEndpointTests
{
    private const string Text = "text/plain; version=0.0.4; charset=utf-8";
    private const string OpenMetrics = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    [Theory]
    [InlineData(null, Text)]
    [InlineData("*/*", Text)]
    [InlineData("nonsense;;;", Text)]
    [InlineData("text/html,application/xhtml+xml,*/*;q=0.8", Text)]
    [InlineData("text/plain;version=0.0.4", Text)]
    [InlineData("application/openmetrics-text;version=1.0.0", OpenMetrics)]
    [InlineData("application/openmetrics-text; version=\"1.0.0\"; charset=utf-8", OpenMetrics)]
    [InlineData("application/openmetrics-text;version=0.0.1", Text)]
    [InlineData("application/openmetrics-text;version=1.0.0;q=0.2,text/plain;version=0.0.4;q=0.9", Text)]
    [InlineData("application/openmetrics-text;version=1.0.0;q=0", Text)]
    [InlineData("application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2", OpenMetrics)]
    [InlineData("application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.7,text/plain;version=0.0.4;q=0.3", Text)]
    public async Task The_format_is_what_Accept_prefers_and_its_content_type_is_exact(string? accept, string contentType)
    {
        await using FakeExporter exporter = await new FakeExporter(TimeProvider.System).StartAsync();
        using HttpRequestMessage request = new(HttpMethod.Get, "/metrics");
        if (accept is not null) request.Headers.TryAddWithoutValidation("Accept", accept);
        using HttpResponseMessage response = await exporter.Client.SendAsync(request);

        Assert.Equal(contentType, response.Content.Headers.GetValues("Content-Type").Single());
        string text = await response.Content.ReadAsStringAsync();
        Assert.Equal(contentType == OpenMetrics, text.EndsWith("# EOF\n", StringComparison.Ordinal));
        Assert.Contains(contentType == OpenMetrics ? "# TYPE sflow_flow_bytes counter" : "# TYPE sflow_flow_bytes_total counter", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip", true)]
    [InlineData("deflate, gzip;q=0.5", true)]
    [InlineData("gzip;q=0", false)]
    [InlineData("br", false)]
    public async Task The_answer_is_packed_only_for_who_asks(string encoding, bool packed)
    {
        await using FakeExporter exporter = await new FakeExporter(TimeProvider.System).StartAsync();
        using HttpRequestMessage request = new(HttpMethod.Get, "/metrics");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", encoding);
        using HttpResponseMessage response = await exporter.Client.SendAsync(request);

        Assert.Equal(packed ? ["gzip"] : [], response.Content.Headers.ContentEncoding);
        await using Stream body = await response.Content.ReadAsStreamAsync();
        await using Stream text = packed ? new GZipStream(body, CompressionMode.Decompress) : body;
        using StreamReader reader = new(text, Encoding.UTF8);
        Assert.NotEmpty(Exposition.Parse(await reader.ReadToEndAsync()).Samples);
    }

    [Fact]
    public async Task Figures_are_the_sums_over_all_workers()
    {
        await using FakeExporter exporter = await new FakeExporter(TimeProvider.System).StartAsync();
        for (int worker = 0; worker < 2; worker++)
        {
            exporter.Workers[worker].CountReceived(1_000);
            exporter.Workers[worker].Count(DatagramOutcome.NotSflow);
            exporter.Workers[worker].Count(Observation.Fallback);
            exporter.Workers[worker].Count(ServerReason.LowerPort);
            exporter.Workers[worker].Count(SampleFault.FrameTooLong);
            exporter.Workers[worker].CountCounterSample();
        }
        exporter.Kernel.Dropped = 5;
        exporter.Flows.Folded = 9;
        exporter.Queue.CountWritten(512);
        exporter.Queue.CountLost(LossReason.WriteFailed, 3);
        Exposition exposed = await exporter.ScrapeAsync();

        Assert.Equal(2, exposed["sflow_exporter_datagrams_received_total"]);
        Assert.Equal(2_000, exposed["sflow_exporter_received_bytes_total"]);
        Assert.Equal(2, exposed["sflow_exporter_datagrams_total", ("status", "not_sflow")]);
        Assert.Equal(2, exposed["sflow_exporter_datagrams_dropped_total", ("reason", "not_sflow")]);
        Assert.Equal(5, exposed["sflow_exporter_datagrams_dropped_total", ("reason", "kernel")]);
        Assert.Equal(2, exposed["sflow_exporter_samples_total", ("observation", "fallback")]);
        Assert.Equal(2, exposed["sflow_exporter_server_samples_total", ("reason", "lower_port")]);
        Assert.Equal(2, exposed["sflow_exporter_samples_not_counted_total", ("reason", "frame_too_long")]);
        Assert.Equal(2, exposed["sflow_exporter_samples_decoded_total", ("sample_type", "counter")]);
        Assert.Equal(2, exposed["sflow_exporter_samples_decoded_total", ("sample_type", "flow")]);
        Assert.Equal(9, exposed["sflow_exporter_folded_total", ("family", "sflow_flow")]);
        Assert.Equal(512, exposed["sflow_exporter_records_total", ("sink", "store"), ("outcome", "written")]);
        Assert.Equal(3, exposed["sflow_exporter_records_lost_total", ("sink", "store"), ("reason", "write_failed")]);
    }

    [Fact]
    public async Task An_agent_whose_node_becomes_known_leaves_its_old_name()
    {
        await using FakeExporter exporter = await new FakeExporter(TimeProvider.System).StartAsync();
        Agent agent = exporter.AddAgent("10.128.0.2");
        agent.Datagrams = 40;
        agent.SamplingRate = 400;
        Exposition before = await exporter.ScrapeAsync(), seenBefore = await exporter.ScrapeAsync("prometheus");
        agent.BelongTo(exporter.Registries.Nodes.Intern("worker-1", null, exporter.Now));
        agent.Datagrams = 41;
        Exposition after = await exporter.ScrapeAsync(), seenAfter = await exporter.ScrapeAsync("prometheus");

        Assert.Equal(40, before["sflow_agent_datagrams_total", ("observer_node", "@unknown")]);
        Assert.Equal(0, seenBefore["sflow_agent_datagrams_total", ("observer_node", "@unknown")]);
        foreach (Exposition exposed in (Exposition[])[after, seenAfter])
        {
            Assert.DoesNotContain("@unknown", exposed.Text, StringComparison.Ordinal);
            Assert.Equal(41, exposed["sflow_agent_datagrams_total"]);
            Assert.Equal(400, exposed["sflow_agent_sampling_rate", ("agent", "10.128.0.2"), ("sub_agent", "0"), ("observer_node", "worker-1")]);
        }
    }

    [Fact]
    public async Task Labels_from_outside_keep_their_text_whatever_they_hold()
    {
        const string hostile = "a\"b\\c\nd{e=\"f\"} 1\n# EOF <script>";
        await using FakeExporter exporter = await new FakeExporter(TimeProvider.System).StartAsync();
        exporter.Flows.Add(hostile, "b", "c", new FlowTotals(10, 20, 30), exporter.Now);

        Exposition exposed = await exporter.ScrapeAsync();

        Assert.Equal(20, exposed["sflow_flow_packets_total", ("source_namespace", hostile)]);
    }

    [Fact]
    public async Task Scrapes_at_the_same_time_all_answer_with_whole_sums()
    {
        await using FakeExporter exporter = await new FakeExporter(TimeProvider.System).StartAsync();
        for (int row = 0; row < 500; row++) exporter.Flows.Add($"a{row}", "b", "c", new FlowTotals(1, 2, 3), 0);

        Exposition[] all = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => exporter.ScrapeAsync(i % 2 == 0 ? null : $"prometheus {i % 3}")));

        Assert.All(all, exposed => Assert.Equal(1_000, exposed.All("sflow_flow_packets_total").Sum()));
    }
}
