using MaxMind.Db;

namespace SFlow.Exporter.Identify.GeoIp;

/// <summary>
/// The fields of a database entry that are read. Databases of cities or countries have the upper part, those of autonomous systems the lower.
/// The source generator of the reader fills it, without reflection.
/// </summary>
internal sealed class GeoIpEntry
{
    [MapKey("continent")]
    public NamedPlace? Continent { get; init; }

    [MapKey("country")]
    public NamedPlace? Country { get; init; }

    /// <summary>Largest division first.</summary>
    [MapKey("subdivisions")]
    public List<NamedPlace>? Subdivisions { get; init; }

    [MapKey("city")]
    public NamedPlace? City { get; init; }

    [MapKey("location")]
    public PlaceLocation? Location { get; init; }

    [MapKey("autonomous_system_number")]
    public long? SystemNumber { get; init; }

    [MapKey("autonomous_system_organization")]
    public string? SystemOrganization { get; init; }
}

/// <summary>A code with names in several languages.</summary>
internal sealed class NamedPlace
{
    [MapKey("code")]
    public string? Code { get; init; }

    [MapKey("iso_code")]
    public string? IsoCode { get; init; }

    [MapKey("names")]
    public Dictionary<string, string>? Registries { get; init; }

    public string? Name => Registries?.GetValueOrDefault("en");
}

/// <summary>Coordinates in degrees, and the time zone.</summary>
internal sealed class PlaceLocation
{
    [MapKey("latitude")]
    public double? Latitude { get; init; }

    [MapKey("longitude")]
    public double? Longitude { get; init; }

    [MapKey("time_zone")]
    public string? TimeZone { get; init; }
}
