using System.Net;
using System.Text.Json;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Pipeline.Fields;
using SFlow.Exporter.Store;

namespace SFlow.Exporter.Tests.Store;

public class FlowsApiTests
{
    [Fact]
    public async Task A_record_is_given_in_the_words_of_ECS()
    {
        SampleFlows flows = new();
        await using FlowsApi api = await FlowsApi.StartAsync(flows);
        await api.OfferAsync(Known(flows));

        JsonElement answer = await api.GetAsync("");

        JsonElement flow = Assert.Single(answer.GetProperty("flows").EnumerateArray());
        Dictionary<string, object> expected = new()
        {
            ["position"] = 1, ["@timestamp"] = "2027-01-15T08:00:00.123456789Z", ["event.id"] = "------0C---------9g---",
            ["network.type"] = "ipv4", ["network.transport"] = "tcp", ["network.iana_number"] = "6", ["network.bytes"] = 400_000, ["network.packets"] = 400,
            ["network.vlan.id"] = "12",
            ["source.ip"] = "10.128.0.5", ["source.port"] = 40_000, ["source.mac"] = "0A-58-0A-80-00-05",
            ["source.kubernetes.namespace"] = "shop", ["source.kubernetes.kind"] = "Pod", ["source.kubernetes.name"] = "web-7d-x",
            ["source.kubernetes.owner.kind"] = "Deployment", ["source.kubernetes.owner.name"] = "web", ["source.kubernetes.node.name"] = "node-0",
            ["source.kubernetes.zone"] = "a",
            ["destination.ip"] = "172.30.0.10", ["destination.port"] = 443, ["destination.mac"] = "0A-58-0A-80-00-01", ["sflow.destination_service"] = "team-1/web-5:http",
            ["sflow.server_service"] = "team-1/web-5:http", ["sflow.sample.type"] = "flow",
            // Names of the release before.
            ["destination.service"] = "team-1/web-5:http", ["server.service"] = "team-1/web-5:http", ["sflow.sample.format"] = 1, ["observer.ip"] = "10.128.0.2", ["observer.name"] = "node-0",
            ["sflow.counted"] = true, ["sflow.observation"] = "source", ["sflow.server"] = "destination", ["sflow.server_reason"] = "service_address",
            ["sflow.source_namespace"] = "shop", ["sflow.destination_namespace"] = "@unknown",
            ["sflow.datagram.sequence"] = 77, ["sflow.sample.rate"] = 400, ["sflow.header.frame_length"] = 1004, ["sflow.header.stripped"] = 4,
            ["sflow.header.cut"] = false, ["sflow.tcp.flags"] = "SYN ACK", ["sflow.ip.ttl"] = 63,
        };
        foreach ((string name, object value) in expected)
            Assert.True(flow.TryGetProperty(name, out JsonElement given) && given.ToString() == value.ToString(), $"{name}: {given} instead of {value}");
        foreach (string absent in new[] { "destination.kubernetes.namespace", "sflow.icmp.type", "sflow.fault", "sflow.tunnel.vni", "network.inner.vlan.id" })
            Assert.False(flow.TryGetProperty(absent, out _), absent);
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("next").ValueKind);
        Assert.True(answer.GetProperty("complete").GetBoolean());
        Assert.Equal(1, answer.GetProperty("scanned").GetInt64());
    }

    [Fact]
    public async Task Samples_without_IP_have_no_addresses_and_ICMP_has_no_ports()
    {
        SampleFlows flows = new();
        await using FlowsApi api = await FlowsApi.StartAsync(flows);
        Flow[] records = flows.Make(400);
        await api.OfferAsync(records);

        JsonElement answer = await api.GetAsync("?limit=1000");

        JsonElement[] found = [.. answer.GetProperty("flows").EnumerateArray()];
        Assert.Equal(400, found.Length);
        foreach ((Flow record, JsonElement flow) in records.Reverse().Zip(found))
        {
            Assert.Equal(!record.Has(PacketFacts.Arp), flow.TryGetProperty("source.ip", out _));
            Assert.Equal(record.Has(PacketFacts.Ports), flow.TryGetProperty("source.port", out _));
            Assert.Equal(record.Has(PacketFacts.Icmp), flow.TryGetProperty("sflow.icmp.type", out _));
            Assert.Equal(record.Bytes.ToString(), flow.GetProperty("network.bytes").ToString());
        }
    }

    [Fact]
    public async Task Pages_go_on_by_next()
    {
        SampleFlows flows = new();
        await using FlowsApi api = await FlowsApi.StartAsync(flows);
        await api.OfferAsync(flows.Make(250));

        List<long> positions = [];
        for (string query = "?limit=100"; ;)
        {
            JsonElement page = await api.GetAsync(query);
            positions.AddRange(page.GetProperty("flows").EnumerateArray().Select(flow => flow.GetProperty("position").GetInt64()));
            if (page.GetProperty("next").ValueKind == JsonValueKind.Null) break;
            query = $"?limit=100&before={page.GetProperty("next").GetInt64()}";
        }
        Assert.Equal(Enumerable.Range(1, 250).Reverse().Select(position => (long)position), positions);
    }

    [Fact]
    public async Task The_time_of_an_answer_is_accepted_as_a_parameter_to_the_nanosecond()
    {
        SampleFlows flows = new();
        await using FlowsApi api = await FlowsApi.StartAsync(flows);
        await api.OfferAsync(flows.Make(50));
        string time = (await api.GetAsync("?limit=1&before=26")).GetProperty("flows")[0].GetProperty("@timestamp").GetString()!;

        long[] since = Positions(await api.GetAsync($"?from={time}")), until = Positions(await api.GetAsync($"?to={time}"));

        Assert.Equal(50, since.Length + until.Length);
        Assert.Contains(25, since);
        Assert.DoesNotContain(25, until);
    }

    [Theory]
    [InlineData("?port=70000", "port", "0 to 65535")]
    [InlineData("?port=+80", "port", "0 to 65535")]
    [InlineData("?address=10.0.0.0/33", "address", "CIDR")]
    [InlineData("?address=10.1", "address", "CIDR")]
    [InlineData("?source_address=fe80::1%25eth0", "source_address", "CIDR")]
    [InlineData("?protocol=tpc", "protocol", "tcp, udp")]
    [InlineData("?from=yesterday", "from", "RFC 3339")]
    [InlineData("?from=-5y", "from", "-15m")]
    [InlineData("?from=-999999999d", "from", "-15m")]
    [InlineData("?from=0001-01-01", "from", "RFC 3339")]
    [InlineData("?from=-1m&to=-5m", "to", "after")]
    [InlineData("?counted=yes", "counted", "true or false")]
    [InlineData("?limit=0", "limit", "1 to 1000")]
    [InlineData("?limit=1001", "limit", "1 to 1000")]
    [InlineData("?before=-1", "before", "next")]
    [InlineData("?format=xml", "format", "json or csv")]
    [InlineData("?port=1&port=2", "port", "one value")]
    public async Task A_wrong_parameter_is_refused_by_name_with_what_is_allowed(string query, string parameter, string allowed)
    {
        await using FlowsApi api = await FlowsApi.StartAsync(new SampleFlows());
        JsonElement problem = await ProblemAsync(api, query, HttpStatusCode.BadRequest);
        Assert.Equal(parameter, problem.GetProperty("parameter").GetString());
        Assert.Contains(allowed, problem.GetProperty("allowed").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filter_selects_records_and_a_wrong_one_is_refused_with_its_place()
    {
        SampleFlows flows = new();
        await using FlowsApi api = await FlowsApi.StartAsync(flows);
        Flow[] records = flows.Make(200);
        await api.OfferAsync(records);
        int expected = records.Count(record => record.Has(PacketFacts.Ports) && record.Protocol == 6 && (record.SourcePort == 443 || record.DestinationPort == 443));

        JsonElement answer = await api.GetAsync("?filter=port%3D443+and+protocol%3Dtcp&limit=1000");
        JsonElement problem = await ProblemAsync(api, "?filter=port%3D443+protocol%3Dtpc", HttpStatusCode.BadRequest);

        Assert.Equal(expected, answer.GetProperty("flows").GetArrayLength());
        Assert.True(expected > 0);
        Assert.Equal("filter", problem.GetProperty("parameter").GetString());
        Assert.Equal((18, 3, "tcp"), (problem.GetProperty("position").GetInt32(), problem.GetProperty("length").GetInt32(), problem.GetProperty("suggestion").GetString()));
    }

    [Fact]
    public async Task An_unknown_parameter_is_refused_with_the_nearest_right_one()
    {
        await using FlowsApi api = await FlowsApi.StartAsync(new SampleFlows());
        JsonElement problem = await ProblemAsync(api, "?name_space=shop", HttpStatusCode.BadRequest);
        Assert.Contains("'namespace'", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        await ProblemAsync(api, "?" + new string('x', 5000) + "=1", HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Parameters_without_value_do_not_restrict()
    {
        SampleFlows flows = new();
        await using FlowsApi api = await FlowsApi.StartAsync(flows);
        await api.OfferAsync(flows.Make(5));
        Assert.Equal(5, Positions(await api.GetAsync("?namespace=&port=&from=&counted=")).Length);
    }

    [Fact]
    public async Task Searches_beyond_the_limit_are_refused_for_now()
    {
        await using FlowsApi api = await FlowsApi.StartAsync(new SampleFlows(), limits: new SearchLimits { Concurrent = 0 });
        JsonElement problem = await ProblemAsync(api, "", HttpStatusCode.TooManyRequests);
        Assert.Contains("Try again", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_store_there_is_no_queue_and_the_search_says_how_to_get_one()
    {
        await using FlowsApi api = await FlowsApi.StartAsync(new SampleFlows(), enabled: false);
        Assert.Empty(api.Queues);
        JsonElement problem = await ProblemAsync(api, "", HttpStatusCode.NotFound);
        Assert.Contains("--store true", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?format=csv", null, true)]
    [InlineData("", "text/csv", true)]
    [InlineData("", "text/csv;q=0.5, application/json", false)]
    [InlineData("?format=json", "text/csv", false)]
    [InlineData("", "text/html,*/*;q=0.8", false)]
    public async Task The_format_is_by_parameter_or_by_Accept(string query, string? accept, bool csv)
    {
        await using FlowsApi api = await FlowsApi.StartAsync(new SampleFlows());
        using HttpRequestMessage request = new(HttpMethod.Get, "/api/flows" + query);
        if (accept is not null) request.Headers.TryAddWithoutValidation("Accept", accept);
        using HttpResponseMessage response = await api.Client.SendAsync(request);
        Assert.Equal(csv ? "text/csv" : "application/json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task CSV_and_JSON_hold_the_same_values()
    {
        SampleFlows flows = new();
        await using FlowsApi api = await FlowsApi.StartAsync(flows);
        await api.OfferAsync(flows.Make(200));
        JsonElement[] json = [.. (await api.GetAsync("?limit=150")).GetProperty("flows").EnumerateArray()];
        using HttpResponseMessage response = await api.Client.GetAsync("/api/flows?limit=150&format=csv");
        List<List<string>> rows = CsvText.Parse(await response.Content.ReadAsStringAsync());

        Assert.Equal("51", Assert.Single(response.Headers.GetValues("Sflow-Next")));
        Assert.Equal("true", Assert.Single(response.Headers.GetValues("Sflow-Complete")));
        Assert.Contains("server.service=sflow.server_service", Assert.Single(response.Headers.GetValues("Sflow-Renamed-Fields")), StringComparison.Ordinal);
        Assert.Equal(rows[0], FieldCatalogue.Search.Select(field => field.Name).Prepend("position"));
        Assert.Equal(151, rows.Count);
        int compared = 0;
        foreach ((List<string> row, JsonElement flow) in rows.Skip(1).Zip(json))
        {
            for (int i = 0; i < row.Count; i++)
            {
                string expected = flow.TryGetProperty(rows[0][i], out JsonElement value) ? value.ValueKind switch
                {
                    JsonValueKind.True => "true",
                    JsonValueKind.False => "false",
                    _ => value.ToString(),
                } : "";
                Assert.Equal(expected.Length > 0 && expected[0] is '@' or '-' ? "'" + expected : expected, row[i]);
                compared++;
            }
        }
        Assert.Equal(150 * rows[0].Count, compared);
    }

    [Fact]
    public async Task Hostile_names_reach_neither_a_spreadsheet_nor_a_terminal_nor_a_page()
    {
        string[] hostile =
        [
            "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "a,b", "a\"b", "a\r\nb,c", "<script>alert(1)</script>",
            "nul\0byte", "esc\u001b[31m", "rtl\u202Egnp.exe", "bell\a", "csi\u009b1m", "lone\ud800", "ünïcode 名",
        ];
        SampleFlows flows = new();
        List<Flow> records = [];
        foreach (string name in hostile)
        {
            Flow record = flows.Next();
            FlowEndpoint pod = new() { Kind = EndpointKind.Pod, Label = name, Namespace = name, Name = name, OwnerName = name };
            record.SourceEndpoint = flows.Registries.Endpoints.Intern(pod).Id;
            record.ServerService = flows.Registries.Services.Intern(name);
            records.Add(record);
        }
        await using FlowsApi api = await FlowsApi.StartAsync(flows);
        await api.OfferAsync([.. records]);

        string csv = await api.Client.GetStringAsync("/api/flows?format=csv");
        string json = await api.Client.GetStringAsync("/api/flows");

        List<List<string>> rows = CsvText.Parse(csv);
        Assert.Equal(hostile.Length + 1, rows.Count);
        int column = rows[0].IndexOf("source.kubernetes.name");
        for (int i = 0; i < hostile.Length; i++)
        {
            List<string> row = rows[hostile.Length - i];
            Assert.All(row, cell => Assert.False(cell.Length > 0 && "=+-@\t\r".Contains(cell[0], StringComparison.Ordinal), cell));
            string clean = string.Concat(hostile[i].Select(letter => IsHarmless(letter) ? letter : '\uFFFD'));
            Assert.Equal("=+-@".Contains(clean[0], StringComparison.Ordinal) ? "'" + clean : clean, row[column]);
        }
        Assert.All(new[] { csv, json }, text => Assert.DoesNotContain(text, letter => char.IsControl(letter) && letter is not ('\r' or '\n')));
        Assert.DoesNotContain("<script>", json, StringComparison.Ordinal);
        JsonElement[] found = [.. JsonDocument.Parse(json).RootElement.GetProperty("flows").EnumerateArray()];
        Assert.Contains(found, flow => flow.GetProperty("sflow.server_service").GetString() == "<script>alert(1)</script>");
    }

    [Fact]
    public void What_is_a_number_in_the_record_stays_one_in_CSV()
    {
        Assert.Equal("-5", FlowCsv.Cell(-5L));
        Assert.Equal("'-5", FlowCsv.Cell("-5"));
    }

    private static Flow Known(SampleFlows flows) => new()
    {
        TimestampNanoseconds = 1_800_000_000_123_456_789, IdHigh = 0xAB, IdLow = 0xCD, AgentAddress = Address.FromIPv4(0x0A800002), DatagramSequence = 77,
        SampleFormat = 1, SamplingRate = 400, HeaderProtocol = 1, FrameLength = 1004, Stripped = 4, SourceMac = 0x0A580A800005, DestinationMac = 0x0A580A800001, VlanId = 12,
        EtherType = 0x0800, Facts = PacketFacts.Ethernet | PacketFacts.IPv4 | PacketFacts.Ports | PacketFacts.Tcp, Source = Address.FromIPv4(0x0A800005),
        Destination = Address.FromIPv4(0xAC1E000A), SourcePort = 40_000, DestinationPort = 443, Protocol = 6, Ttl = 63, TcpFlags = 0x12, IpLength = 982,
        ObserverNode = 0, DestinationService = flows.Registries.Services.Intern("team-1/web-5:http"), ServerService = flows.Registries.Services.Intern("team-1/web-5:http"),
        SourceEndpoint = flows.Registries.Endpoints.Intern(new FlowEndpoint
        {
            Kind = EndpointKind.Pod, Label = "shop", Namespace = "shop", Name = "web-7d-x", OwnerKind = "Deployment", OwnerName = "web", NodeName = "node-0", Zone = "a",
        }).Id,
        Observation = Observation.Source, Counted = true, Server = ServerEnd.Destination, ServerReason = ServerReason.ServiceAddress,
    };

    private static bool IsHarmless(char letter) => !char.IsControl(letter) && !char.IsSurrogate(letter) && letter != '\u202E';

    private static long[] Positions(JsonElement answer) =>
        [.. answer.GetProperty("flows").EnumerateArray().Select(flow => flow.GetProperty("position").GetInt64())];

    private static async Task<JsonElement> ProblemAsync(FlowsApi api, string query, HttpStatusCode status)
    {
        using HttpResponseMessage response = await api.Client.GetAsync("/api/flows" + query);
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == status, $"{response.StatusCode}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        return JsonDocument.Parse(text).RootElement;
    }
}
