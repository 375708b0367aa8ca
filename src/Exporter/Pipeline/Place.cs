using System.Globalization;

namespace SFlow.Exporter.Pipeline;

/// <summary>Location and network of an outside address, from the databases of the user. Unknown parts are null.</summary>
internal sealed record Place
{
    /// <summary>Two letters of a continent, such as EU.</summary>
    public string? ContinentCode { get; init; }
    public string? ContinentName { get; init; }
    /// <summary>Country by ISO 3166-1, two letters.</summary>
    public string? CountryCode { get; init; }
    public string? CountryName { get; init; }
    /// <summary>First division of the country by ISO 3166-2, with the country: DE-BE.</summary>
    public string? RegionCode { get; init; }
    public string? RegionName { get; init; }
    public string? City { get; init; }
    /// <summary>Name in the time zone database of IANA.</summary>
    public string? TimeZone { get; init; }
    /// <summary>Degrees; both or none.</summary>
    public double? Latitude { get; init; }
    public double? Longitude { get; init; }
    /// <summary>Number of the autonomous system that announces the address.</summary>
    public long? AsNumber { get; init; }
    public string? AsOrganization { get; init; }

    /// <summary>As text; empty if everything is unknown.</summary>
    public override string ToString()
    {
        string number = AsNumber is { } known ? string.Create(CultureInfo.InvariantCulture, $"AS{known}") : "";
        string system = string.Join(' ', new[] { number, AsOrganization }.Where(word => !string.IsNullOrEmpty(word)));
        string land = string.Join(", ", new[] { City, RegionName == City ? null : RegionName, CountryName ?? CountryCode }.Where(word => !string.IsNullOrEmpty(word)));
        return string.Join("; ", new[] { land, system }.Where(part => part.Length > 0));
    }
}

/// <summary>Locations of outside addresses, from databases that may be replaced at any time. Thread-safe.</summary>
internal interface IGeoIp
{
    /// <summary>Changes when other databases are loaded. Cached results of an older version are stale.</summary>
    int Generation { get; }

    /// <summary>The location of an address, or null if no database has it.</summary>
    Place? Find(Address address);
}
