using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Net.Http.Headers;
using SFlow.Exporter.Http;
using SFlow.Exporter.Http.Access;
using SFlow.Exporter.Pipeline.Fields;

namespace SFlow.Exporter.Store;

/// <summary><c>GET /api/flows</c>: a page of records as JSON or CSV. Refusals are JSON problems (RFC 9457) that say what to do.</summary>
internal sealed class FlowsEndpoint(RecordSearch search, TimeProvider time, ILogger<FlowsEndpoint> logger)
{
    public static readonly ApiDescription Description = new(
        "flows", "Single records, newest first.", SearchParameters.Described, ApiContent.Json(new ApiSchema("Flows", FlowJson.Schema)), new ApiContent("text/csv"))
    {
        Refusals = [StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status429TooManyRequests, StatusCodes.Status503ServiceUnavailable],
    };

    public async Task AnswerAsync(HttpContext context)
    {
        if (!SearchParameters.TryParse(context.Request.Query, time.GetUtcNow(), out SearchQuery query, out ParameterFault? error))
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, error!.Detail, error);
            return;
        }
        if (await SearchAsync(context, query) is not { } page) return;

        bool csv = query.Csv ?? PrefersCsv(context.Request);
        IHeaderDictionary headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers.Vary = HeaderNames.Accept;
        headers["Sflow-Renamed-Fields"] = RenamedFields.Header;
        context.Response.ContentType = csv ? FlowCsv.ContentType : FlowJson.ContentType;
        if (!csv)
        {
            await FlowJson.WriteAsync(page, context.Response.BodyWriter, context.RequestAborted);
            return;
        }
        // CSV has no room beside its rows for where the page ends.
        headers.ContentDisposition = "attachment; filename=\"flows.csv\"";
        headers["Sflow-Next"] = page.Next?.ToString(CultureInfo.InvariantCulture) ?? "";
        headers["Sflow-Complete"] = page.Complete ? "true" : "false";
        headers["Sflow-Scanned"] = page.Scanned.ToString(CultureInfo.InvariantCulture);
        await FlowCsv.WriteAsync(page, context.Response.BodyWriter, context.RequestAborted);
    }

    /// <summary>The answer where no records are kept.</summary>
    public static Task AnswerDisabledAsync(HttpContext context) =>
        RefuseAsync(context, StatusCodes.Status404NotFound, "The store is disabled. Start the exporter with --store true.");

    /// <summary>Null when the answer is given already.</summary>
    private async Task<SearchPage?> SearchAsync(HttpContext context, SearchQuery query)
    {
        try
        {
            if (await search.SearchAsync(query, Viewer.Of(context), context.RequestAborted) is { } page) return page;
            context.Response.Headers.RetryAfter = "1";
            await RefuseAsync(context, StatusCodes.Status429TooManyRequests, "Too many searches run at once. Try again in a second.");
        }
        catch (Exception e) when (e is SqliteException or StoreUnavailableException)
        {
            logger.SearchFailed(e.Message);
            context.Response.Headers.RetryAfter = "5";
            await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable,
                $"The store can't be read at the moment. {search.Trouble ?? e.Message} Search again in a few seconds.");
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to answer.
        }
        return null;
    }

    private static Task RefuseAsync(HttpContext context, int status, string detail, ParameterFault? error = null) =>
        Problem.WriteAsync(context, status, detail, error);

    private static bool PrefersCsv(HttpRequest request) =>
        request.GetTypedHeaders().Accept
            .OrderByDescending(accepted => accepted.Quality ?? 1)
            .Select(accepted => accepted.MediaType.Value)
            .FirstOrDefault(type => type is "text/csv" or "application/json" or "application/*" or "*/*") == "text/csv";
}
