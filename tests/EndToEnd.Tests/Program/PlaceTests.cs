using System.Text.Json;
using SFlow.EndToEnd.Tests.Services;
using SFlow.Tests;

namespace SFlow.EndToEnd.Tests.Program;

/// <summary>Databases of places in the program as it is shipped: machine code has no reflection that could fill what is read from them.</summary>
public sealed class PlaceTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("sflow-places-").FullName;

    [Theory]
    [InlineData("198.51.100.77", "place: Berlin, Land Berlin, Germany; AS64500 Example Networks")]
    [InlineData("2001:db8:77::1", "place: Japan")]
    [InlineData("203.0.113.200", "place: AS4200000000 Large Number")]
    [InlineData("8.8.8.8", null)]
    public async Task An_address_outside_is_explained_with_its_place(string address, string? place)
    {
        (int code, string said, string errors) = await ExporterProcess.RunAsync("explain", address, "--geoip-database", Databases());

        Assert.Equal((0, ""), (code, errors));
        string[] lines = said.Split('\n');
        Assert.StartsWith(address + ":", lines[0], StringComparison.Ordinal);
        Assert.Equal(place, lines.SingleOrDefault(line => line.StartsWith("place:", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_record_has_the_place_of_its_outside_end()
    {
        FlowSampleBuilder sample = new FlowSampleBuilder().AddHeader(PacketBuilder.TcpFrame("10.128.0.5", "198.51.100.77"));
        string capture = System.IO.Path.Combine(folder, "outside.pcap");
        await File.WriteAllBytesAsync(capture, CaptureBuilder.Pcap(new DatagramBuilder().Add(sample).Build()), TestContext.Current.CancellationToken);

        (int code, string said, string errors) = await ExporterProcess.RunAsync("records", capture, "--geoip-database", Databases());

        Assert.Equal((0, ""), (code, errors));
        using JsonDocument record = JsonDocument.Parse(said);
        JsonElement outside = record.RootElement.GetProperty("destination");
        Assert.Equal(("DE", "Berlin"), (outside.GetProperty("geo").GetProperty("country_iso_code").GetString(), outside.GetProperty("geo").GetProperty("city_name").GetString()));
        Assert.Equal(64_500, outside.GetProperty("as").GetProperty("number").GetInt64());
        Assert.False(record.RootElement.GetProperty("source").TryGetProperty("geo", out _));
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_named()
    {
        string file = System.IO.Path.Combine(folder, "broken.mmdb");
        await File.WriteAllTextAsync(file, "not a database", TestContext.Current.CancellationToken);
        (int code, string said, string errors) = await ExporterProcess.RunAsync("explain", "8.8.8.8", "--geoip-database", file);
        Assert.Equal((3, ""), (code, said));
        Assert.Contains($"{file} can't be used as a MaxMind database", errors, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>One database of cities and one of autonomous systems, as the option wants them.</summary>
    private string Databases()
    {
        string cities = Save("city.mmdb", new GeoIpFile("GeoLite2-City")
            .Add("198.51.100.0/24", new()
            {
                ["continent"] = new Dictionary<string, object> { ["code"] = "EU", ["names"] = Names("Europe", "Europa") },
                ["country"] = new Dictionary<string, object> { ["geoname_id"] = 2_921_044u, ["iso_code"] = "DE", ["names"] = Names("Germany", "Deutschland") },
                ["subdivisions"] = new object[] { new Dictionary<string, object> { ["iso_code"] = "BE", ["names"] = Names("Land Berlin", "Berlin") } },
                ["city"] = new Dictionary<string, object> { ["names"] = Names("Berlin", "Berlin") },
                ["location"] = new Dictionary<string, object> { ["accuracy_radius"] = (ushort)20, ["latitude"] = 52.5, ["longitude"] = 13.25, ["time_zone"] = "Europe/Berlin" },
            })
            .Add("2001:db8::/32", new() { ["country"] = new Dictionary<string, object> { ["iso_code"] = "JP", ["names"] = Names("Japan", "Japan") } }));
        string systems = Save("asn.mmdb", new GeoIpFile("GeoLite2-ASN", recordBits: 24)
            .Add("198.51.100.0/24", new() { ["autonomous_system_number"] = 64_500u, ["autonomous_system_organization"] = "Example Networks" })
            .Add("203.0.113.128/25", new() { ["autonomous_system_number"] = 4_200_000_000u, ["autonomous_system_organization"] = "Large Number" }));
        return $"{cities},{systems}";
    }

    private static Dictionary<string, object> Names(string english, string german) => new() { ["de"] = german, ["en"] = english };

    private string Save(string name, GeoIpFile file)
    {
        string path = System.IO.Path.Combine(folder, name);
        File.WriteAllBytes(path, file.Write());
        return path;
    }
}
