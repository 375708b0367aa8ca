using System.Net;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify.GeoIp;

/// <summary>The user's databases together: what the first of them does not tell, the next one may.</summary>
internal sealed class GeoIpDatabases : IGeoIp, IDisposable
{
    private readonly WatchedFile[] files;
    private volatile GeoIpDatabase[] databases;
    private readonly List<GeoIpDatabase> former = [];
    private int generation;

    private GeoIpDatabases(string[] files)
    {
        this.files = [.. files.Select(file => new WatchedFile(file))];
        databases = [.. files.Select(GeoIpDatabase.Open)];
        Figures = [.. files.Select(file => new GeoIpStats(Path.GetFileName(file)))];
        for (int place = 0; place < files.Length; place++) Note(place);
    }

    /// <summary>One of each file.</summary>
    public IReadOnlyList<GeoIpStats> Figures { get; }

    public int Generation => Volatile.Read(ref generation);

    /// <summary>The databases that the options name, or null for none.</summary>
    /// <exception cref="GeoIpDatabaseException">One of them can't be used.</exception>
    public static GeoIpDatabases? Open(IdentifyOptions options)
    {
        string[] named = options.GeoipFiles();
        return named.Length == 0 ? null : new GeoIpDatabases(named);
    }

    /// <inheritdoc/>
    public Place? Find(Address address)
    {
        IPAddress wanted = address.ToIPAddress();
        Place? place = null;
        foreach (GeoIpDatabase database in databases)
        {
            GeoIpEntry? entry;
            try
            {
                entry = database.Find(wanted);
            }
            catch (Exception fault) when (GeoIpDatabase.IsFault(fault))
            {
                continue; // damaged in this place only: no answer from here
            }
            if (entry is not null) place = Merge(place ?? new Place(), entry);
        }
        return place;
    }

    /// <summary>Reads files that changed since; one that can't be used leaves its former in force. One caller.</summary>
    /// <param name="tell">Told of each file that changed: which, and why it can't be used, or null.</param>
    public void Reload(Action<string, string?> tell)
    {
        // Whoever asked when these were replaced has his answer since.
        foreach (GeoIpDatabase database in former) database.Dispose();
        former.Clear();
        for (int place = 0; place < files.Length; place++)
        {
            if (!files[place].Changed()) continue;
            try
            {
                Replace(place, GeoIpDatabase.Open(files[place].Path));
                tell(files[place].Path, null);
            }
            // Whatever a file may do to its reader, the program goes on with the database that it has.
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                Figures[place].Failed();
                tell(files[place].Path, fault.Message);
            }
        }
    }

    public void Dispose()
    {
        foreach (GeoIpDatabase database in databases.Concat(former)) database.Dispose();
    }

    private void Replace(int place, GeoIpDatabase next)
    {
        former.Add(databases[place]);
        GeoIpDatabase[] changed = [.. databases];
        changed[place] = next;
        databases = changed;
        Interlocked.Increment(ref generation);
        Note(place);
    }

    private void Note(int place)
    {
        Figures[place].Built = databases[place].Built;
        Figures[place].Loaded();
    }

    private static Place Merge(Place known, GeoIpEntry entry)
    {
        NamedPlace? region = entry.Subdivisions is [{ } first, ..] ? first : null;
        return known with
        {
            ContinentCode = known.ContinentCode ?? entry.Continent?.Code,
            ContinentName = known.ContinentName ?? entry.Continent?.Name,
            CountryCode = known.CountryCode ?? entry.Country?.IsoCode,
            CountryName = known.CountryName ?? entry.Country?.Name,
            RegionCode = known.RegionCode ?? (region?.IsoCode is { } code && entry.Country?.IsoCode is { } country ? $"{country}-{code}" : null),
            RegionName = known.RegionName ?? region?.Name,
            City = known.City ?? entry.City?.Name,
            TimeZone = known.TimeZone ?? entry.Location?.TimeZone,
            Latitude = known.Latitude ?? (entry.Location?.Longitude is null ? null : entry.Location.Latitude),
            Longitude = known.Longitude ?? (entry.Location?.Latitude is null ? null : entry.Location.Longitude),
            AsNumber = known.AsNumber ?? entry.SystemNumber,
            AsOrganization = known.AsOrganization ?? entry.SystemOrganization,
        };
    }
}
