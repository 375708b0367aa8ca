using System.Text.Json.Nodes;

namespace SFlow.Exporter.Elasticsearch.Setup;

/// <summary>One PUT of the setup.</summary>
/// <param name="Path">Path of what is put; a GET of it shows what is there.</param>
/// <param name="Body">Its content; null for none.</param>
/// <param name="IsOurs">The exporter replaces it when its own content changes. Otherwise it is made if it is missing, and belongs to the administrator then.</param>
internal sealed record SetupRequest(string Path, JsonObject? Body, bool IsOurs)
{
    /// <summary>The body as it is sent.</summary>
    public ReadOnlyMemory<byte> Bytes => Body is null ? default : Templates.Bytes(Body);
}
