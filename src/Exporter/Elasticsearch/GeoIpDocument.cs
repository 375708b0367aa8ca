using System.Buffers;
using System.Text.Json;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Elasticsearch;

/// <summary>
/// The fields <c>geo</c> and <c>as</c> of outside addresses. Answers are kept as JSON, for there are few addresses and many records; at
/// the bound, and when other databases are in force, all is forgotten and begins anew.
/// </summary>
internal sealed class GeoIpDocument(IGeoIp places)
{
    private const int Most = 16_384;

    private readonly Dictionary<Address, (byte[] Geo, byte[] System)> known = [];
    private int generation = -1;

    /// <summary>The values of <c>geo</c> and <c>as</c>, each empty when nothing is told.</summary>
    public (byte[] Geo, byte[] System) Of(Address address)
    {
        if (generation != places.Generation || known.Count >= Most)
        {
            known.Clear();
            generation = places.Generation;
        }
        if (known.TryGetValue(address, out (byte[] Geo, byte[] System) kept)) return kept;
        Place? place = places.Find(address);
        (byte[], byte[]) made = place is null ? ([], []) : (Geo(place), System(place));
        known.Add(address, made);
        return made;
    }

    private static byte[] Geo(Place place) => Write(json =>
    {
        bool some = false;
        Text("continent_code", place.ContinentCode);
        Text("continent_name", place.ContinentName);
        Text("country_iso_code", place.CountryCode);
        Text("country_name", place.CountryName);
        Text("region_iso_code", place.RegionCode);
        Text("region_name", place.RegionName);
        Text("city_name", place.City);
        Text("timezone", place.TimeZone);
        if (place is not { Latitude: { } latitude, Longitude: { } longitude }) return some;
        json.WriteStartObject("location");
        json.WriteNumber("lat", latitude);
        json.WriteNumber("lon", longitude);
        json.WriteEndObject();
        return true;

        void Text(string name, string? value)
        {
            if (string.IsNullOrEmpty(value)) return;
            json.WriteString(name, value);
            some = true;
        }
    });

    private static byte[] System(Place place) => Write(json =>
    {
        if (place.AsNumber is { } number) json.WriteNumber("number", number);
        if (!string.IsNullOrEmpty(place.AsOrganization))
        {
            json.WriteStartObject("organization");
            json.WriteString("name", place.AsOrganization);
            json.WriteEndObject();
        }
        return place.AsNumber is not null || !string.IsNullOrEmpty(place.AsOrganization);
    });

    private static byte[] Write(Func<Utf8JsonWriter, bool> fields)
    {
        ArrayBufferWriter<byte> buffer = new();
        using Utf8JsonWriter json = new(buffer);
        json.WriteStartObject();
        bool some = fields(json);
        json.WriteEndObject();
        json.Flush();
        return some ? buffer.WrittenSpan.ToArray() : [];
    }
}
