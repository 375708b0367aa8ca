using System.Net;
using MaxMind.Db;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify.GeoIp;

/// <summary>A database of places that can't be used; the message names the file and what would be right.</summary>
internal sealed class GeoIpDatabaseException(string message) : Exception(message);

/// <summary>One file in MaxMind's format, read into memory whole: who overwrites the file can't disturb it.</summary>
internal sealed class GeoIpDatabase : IDisposable
{
    private readonly Reader reader;

    private GeoIpDatabase(Reader reader) => this.reader = reader;

    /// <summary>When its maker built it, in seconds of Unix time.</summary>
    public long Built => new DateTimeOffset(DateTime.SpecifyKind(reader.Metadata.BuildDate, DateTimeKind.Utc)).ToUnixTimeSeconds();

    /// <summary>What kind of database it says it is, such as GeoLite2-City.</summary>
    public string Kind => reader.Metadata.DatabaseType;

    /// <exception cref="GeoIpDatabaseException">The file is missing or no such database.</exception>
    public static GeoIpDatabase Open(string file)
    {
        Reader? opened = null;
        try
        {
            using (FileStream stream = RegularFile.Open(file, int.MaxValue)) opened = new Reader(stream);
            GeoIpDatabase database = new(opened);
            // A file that was cut has its end, where the metadata stands, no more; one that was damaged elsewhere shows when it is asked.
            database.Find(IPAddress.Parse("192.0.2.1"));
            if (opened.Metadata.IPVersion == 6) database.Find(IPAddress.Parse("2001:db8::1"));
            return database;
        }
        catch (Exception fault) when (IsFault(fault))
        {
            opened?.Dispose();
            throw new GeoIpDatabaseException($"{file} is no MaxMind database that can be used: {fault.Message}");
        }
    }

    /// <summary>The entry of an address, or null.</summary>
    public GeoIpEntry? Find(IPAddress address) =>
        reader.Metadata.IPVersion == 4 && address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? null : reader.Find<GeoIpEntry>(address);

    /// <summary>What the reader throws for a file that is damaged; anything else is a fault of ours.</summary>
    public static bool IsFault(Exception fault) =>
        fault is InvalidDatabaseException or DeserializationException or IOException or UnauthorizedAccessException or ArgumentException or OverflowException
            or IndexOutOfRangeException or InvalidCastException;

    public void Dispose() => reader.Dispose();
}
