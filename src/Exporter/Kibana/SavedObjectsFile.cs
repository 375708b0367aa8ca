using System.Text;
using System.Text.Json;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Kibana;

/// <summary>The saved objects to import: those that the program carries, or a file.</summary>
internal static class SavedObjectsFile
{
    /// <summary>Servers only accept a file of this ending.</summary>
    public const string Name = "sflow.ndjson";

    /// <summary>The indices that data view and panels of the file ask for.</summary>
    public const string Indices = "logs-sflow.flow-*";

    /// <summary>Bytes: what Kibana accepts by default, and more than OpenSearch Dashboards does.</summary>
    private const int Longest = 26_214_400;

    /// <param name="path">A file; empty for the objects that the program carries.</param>
    /// <param name="indices">The pattern of the indices that have the records.</param>
    /// <param name="page">Address of the exporter's page, to which values become links; null leaves them.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">Values cannot become links: the file has no data view of the records.</exception>
    /// <exception cref="JsonException">Values cannot become links: a line is not JSON.</exception>
    public static byte[] Read(string path, string indices, Uri? page = null)
    {
        string text = path.Length > 0 ? Encoding.UTF8.GetString(RegularFile.Read(path, Longest)) : Carried();
        if (page is not null) text = PageLinks.Add(text, page);
        return Encoding.UTF8.GetBytes(text.Replace(Indices, indices, StringComparison.Ordinal));
    }

    private static string Carried()
    {
        using Stream stream = typeof(SavedObjectsFile).Assembly.GetManifestResourceStream(Name)!;
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
