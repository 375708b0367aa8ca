using System.Text.Json.Serialization.Metadata;

namespace SFlow.Exporter.Http;

/// <summary>What an endpoint does, for the OpenAPI document. It belongs to the endpoint as metadata of its route.</summary>
/// <param name="Id">A short name, unique among the endpoints.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Parameters">All that it accepts. Empty: the endpoint ignores or refuses every parameter.</param>
/// <param name="Contents">The forms of its answer.</param>
internal sealed record ApiDescription(string Id, string Summary, IReadOnlyList<ApiParameter> Parameters, params IReadOnlyList<ApiContent> Contents)
{
    /// <summary>Refusals that this endpoint has besides those of all endpoints.</summary>
    public IReadOnlyList<int> Refusals { get; init; } = [];

    /// <summary>The parameter of that name.</summary>
    public ApiParameter this[string name] => Parameters.First(parameter => parameter.Name == name);
}

/// <summary>One form of an answer.</summary>
/// <param name="MediaType">Without its parameters.</param>
/// <param name="Schema">Schema of JSON; null for other texts.</param>
internal sealed record ApiContent(string MediaType, ApiSchema? Schema = null)
{
    public static ApiContent Json<T>(JsonTypeInfo<T> type) => new("application/json", ApiSchema.Of(type));

    public static ApiContent Json(ApiSchema schema) => new("application/json", schema);
}
