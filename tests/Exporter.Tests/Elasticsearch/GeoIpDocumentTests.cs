using System.Text.Json.Nodes;
using SFlow.Exporter.Elasticsearch;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Pipeline.Fields;
using SFlow.Exporter.Tests.Identify;

namespace SFlow.Exporter.Tests.Elasticsearch;

public sealed class GeoIpDocumentTests
{
    private sealed class Atlas : IGeoIp
    {
        public Dictionary<Address, Place> Known { get; } = [];
        public int Asked { get; private set; }
        public int Generation { get; set; }

        public Place? Find(Address address)
        {
            Asked++;
            return Known.GetValueOrDefault(address);
        }
    }

    private readonly Flows flows = new();
    private readonly Atlas atlas = new();
    private readonly Address outside = Cluster.Address("198.51.100.77");

    [Fact]
    public void An_outside_end_has_its_place_and_system_by_the_names_of_the_schema_and_an_inside_one_has_none()
    {
        Place place = new()
        {
            ContinentCode = "EU", ContinentName = "Europe", CountryCode = "DE", CountryName = "Germany", RegionCode = "DE-BE", RegionName = "Land Berlin",
            City = "Berlin", TimeZone = "Europe/Berlin", Latitude = 52.5, Longitude = 13.25, AsNumber = 64_500, AsOrganization = "Example <Networks>",
        };
        Flow record = ToOutside();
        (atlas.Known[outside], atlas.Known[record.Source]) = (place, place);
        JsonObject document = flows.Document(record, atlas);

        JsonNode geo = JsonNode.Parse("""
            {"continent_code":"EU","continent_name":"Europe","country_iso_code":"DE","country_name":"Germany","region_iso_code":"DE-BE","region_name":"Land Berlin",
             "city_name":"Berlin","timezone":"Europe/Berlin","location":{"lat":52.5,"lon":13.25}}
            """)!;
        Assert.True(JsonNode.DeepEquals(geo, document["destination"]!["geo"]), document["destination"]!.ToJsonString());
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"number":64500,"organization":{"name":"Example <Networks>"}}"""), document["destination"]!["as"]));
        Assert.True(JsonNode.DeepEquals(document["destination"], document["server"]));
        Assert.Null(document["source"]!["geo"]);
        Assert.Null(document["source"]!["as"]);

        string[] written = [.. geo.AsObject().Select(field => $"geo.{field.Key}"), "as.number", "as.organization.name"];
        foreach (string end in (string[])["source", "destination", "client", "server"])
        {
            IEnumerable<string> mapped = FieldCatalogue.Documents.Select(field => field.Name).Where(name => name.StartsWith(end + ".geo.", StringComparison.Ordinal) || name.StartsWith(end + ".as.", StringComparison.Ordinal));
            Assert.Equal(written.Select(name => $"{end}.{name}").Order(), mapped.Order());
        }
    }

    [Fact]
    public void An_address_is_looked_up_once_until_other_databases_are_in_force()
    {
        EcsDocument document = new(flows.Registries, atlas);
        for (int i = 0; i < 5; i++) Assert.Null(Flows.Write(document, ToOutside())["destination"]!["geo"]);
        Assert.Equal(1, atlas.Asked);
        atlas.Known[outside] = new Place { CountryCode = "DE" };
        atlas.Generation++;
        Assert.Equal("DE", (string?)Flows.Write(document, ToOutside())["destination"]!["geo"]!["country_iso_code"]);
        Assert.Equal(2, atlas.Asked);
    }

    private Flow ToOutside()
    {
        Flow record = flows.Udp();
        record.Destination = outside;
        record.DestinationEndpoint = flows.Registries.Endpoints.Intern(new FlowEndpoint { Kind = EndpointKind.Internet, Label = ReservedLabels.Internet }).Id;
        return record;
    }
}
