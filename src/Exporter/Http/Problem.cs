using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.WebUtilities;

namespace SFlow.Exporter.Http;

/// <summary>An error response as JSON (RFC 9457), in the same form for every endpoint. The detail is a sentence that says what to do.</summary>
/// <param name="Title">Reason phrase of the status.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Detail">What is wrong, and what to do.</param>
/// <param name="Parameter">Name of the wrong parameter.</param>
/// <param name="Position">Begin of the wrong part of its value, in UTF-16 code units from 0.</param>
/// <param name="Length">Length of that part.</param>
/// <param name="Suggestion">What probably belongs there.</param>
/// <param name="Allowed">Allowed values of the parameter.</param>
internal sealed record Problem(string Title, int Status, string Detail, string? Parameter, int? Position, int? Length, string? Suggestion, string? Allowed)
{
    public const string ContentType = "application/problem+json";

    public static Task WriteAsync(HttpContext context, int status, string detail, ParameterFault? fault = null)
    {
        Problem problem = new(ReasonPhrases.GetReasonPhrase(status), status, detail, fault?.Parameter, fault?.Part?.Position, fault?.Part?.Length, fault?.Suggestion, fault?.Allowed);
        // Reflection does not work in the published program, so the compiler generates the metadata.
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(problem, ProblemJson.Default.Problem);
        HttpResponse response = context.Response;
        response.StatusCode = status;
        response.ContentType = ContentType;
        response.ContentLength = body.Length;
        response.Headers.CacheControl = "no-store";
        return response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Problem))]
internal sealed partial class ProblemJson : JsonSerializerContext;
