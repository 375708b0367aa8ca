using System.Text.Json.Nodes;
using SFlow.EndToEnd.Tests.Services;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Pipeline.Fields;
using SFlow.Exporter.Tests.Elasticsearch;

namespace SFlow.EndToEnd.Tests.Elasticsearch;

/// <summary>What a real server makes of our mapping and documents, compared with the catalogue of fields.</summary>
public sealed class FieldCapsTests
{
    private const string Stream = "logs-sflow.flow-default";
    private const int Records = 500;

    [Theory]
    [InlineData("opensearch")]
    [InlineData("elasticsearch710")]
    public async Task The_fields_of_the_server_are_those_of_the_catalogue(string service)
    {
        await using OpenSearchServer server = await OpenSearchServer.StartAsync(service);
        await using Shipping shipping = new(server.Address.ToString());
        await shipping.StartAsync();
        shipping.Offer(shipping.Flows.Many(Records).Select(Varied));
        await shipping.SettledAsync();
        Assert.Equal((Records, 0, 0, 0), shipping.Outcomes);

        JsonObject fields = (await server.AskAsync(HttpMethod.Get, $"/{Stream}/_field_caps?fields=*"))["fields"]!.AsObject();
        Dictionary<string, string> types = [];
        foreach ((string name, JsonNode? caps) in fields)
        {
            // One type for each field: two would be a conflict between indices.
            string type = Assert.Single(caps!.AsObject()).Key;
            if (!name.StartsWith('_') && type != "object") types.Add(name, type);
        }
        Assert.Equal(FieldCatalogue.Documents.OrderBy(field => field.Name).Select(field => $"{field.Name} {field.Type}"), types.OrderBy(type => type.Key).Select(type => $"{type.Key} {type.Value}"));

        Assert.Equal(Records, await CountAsync("""{ "match_all": {} }"""));
        // A value that does not fit its type is kept out of the index, and the document is marked.
        Assert.Equal(0, await CountAsync("""{ "exists": { "field": "_ignored" } }"""));
        Assert.Equal(Records / 2, await CountAsync("""{ "term": { "network.type": "ipv6" } }"""));
        Assert.Equal(Records, await CountAsync("""{ "bool": { "must": [ { "term": { "observer.ip": "10.128.0.0/16" } }, { "exists": { "field": "event.ingested" } } ] } }"""));

        async Task<int> CountAsync(string query) =>
            (await server.SearchAsync(Stream, $$"""{ "size": 0, "track_total_hits": true, "query": {{query}} }"""))["hits"]!["total"]!["value"]!.GetValue<int>();
    }

    private static Flow Varied(Flow record, int index)
    {
        if (index % 2 == 0) return record;
        record.Facts = PacketFacts.Ethernet | PacketFacts.IPv6 | PacketFacts.Ports | PacketFacts.Tcp | PacketFacts.TunnelIngress;
        (record.Source, record.Destination) = (new Address(0xFD01_0000_0000_0001, (ulong)index), new Address(0x2001_0DB8_0000_0000, 1));
        (record.Protocol, record.TcpFlags, record.VlanId, record.AcknowledgedBytes) = (6, 0x12, 7, 1_448);
        return record;
    }
}
