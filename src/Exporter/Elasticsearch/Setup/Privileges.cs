namespace SFlow.Exporter.Elasticsearch.Setup;

/// <summary>Says what credentials lack for a step of the setup, in the words of Elasticsearch.</summary>
internal static class Privileges
{
    /// <summary>What to do about an answer; null where credentials are not the reason.</summary>
    public static string? Advice(SearchResponse answer, string path) => answer.Status switch
    {
        401 => "The server does not accept the credentials; check the API key, or user and password",
        403 => $"The credentials lack the privilege {Of(path)}. Grant it, or set Elasticsearch:Setup (--elasticsearch-setup) to false and have an administrator create templates and policy",
        _ => null,
    };

    private static string Of(string path) => path switch
    {
        _ when path.StartsWith("_ilm/", StringComparison.Ordinal) => "manage_ilm (cluster)",
        _ when path.StartsWith("_plugins/_ism/", StringComparison.Ordinal) => "cluster:admin/opendistro/ism/policy/* (cluster)",
        _ when path.StartsWith("_component_template/", StringComparison.Ordinal) || path.StartsWith("_index_template/", StringComparison.Ordinal) => "manage_index_templates (cluster)",
        _ when path.StartsWith("_ingest/pipeline/", StringComparison.Ordinal) => "manage_ingest_pipelines (cluster)",
        _ when path.StartsWith("_data_stream/", StringComparison.Ordinal) => $"create_index and view_index_metadata (on {path["_data_stream/".Length..]})",
        _ => "monitor (cluster)",
    };
}
