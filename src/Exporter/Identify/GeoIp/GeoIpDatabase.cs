using System.Net;
using MaxMind.Db;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify.GeoIp;

/// <summary>An unusable GeoIP database. The message names the file and what is expected.</summary>
internal sealed class GeoIpDatabaseException(string message) : Exception(message);

/// <summary>One file in MaxMind's format, read into memory completely, so that overwriting the file does not affect it.</summary>
internal sealed class GeoIpDatabase : IDisposable
{
    private readonly Reader reader;

    private GeoIpDatabase(Reader reader) => this.reader = reader;

    /// <summary>Build time of the database, in seconds of Unix time.</summary>
    public long Built => new DateTimeOffset(DateTime.SpecifyKind(reader.Metadata.BuildDate, DateTimeKind.Utc)).ToUnixTimeSeconds();

    /// <summary>Type of the database by its metadata, for example GeoLite2-City.</summary>
    public string Kind => reader.Metadata.DatabaseType;

    /// <exception cref="GeoIpDatabaseException">The file is missing, or is not a GeoIP database.</exception>
    public static GeoIpDatabase Open(string file)
    {
        Reader? opened = null;
        try
        {
            using (FileStream stream = RegularFile.Open(file, int.MaxValue)) opened = new Reader(stream);
            GeoIpDatabase database = new(opened);
            // A truncated file lacks the metadata at its end. Other damage shows at a look-up.
            database.Find(IPAddress.Parse("192.0.2.1"));
            if (opened.Metadata.IPVersion == 6) database.Find(IPAddress.Parse("2001:db8::1"));
            return database;
        }
        catch (Exception fault) when (IsFault(fault))
        {
            opened?.Dispose();
            throw new GeoIpDatabaseException($"{file} can't be used as a MaxMind database: {fault.Message}");
        }
    }

    /// <summary>The entry of an address, or null.</summary>
    public GeoIpEntry? Find(IPAddress address) =>
        reader.Metadata.IPVersion == 4 && address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? null : reader.Find<GeoIpEntry>(address);

    /// <summary>Exceptions of the reader for a damaged file. Any other exception is a fault in the exporter.</summary>
    public static bool IsFault(Exception fault) =>
        fault is InvalidDatabaseException or DeserializationException or IOException or UnauthorizedAccessException or ArgumentException or OverflowException
            or IndexOutOfRangeException or InvalidCastException;

    public void Dispose() => reader.Dispose();
}
