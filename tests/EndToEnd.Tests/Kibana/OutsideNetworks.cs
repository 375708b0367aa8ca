using SFlow.Tests;

namespace SFlow.EndToEnd.Tests.Kibana;

/// <summary>Databases that give the demo's three public addresses a place and an autonomous system. The places are examples.</summary>
internal static class OutsideNetworks
{
    /// <summary>Writes the databases, and returns the value of --geoip-database.</summary>
    public static string Write(string folder)
    {
        string cities = Save(folder, "city.mmdb", new GeoIpFile("GeoLite2-City")
            .Add("93.184.215.0/24", City("US", "United States", "Boston", 42.36, -71.06))
            .Add("1.1.1.0/24", City("AU", "Australia", "Sydney", -33.87, 151.21))
            .Add("8.8.8.0/24", City("DE", "Germany", "Berlin", 52.52, 13.4)));
        string systems = Save(folder, "asn.mmdb", new GeoIpFile("GeoLite2-ASN", recordBits: 24)
            .Add("93.184.215.0/24", System(64_500u, "Example Networks"))
            .Add("1.1.1.0/24", System(64_501u, "Sample Resolver"))
            .Add("8.8.8.0/24", System(64_502u, "Test Carrier")));
        return $"{cities},{systems}";
    }

    private static Dictionary<string, object> City(string code, string country, string city, double latitude, double longitude) => new()
    {
        ["country"] = new Dictionary<string, object> { ["iso_code"] = code, ["names"] = Name(country) },
        ["city"] = new Dictionary<string, object> { ["names"] = Name(city) },
        ["location"] = new Dictionary<string, object> { ["latitude"] = latitude, ["longitude"] = longitude },
    };

    private static Dictionary<string, object> System(uint number, string name) => new() { ["autonomous_system_number"] = number, ["autonomous_system_organization"] = name };

    private static Dictionary<string, object> Name(string name) => new() { ["en"] = name };

    private static string Save(string folder, string name, GeoIpFile file)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllBytes(path, file.Write());
        return path;
    }
}
