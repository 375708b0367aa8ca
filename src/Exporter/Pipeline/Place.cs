using System.Globalization;

namespace SFlow.Exporter.Pipeline;

/// <summary>What the user's databases tell of an outside address; what they do not tell is null.</summary>
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

    /// <summary>In words; empty when nothing is told.</summary>
    public override string ToString()
    {
        string number = AsNumber is { } known ? string.Create(CultureInfo.InvariantCulture, $"AS{known}") : "";
        string system = string.Join(' ', new[] { number, AsOrganization }.Where(word => !string.IsNullOrEmpty(word)));
        string land = string.Join(", ", new[] { City, RegionName == City ? null : RegionName, CountryName ?? CountryCode }.Where(word => !string.IsNullOrEmpty(word)));
        return string.Join("; ", new[] { land, system }.Where(part => part.Length > 0));
    }
}

/// <summary>Where outside addresses are, by databases that may be replaced at any time; any thread may ask.</summary>
internal interface IGeoIp
{
    /// <summary>Another number when other databases are in force: what was kept of answers is old then.</summary>
    int Generation { get; }

    /// <summary>The place of an address, or null when no database has it.</summary>
    Place? Find(Address address);
}
