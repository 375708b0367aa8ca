using SFlow.Exporter.Http;
using SFlow.Exporter.Http.Access;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Policy;

/// <summary><c>GET /api/policy/suggest?namespace=NAME&amp;from=-24h</c>: NetworkPolicies as YAML, with the evidence as comments.</summary>
internal static class PolicyEndpoint
{
    private const string From = "-24h";

    private static readonly ApiDescription Description = new(
        "suggestPolicies", "NetworkPolicies for what was seen in a namespace, with the evidence as comments.",
        [
            new ApiParameter("namespace", "the name of a namespace: lower-case letters, digits and hyphens") { IsRequired = true },
            ApiParameter.Time("from", From),
        ],
        new ApiContent("application/yaml"))
    {
        Refusals = [StatusCodes.Status400BadRequest, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound, StatusCodes.Status429TooManyRequests, StatusCodes.Status503ServiceUnavailable],
    };

    public static IServiceCollection AddPolicy(this IServiceCollection services) => services.AddSingleton<PolicyAnswers>();

    /// <summary>Maps the path. Without a store it says so.</summary>
    public static void MapPolicy(this IEndpointRouteBuilder routes)
    {
        IFlowArchive? archive = routes.ServiceProvider.GetService<IFlowArchive>();
        PolicyAnswers answers = routes.ServiceProvider.GetRequiredService<PolicyAnswers>();
        IClusterObjects objects = routes.ServiceProvider.GetRequiredService<IClusterObjects>();
        TimeProvider time = routes.ServiceProvider.GetRequiredService<TimeProvider>();
        routes.MapRead("/api/policy/suggest", RequestKind.Api, Description, context => archive is null
            ? Problem.WriteAsync(context, StatusCodes.Status404NotFound, "The store is disabled. Start the exporter with --store true.")
            : AnswerAsync(context, new PolicyAdvisor(archive, objects), answers, time));
    }

    private static async Task AnswerAsync(HttpContext context, PolicyAdvisor advisor, PolicyAnswers answers, TimeProvider time)
    {
        string space = context.Request.Query["namespace"].ToString(), since = context.Request.Query["from"].ToString();
        ParameterFault? fault = ParameterFault.In(context.Request.Query, Description.Parameters);
        if (!IsName(space)) fault ??= Description["namespace"].Fault();
        if (!UnixTime.TryParse(since.Length > 0 ? since : From, time.GetUtcNow(), out long from)) fault ??= Description["from"].Fault();
        if (fault is not null)
        {
            await fault.WriteAsync(context);
            return;
        }
        Viewer viewer = Viewer.Of(context);
        if (!viewer.Sees(space))
        {
            await Problem.WriteAsync(context, StatusCodes.Status403Forbidden, $"You may not read the namespace {space}.");
            return;
        }
        if (!answers.TryBegin())
        {
            context.Response.Headers.RetryAfter = "5";
            await Problem.WriteAsync(context, StatusCodes.Status429TooManyRequests, "Another suggestion is being made. Try again in some seconds.");
            return;
        }
        try
        {
            string yaml = PolicyYaml.Write(await advisor.SuggestAsync(space, from, viewer.Sees, context.RequestAborted));
            context.Response.ContentType = "application/yaml; charset=utf-8";
            context.Response.Headers.CacheControl = "no-store";
            await context.Response.WriteAsync(yaml, context.RequestAborted);
        }
        catch (IOException unreadable) when (!context.RequestAborted.IsCancellationRequested && !context.Response.HasStarted)
        {
            context.Response.Headers.RetryAfter = "5";
            await Problem.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, unreadable.Message);
        }
        finally
        {
            answers.End();
        }
    }

    private static bool IsName(string text) =>
        text.Length is > 0 and <= 63 && text[0] != '-' && text[^1] != '-' && text.All(letter => letter is >= 'a' and <= 'z' or >= '0' and <= '9' or '-');
}

/// <summary>One answer at a time: it reads many records and lists of the cluster.</summary>
internal sealed class PolicyAnswers
{
    private int running;

    public bool TryBegin() => Interlocked.CompareExchange(ref running, 1, 0) == 0;

    public void End() => Volatile.Write(ref running, 0);
}
