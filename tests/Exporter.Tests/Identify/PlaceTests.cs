using System.Net;
using SFlow.Exporter.Identify.Explain;
using SFlow.Exporter.Identify.GeoIp;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.Identify;

/// <summary>Databases of places that a test writes, read as the program reads those of its user.</summary>
public sealed class PlaceTests : IDisposable
{
    private readonly string folder = System.IO.Directory.CreateTempSubdirectory("sflow-places-").FullName;

    [Theory]
    [InlineData(24), InlineData(28), InlineData(32)]
    public void What_two_databases_tell_of_an_address_is_one_place(int recordBits)
    {
        using GeoIpDatabases places = Open(Cities(recordBits), Systems(recordBits));
        Place berlin = new()
        {
            ContinentCode = "EU", ContinentName = "Europe", CountryCode = "DE", CountryName = "Germany", RegionCode = "DE-BE", RegionName = "Land Berlin",
            City = "Berlin", TimeZone = "Europe/Berlin", Latitude = 52.5, Longitude = 13.25, AsNumber = 64_500, AsOrganization = "Example Networks",
        };
        Assert.Equal(berlin, places.Find(Cluster.Address("198.51.100.77")));
        Assert.Equal("Berlin, Land Berlin, Germany; AS64500 Example Networks", berlin.ToString());
        Assert.Equal(new Place { CountryCode = "JP", CountryName = "Japan" }, places.Find(Cluster.Address("2001:db8:77::1")));
        Assert.Equal(new Place { AsNumber = 4_200_000_000, AsOrganization = "Large Number" }, places.Find(Cluster.Address("203.0.113.200")));
        Assert.Null(places.Find(Cluster.Address("203.0.113.1")));
        Assert.Null(places.Find(Cluster.Address("10.128.0.5")));
    }

    [Fact]
    public void A_thousand_networks_are_found_by_their_first_and_last_address_and_by_nothing_outside()
    {
        GeoIpFile file = new("GeoLite2-ASN");
        for (uint network = 0; network < 1_000; network++)
            file.Add($"{new IPAddress([20, (byte)(network >> 8), (byte)network, 64])}/26", new() { ["autonomous_system_number"] = network + 1 });
        using GeoIpDatabases places = Open(Save("many.mmdb", file.Write()));
        int compared = 0;
        for (uint network = 0; network < 1_000; network++)
        {
            foreach ((byte last, bool inside) in ((byte, bool)[])[(63, false), (64, true), (127, true), (128, false)])
            {
                Address address = Address.From(new IPAddress([20, (byte)(network >> 8), (byte)network, last]));
                Assert.Equal(inside ? network + 1 : null, places.Find(address)?.AsNumber);
                compared++;
            }
        }
        TestContext.Current.SendDiagnosticMessage($"places: {compared} look-ups are as written");
    }

    [Fact]
    public void A_database_of_IPv4_alone_says_nothing_of_IPv6()
    {
        using GeoIpDatabases places = Open(Save("four.mmdb", new GeoIpFile("X", onlyIPv4: true).Add("198.51.100.0/24", new() { ["autonomous_system_number"] = 7u }).Write()));
        Assert.Equal(7, places.Find(Cluster.Address("198.51.100.1"))!.AsNumber);
        Assert.Null(places.Find(Cluster.Address("2001:db8::1")));
    }

    [Fact]
    public void A_file_that_changes_is_read_again_and_a_broken_one_leaves_the_previous_one_loaded()
    {
        string file = Systems(28);
        using GeoIpDatabases places = Open(file);
        List<string?> reported = [];
        void Reload() => places.Reload((_, fault) => reported.Add(fault));
        long? Number() => places.Find(Cluster.Address("198.51.100.1"))?.AsNumber;

        Reload();
        Assert.Empty(reported);

        byte[] next = new GeoIpFile("GeoLite2-ASN").Add("198.51.100.0/24", new() { ["autonomous_system_number"] = 64_501u }).Write(DateTimeOffset.FromUnixTimeSeconds(1_800_000_000));
        Replace(file, next);
        Reload();
        Assert.Equal((64_501, 1), (Number(), places.Generation));
        Assert.Equal((1_800_000_000, 2, 0), (places.Figures[0].Built, places.Figures[0].Loads, places.Figures[0].Faults));

        foreach (byte[] broken in (byte[][])[[], next[..^40], [.. "not a database"u8]])
        {
            File.WriteAllBytes(file, broken);               // in place, as a careless copy does
            Reload();
        }
        File.Delete(file);
        Reload();
        Assert.Equal((64_501, 1), (Number(), places.Generation));
        Assert.Equal((2, 4), (places.Figures[0].Loads, places.Figures[0].Faults));
        Assert.All(reported[1..], fault => Assert.StartsWith(file, fault, StringComparison.Ordinal));

        Replace(file, next);
        Reload();
        Assert.Equal((64_501, 2), (Number(), places.Generation));
    }

    [Fact]
    public void What_is_no_database_never_starts_and_says_which_file()
    {
        string file = Save("page.mmdb", "<html>please sign in</html>"u8.ToArray());
        Assert.StartsWith($"{file} can't be used as a MaxMind database", Assert.Throws<GeoIpDatabaseException>(() => Open(file)).Message, StringComparison.Ordinal);
        Assert.StartsWith($"{folder}/absent.mmdb can't be used", Assert.Throws<GeoIpDatabaseException>(() => Open($"{folder}/absent.mmdb")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damage_anywhere_in_a_file_gives_a_refusal_or_a_wrong_answer_and_nothing_else()
    {
        byte[] sound = File.ReadAllBytes(Cities(28));
        Random random = new(3);
        int opened = 0;
        for (int run = 0; run < 1_000; run++)
        {
            byte[] damaged = [.. sound];
            for (int change = random.Next(1, 4); change > 0; change--) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            string file = Save("damaged.mmdb", damaged);
            try
            {
                using GeoIpDatabases places = Open(file);
                places.Find(Cluster.Address("198.51.100.77"));
                places.Find(Cluster.Address("2001:db8:77::1"));
                opened++;
            }
            catch (GeoIpDatabaseException)
            {
                // Refused, and the message says why.
            }
        }
        Assert.InRange(opened, 1, 999);
        TestContext.Current.SendDiagnosticMessage($"places: of 1000 damaged databases {opened} could be opened, none did more than answer");
    }

    [Fact]
    public void Explain_says_where_an_outside_address_is_and_nothing_of_those_that_have_an_owner()
    {
        using GeoIpDatabases places = Open(Cities(28), Save("pods.mmdb", new GeoIpFile("X").Add("10.128.0.0/24", new() { ["autonomous_system_number"] = 1u }).Write()));
        Explanation outside = Cluster.Index(new Registries()).Explain(Cluster.Address("198.51.100.77"), null).In(places);
        Explanation pod = Cluster.Index(new Registries()).Explain(Cluster.Address("10.128.0.5"), null).In(places);
        Assert.Equal(("public address", "Berlin"), (outside.What, outside.Place!.City));
        Assert.Null(pod.Place);
    }

    public void Dispose() => System.IO.Directory.Delete(folder, recursive: true);

    private static GeoIpDatabases Open(params string[] files) => GeoIpDatabases.Open(new IdentifyOptions { GeoipDatabase = string.Join(", ", files) })!;

    private string Cities(int recordBits) => Save($"city-{recordBits}.mmdb", new GeoIpFile("GeoLite2-City", recordBits)
        .Add("198.51.100.0/24", new()
        {
            ["continent"] = new Dictionary<string, object> { ["code"] = "EU", ["names"] = Names("Europe"), ["geoname_id"] = 6_255_148u },
            ["country"] = new Dictionary<string, object> { ["iso_code"] = "DE", ["names"] = Names("Germany") },
            ["subdivisions"] = new object[] { new Dictionary<string, object> { ["iso_code"] = "BE", ["names"] = Names("Land Berlin") } },
            ["city"] = new Dictionary<string, object> { ["names"] = Names("Berlin") },
            ["location"] = new Dictionary<string, object> { ["latitude"] = 52.5, ["longitude"] = 13.25, ["accuracy_radius"] = (ushort)100, ["time_zone"] = "Europe/Berlin" },
        })
        .Add("2001:db8:77::/48", new() { ["country"] = new Dictionary<string, object> { ["iso_code"] = "JP", ["names"] = Names("Japan") } }).Write());

    private string Systems(int recordBits) => Save($"asn-{recordBits}.mmdb", new GeoIpFile("GeoLite2-ASN", recordBits)
        .Add("198.51.100.0/25", new() { ["autonomous_system_number"] = 64_500u, ["autonomous_system_organization"] = "Example Networks" })
        .Add("203.0.113.128/25", new() { ["autonomous_system_number"] = 4_200_000_000u, ["autonomous_system_organization"] = "Large Number" }).Write());

    private static Dictionary<string, object> Names(string english) => new() { ["de"] = "anders", ["en"] = english };

    private string Save(string name, byte[] bytes)
    {
        string file = Path.Combine(folder, name);
        File.WriteAllBytes(file, bytes);
        return file;
    }

    /// <summary>As a tool does that knows how: another file, renamed.</summary>
    private static void Replace(string file, byte[] bytes)
    {
        File.WriteAllBytes(file + ".new", bytes);
        File.Move(file + ".new", file, overwrite: true);
    }
}
