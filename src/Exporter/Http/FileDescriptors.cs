using System.Globalization;

namespace SFlow.Exporter.Http;

/// <summary>The limit of file descriptors of the process, and the part for connections.</summary>
internal static class FileDescriptors
{
    private const int Least = 4;

    /// <summary>Half of the free descriptors at the start: the store, Elasticsearch and the Kubernetes API need some too.</summary>
    public static int ForConnections() => Limit() is { } limit ? Math.Max(Least, (int)Math.Min(int.MaxValue, (limit - Open()) / 2)) : int.MaxValue;

    /// <summary>Null if the system has no limit or does not report it.</summary>
    private static long? Limit()
    {
        const string limits = "/proc/self/limits", name = "Max open files";
        if (!File.Exists(limits)) return null;
        string? line = File.ReadLines(limits).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
        return long.TryParse(line?[name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0], NumberStyles.None, CultureInfo.InvariantCulture, out long limit) ? limit : null;
    }

    private static int Open() => Directory.EnumerateFileSystemEntries("/proc/self/fd").Count();
}
