using SFlow.Exporter.Http.WebConfig;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Http;

/// <summary>
/// Rules for every request to any endpoint: security headers, allowed hosts, a deadline, and a sentence in each error response, including
/// those of routing (404, 405) and of faults in the program (500).
/// </summary>
internal sealed class HttpRules(AllowedHosts hosts, WebAccess access, Login login, HttpFigures figures, HttpOptions options, TimeProvider time, ILogger<HttpRules> logger)
{
    /// <summary>Maximum length of path and parameters. The server's own limit is higher, so that a longer one gets a sentence.</summary>
    public const int LongestTarget = 8_192;

    private readonly RateLimitedLogger quiet = new(logger, time);

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        HttpResponse response = context.Response;
        AddHeaders(response);
        using CancellationTokenSource late = new(options.Timeout, time);
        await using CancellationTokenRegistration abort = late.Token.UnsafeRegister(_ => GiveUp(context), null);
        try
        {
            if (!hosts.Allows(context.Request.Host)) await RefuseHostAsync(context);
            else if (context.Request.Path.Value?.Length + context.Request.QueryString.Value?.Length > LongestTarget)
                await Problem.WriteAsync(context, StatusCodes.Status414UriTooLong, $"The path and its parameters have more than {LongestTarget} characters. Shorten them.");
            else if (await login.AllowsAsync(context))
            {
                await next(context);
                if (response.StatusCode >= 400 && !response.HasStarted) await ExplainAsync(context);
            }
        }
        catch (Exception gone) when (context.RequestAborted.IsCancellationRequested && gone is OperationCanceledException or IOException)
        {
            // The client has disconnected.
        }
        catch (BadHttpRequestException bad) when (!response.HasStarted)
        {
            await BeginAgain(context, bad.StatusCode, $"The request can't be read: {bad.Message}");
        }
        catch (Exception fault) when (!response.HasStarted)
        {
            figures.Count(HttpRefusal.Fault);
            quiet.RequestFailed(fault, context.Request.Method, context.Request.Path);
            await BeginAgain(context, StatusCodes.Status500InternalServerError, "The exporter failed to answer; its log says why.");
        }
        catch (Exception fault)
        {
            figures.Count(HttpRefusal.Fault);
            quiet.ResponseFailed(fault, context.Request.Method, context.Request.Path);
            context.Abort();
        }
    }

    private Task RefuseHostAsync(HttpContext context)
    {
        figures.Count(HttpRefusal.Host);
        string refusal = AllowedHosts.Refusal(context.Request.Host);
        quiet.HostRefused(context.Connection.RemoteIpAddress, refusal);
        return Problem.WriteAsync(context, StatusCodes.Status421MisdirectedRequest, refusal);
    }

    private void GiveUp(HttpContext context)
    {
        figures.Count(HttpRefusal.Timeout);
        quiet.ResponseTimedOut(context.Connection.RemoteIpAddress, context.Request.Path, Duration.Format(options.Timeout));
        context.Abort();
    }

    private void AddHeaders(HttpResponse response)
    {
        SecurityHeaders.Add(response);
        foreach ((string name, string value) in access.Configuration.Headers) response.Headers[name] = value;
    }

    private Task BeginAgain(HttpContext context, int status, string detail)
    {
        context.Response.Clear();
        AddHeaders(context.Response);
        return Problem.WriteAsync(context, status, detail);
    }

    /// <summary>A status without a body: error responses of routing.</summary>
    private static Task ExplainAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        int status = context.Response.StatusCode;
        return Problem.WriteAsync(context, status, status switch
        {
            StatusCodes.Status404NotFound => $"The path '{CleanText.Beginning(request.Path)}' does not exist. This exporter serves {Paths(context)}.",
            StatusCodes.Status405MethodNotAllowed => $"{request.Method} is not allowed at '{CleanText.Beginning(request.Path)}'. Use {context.Response.Headers.Allow}.",
            _ => "The request was refused.",
        });
    }

    private static string Paths(HttpContext context) => string.Join(", ", context.RequestServices.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Select(route => route.RoutePattern.RawText).Where(path => path is not null && !path.StartsWith("/page/", StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal));
}
