using System.Net;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify.GeoIp;

/// <summary>All databases of the user. Each one adds what the previous ones lack.</summary>
internal sealed class GeoIpDatabases : IGeoIp, IDisposable
{
    private readonly StampedFile[] files;
    private volatile GeoIpDatabase[] databases;
    private readonly List<GeoIpDatabase> former = [];
    private int generation;

    private GeoIpDatabases(string[] files)
    {
        this.files = [.. files.Select(file => new StampedFile(file))];
        databases = [.. files.Select(GeoIpDatabase.Open)];
        Figures = [.. files.Select(file => new GeoIpStats(Path.GetFileName(file)))];
        for (int place = 0; place < files.Length; place++) Note(place);
    }

    /// <summary>One per file.</summary>
    public IReadOnlyList<GeoIpStats> Figures { get; }

    public int Generation => Volatile.Read(ref generation);

    /// <summary>The databases that the options name, or null for none.</summary>
    /// <exception cref="GeoIpDatabaseException">A database is unusable.</exception>
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
                continue; // damaged for this address only
            }
            if (entry is not null) place = Merge(place ?? new Place(), entry);
        }
        return place;
    }

    /// <summary>Reloads changed files. If a file is unusable, its previous database stays loaded. One caller.</summary>
    /// <param name="tell">Called for each changed file, with its name and the error, or null.</param>
    public void Reload(Action<string, string?> tell)
    {
        // Look-ups that used the replaced databases have finished by now.
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
            // Whatever exception a file causes, the program continues with the previous database.
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
