using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Kibana;

/// <summary>Where saved objects go.</summary>
/// <param name="Url">Kibana or OpenSearch Dashboards, with the path prefix that it has behind a proxy.</param>
/// <param name="Space">A space of Kibana; empty for the default one. OpenSearch Dashboards has none.</param>
/// <param name="Overwrite">Replace objects that are there already. Otherwise they stay, and are named.</param>
internal sealed record KibanaTarget(Uri Url, string Space, bool Overwrite)
{
    /// <exception cref="ArgumentException">The text is not the URL of a server.</exception>
    public static KibanaTarget Of(string url, string space, bool overwrite) =>
        HttpUrl.TryParse(url, out Uri? parsed)
            ? new KibanaTarget(parsed, space, overwrite)
            : throw new ArgumentException($"{url} is not an http or https URL without user and password, such as https://kibana:5601.", nameof(url));

    /// <summary>Address of the import.</summary>
    public Uri Import
    {
        get
        {
            string prefix = Url.GetLeftPart(UriPartial.Path).TrimEnd('/'), space = Space.Length > 0 ? $"/s/{Uri.EscapeDataString(Space)}" : "";
            return new Uri($"{prefix}{space}/api/saved_objects/_import{(Overwrite ? "?overwrite=true" : "")}");
        }
    }
}
