using System.Net;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify.Places;

/// <summary>The user's databases together: what the first of them does not tell, the next one may.</summary>
internal sealed class PlaceDatabases : IPlaces, IDisposable
{
    private readonly WatchedFile[] files;
    private volatile PlaceDatabase[] databases;
    private readonly List<PlaceDatabase> former = [];
    private int generation;

    private PlaceDatabases(string[] files)
    {
        this.files = [.. files.Select(file => new WatchedFile(file))];
        databases = [.. files.Select(PlaceDatabase.Open)];
        Figures = [.. files.Select(file => new PlaceFigures(Path.GetFileName(file)))];
        for (int place = 0; place < files.Length; place++) Note(place);
    }

    /// <summary>One of each file.</summary>
    public IReadOnlyList<PlaceFigures> Figures { get; }

    public int Generation => Volatile.Read(ref generation);

    /// <summary>The databases that the options name, or null for none.</summary>
    /// <exception cref="PlaceDatabaseException">One of them can't be used.</exception>
    public static PlaceDatabases? Open(IdentifyOptions options)
    {
        string[] named = options.GeoipFiles();
        return named.Length == 0 ? null : new PlaceDatabases(named);
    }

    /// <inheritdoc/>
    public Place? Find(Address address)
    {
        IPAddress wanted = address.ToIPAddress();
        Place? place = null;
        foreach (PlaceDatabase database in databases)
        {
            PlaceEntry? entry;
            try
            {
                entry = database.Find(wanted);
            }
            catch (Exception fault) when (PlaceDatabase.IsFault(fault))
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
        foreach (PlaceDatabase database in former) database.Dispose();
        former.Clear();
        for (int place = 0; place < files.Length; place++)
        {
            if (!files[place].Changed()) continue;
            try
            {
                Replace(place, PlaceDatabase.Open(files[place].Path));
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
        foreach (PlaceDatabase database in databases.Concat(former)) database.Dispose();
    }

    private void Replace(int place, PlaceDatabase next)
    {
        former.Add(databases[place]);
        PlaceDatabase[] changed = [.. databases];
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

    private static Place Merge(Place known, PlaceEntry entry)
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
