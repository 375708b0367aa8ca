using System.Text.Json;
using SFlow.Exporter.Commands;
using SFlow.Exporter.Observe;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.Observe;

/// <summary>Both directions of a conversation go by one text and have one client, one server and one Service, on every capture of the lab.</summary>
public sealed class ConversationTests(ITestOutputHelper output)
{
    private static readonly string Captures = Path.Combine(SharedFolder.Repository, "tests", "captures");

    public static TheoryData<string> Pcaps()
    {
        TheoryData<string> files = [];
        foreach (string file in Directory.GetFiles(Captures, "*.pcap")) files.Add(file);
        string lab = Path.Combine(SharedFolder.Repository, "..", "shared", "ovn-lab", "captures");
        foreach (string file in Directory.Exists(lab) ? Directory.GetFiles(lab, "*.pcap") : [])
            if (!File.Exists(Path.Combine(Captures, Path.GetFileName(file)))) files.Add(file);
        return files;
    }

    [Theory]
    [MemberData(nameof(Pcaps))]
    public void All_records_of_a_conversation_agree(string pcap)
    {
        (Registries names, List<Flow> records) = Records(pcap);
        List<IGrouping<string, Flow>> conversations = [.. ByConversation(names, records)];
        int both = 0;
        foreach (IGrouping<string, Flow> conversation in conversations)
        {
            Assert.Single(conversation.Select(record => Client(record)).Distinct());
            Assert.Single(conversation.Select(record => record.ServerService).Distinct());
            Assert.All(conversation, record => Assert.NotEqual(ServerEnd.Unknown, record.Server));
            if (conversation.Select(record => record.IsInitiator).Distinct().Count() == 2) both++;
        }
        Assert.NotEmpty(conversations);
        Say($"{Path.GetFileNameWithoutExtension(pcap)}: {conversations.Count} conversations, {both} of them seen in both directions, {conversations.Sum(one => one.Count())} records agree");
    }

    /// <summary>
    /// Real connections of which every number would tell the wrong end. Who called is what the lab's clients did: they bound these ports.
    /// </summary>
    [Fact]
    public void A_client_with_the_lower_port_is_still_the_client()
    {
        (Registries names, List<Flow> records) = Records(Path.Combine(Captures, "ovn-s1-ports.pcap"));
        string[] clients = [.. ByConversation(names, records).Select(conversation => Client(conversation.First())).Order(StringComparer.Ordinal)];
        Assert.Equal(["10.128.0.5:110", "10.128.0.5:4443", "10.128.0.6:4443", "10.128.0.6:4444", "10.128.2.5:22", "10.128.2.6:25"], clients);
        Flow[] seen = [.. records.Where(record => record.Has(PacketFacts.Ports))];
        Assert.All(seen, record => Assert.True(record.ServerReason < ServerReason.IanaPort));
        Say($"6 clients with the lower port, {seen.Length} records: " + string.Join(", ", seen.CountBy(record => SnakeCase.OfOrNull(record.ServerReason)!).Select(one => $"{one.Value} by {one.Key}")));
    }

    /// <summary>
    /// The client's own interface saw the Service's address both ways; our records have that of the pod that answers. Joined by the text of
    /// the conversation they are the same packets.
    /// </summary>
    [Fact]
    public void A_request_to_a_Service_and_the_reply_of_a_pod_are_one_conversation()
    {
        (Registries names, List<Flow> records) = Records(Path.Combine(Captures, "ovn-s1-svc.pcap"));
        Dictionary<string, (long Requests, long Replies)> ours = [];
        foreach (IGrouping<string, Flow> conversation in ByConversation(names, records.Where(record => record.Counted)))
        {
            Flow[] requests = [.. conversation.Where(record => record.IsInitiator)], replies = [.. conversation.Where(record => !record.IsInitiator)];
            if (requests.Length == 0 || names.Endpoints[requests[0].DestinationEndpoint].Kind != EndpointKind.Service) continue;
            Assert.All(replies, reply => Assert.Equal(EndpointKind.Pod, names.Endpoints[reply.SourceEndpoint].Kind));
            ours.Add($"{requests[0].Protocol} {Client(requests[0])} {requests[0].Destination}:{requests[0].DestinationPort}", (requests.Length, replies.Length));
        }

        using JsonDocument truth = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Captures, "ovn-s1-svc.truth.json")));
        HashSet<string> pods = [.. truth.RootElement.GetProperty("pods").EnumerateArray().Select(pod => pod.GetProperty("name").GetString()!)];
        Dictionary<string, (long Requests, long Replies)> theirs = [];
        foreach (JsonElement flow in truth.RootElement.GetProperty("flows").EnumerateArray())
        {
            if (!pods.Contains(flow.GetProperty("pod").GetString()!) || flow.GetProperty("later_fragment").GetBoolean()) continue;
            bool sent = flow.GetProperty("dir").GetString() == "tx";
            (JsonElement client, JsonElement clientPort) = sent ? (flow.GetProperty("src"), flow.GetProperty("sport")) : (flow.GetProperty("dst"), flow.GetProperty("dport"));
            (JsonElement server, JsonElement serverPort) = sent ? (flow.GetProperty("dst"), flow.GetProperty("dport")) : (flow.GetProperty("src"), flow.GetProperty("sport"));
            if (!server.GetString()!.StartsWith("172.30.", StringComparison.Ordinal) || server.GetString() == "172.30.0.1") continue;
            string key = $"{(flow.GetProperty("proto").GetString() == "tcp" ? 6 : 17)} {client}:{clientPort} {server}:{serverPort}";
            (long requests, long replies) = theirs.GetValueOrDefault(key);
            long packets = flow.GetProperty("packets").GetInt64();
            theirs[key] = sent ? (requests + packets, replies) : (requests, replies + packets);
        }

        Assert.NotEmpty(theirs);
        Assert.Equal(theirs, ours.Where(one => !one.Key.Contains("172.30.0.1:", StringComparison.Ordinal)).ToDictionary());
        Say($"{theirs.Count} conversations with Services joined, {theirs.Values.Sum(one => one.Requests)} requests and {theirs.Values.Sum(one => one.Replies)} replies equal the truth");
    }

    [Theory]
    [InlineData("10.128.2.7", 40_000, "172.30.1.1", 80, "10.128.0.5", 8_080, "tcp 10.128.2.7:40000 shop/web:http")]
    [InlineData("10.128.2.7", 40_000, "198.51.100.9", 443, "198.51.100.9", 443, "tcp 10.128.2.7:40000 198.51.100.9:443")]
    [InlineData("198.51.100.9", 40_000, "10.128.2.7", 443, "10.128.2.7", 443, "tcp 10.128.2.7:443 198.51.100.9:40000")]
    [InlineData("fd01:0:0:2::7", 40_000, "2001:db8::1", 443, "2001:db8::1", 443, "tcp [2001:db8::1]:443 [fd01:0:0:2::7]:40000")]
    public void Request_and_reply_have_the_same_text(string client, int clientPort, string called, int calledPort, string answering, int answeringPort, string text)
    {
        Packets packets = new();
        Flow request = packets.See(client, clientPort, called, calledPort), reply = packets.See(answering, answeringPort, client, clientPort);
        Assert.Equal((text, text), (Conversation.Of(request, packets.Service(request)), Conversation.Of(reply, packets.Service(reply))));
    }

    /// <summary>What is found at sampling 1 is found of a sample as well, for all that Kubernetes or IANA know.</summary>
    [Fact]
    public void Thinned_records_name_the_same_server_as_all()
    {
        int compared = 0, guessed = 0, waiting = 0;
        foreach (string pcap in Directory.GetFiles(Captures, "*.pcap"))
        {
            (Registries names, List<Flow> records) = Records(pcap);
            foreach (int rate in (int[])[4, 16, 64])
                for (int seed = 0; seed < 10; seed++)
                {
                    Random random = new(seed);
                    Packets packets = new();
                    foreach (Flow record in records.Where(record => record.Has(PacketFacts.Ports) && random.Next(rate) == 0))
                    {
                        Flow[] again = [record];
                        new ObserveStage(names, ExportRule.WholeCapture, new(names.Services, names.DoubtfulPorts), packets.History, new ServiceSet(), packets.Counters, 1).Process(again);
                        // Only a handshake shows the server of the wrong-way ports, and it may not be in the sample.
                        if (pcap.Contains("ports", StringComparison.Ordinal) && again[0].ServerReason is ServerReason.IanaPort or ServerReason.LowerPort && ++waiting > 0) continue;
                        Assert.Equal((record.Server, record.ServerService), (again[0].Server, again[0].ServerService));
                        compared++;
                        if (again[0].ServerReason is ServerReason.IanaPort or ServerReason.LowerPort) guessed++;
                    }
                }
        }
        Assert.True(compared > 1_000, $"only {compared} compared");
        Say($"{compared} records of thinned captures name the same server, {guessed} of them by a guess; {waiting} of wrong-way ports guess until a handshake is in the sample");
    }

    private void Say(string line)
    {
        output.WriteLine(line);
        TestContext.Current.SendDiagnosticMessage(line);
    }

    private static string Client(in Flow record) => record.IsInitiator ? $"{record.Source}:{record.SourcePort}" : $"{record.Destination}:{record.DestinationPort}";

    private static IEnumerable<IGrouping<string, Flow>> ByConversation(Registries names, IEnumerable<Flow> records) => records
        .Where(record => record.Fault == SampleFault.None && record.Observation != Observation.Own && record.Has(PacketFacts.Ports))
        .GroupBy(record => Conversation.Of(record, names.Services[record.ServerService])!);

    private static (Registries Registries, List<Flow> Records) Records(string pcap)
    {
        Settings settings = new();
        string inventory = Path.Combine(Captures, Path.GetFileNameWithoutExtension(pcap) + ".inventory.json");
        settings.Identify.Inventory = File.Exists(inventory) ? inventory : Path.Combine(Captures, "ovn-s1-svc.inventory.json");
        CapturePipeline line = new(settings);
        Gather gather = new();
        line.Run(pcap, gather);
        return (line.Registries, gather.Records);
    }

    private sealed class Gather : IFlowStage
    {
        public List<Flow> Records { get; } = [];

        public void Process(Span<Flow> records) => Records.AddRange(records);

        public void Idle()
        {
        }
    }
}
