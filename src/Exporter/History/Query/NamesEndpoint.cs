using System.Text.Json.Serialization;
using SFlow.Exporter.Http;
using SFlow.Exporter.Http.Access;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.History.Query;

/// <summary><c>GET /api/names</c>: completes a value of the filter.</summary>
internal sealed class NamesEndpoint(NameSearch search, ILogger<NamesEndpoint> logger)
{
    private const int LongestPrefix = 300;

    private static readonly ApiParameter Field = ApiParameter.OneOf("field", NameField.Namespace) with { Default = "", IsRequired = true };
    private static readonly ApiParameter Prefix = new("prefix", $"absent for all names, or their beginning in at most {LongestPrefix} characters");
    private static readonly ApiParameter Limit = ApiParameter.Number("limit", 1, 1_000, 20);

    public static readonly ApiDescription Description = new("names", "Names for the values of a filter.", [Field, Prefix, Limit], ApiContent.Json(NamesJson.Default.NamesAnswer))
    {
        Refusals = [StatusCodes.Status400BadRequest, StatusCodes.Status503ServiceUnavailable],
    };

    public async Task AnswerAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        ParameterReader reader = new(context.Request.Query, Description.Parameters);
        NameField field = reader.OneOf<NameField>(Field);
        string prefix = reader.Text(Prefix);
        int limit = reader.Number(Limit);
        if (prefix.Length > LongestPrefix) reader.Refuse(Prefix);
        if (reader.Fault is { } fault)
        {
            await fault.WriteAsync(context);
            return;
        }
        try
        {
            SortedSet<string> found = search.Find(field, prefix, Viewer.Of(context));
            NamesAnswer answer = new(SnakeCase.Of(field), prefix, [.. found.Take(limit)], found.Count <= limit);
            await JsonResponse.WriteAsync(context, answer, NamesJson.Default.NamesAnswer);
        }
        catch (HistoryUnavailableException unread)
        {
            logger.HistoryUnread(unread.Message);
            context.Response.Headers.RetryAfter = "5";
            await Problem.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, unread.Message);
        }
    }
}

/// <param name="Field">The field that was asked for.</param>
/// <param name="Prefix">The beginning that was asked for.</param>
/// <param name="Names">Values for a filter, sorted.</param>
/// <param name="Complete">False if there are more.</param>
internal sealed record NamesAnswer(string Field, string Prefix, IReadOnlyList<string> Names, bool Complete);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(NamesAnswer))]
internal sealed partial class NamesJson : JsonSerializerContext;
