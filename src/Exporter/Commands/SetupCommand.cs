using Microsoft.Extensions.Logging.Abstractions;
using SFlow.Exporter.Elasticsearch;
using SFlow.Exporter.Elasticsearch.Setup;
using SFlow.Exporter.Options;

namespace SFlow.Exporter.Commands;

/// <summary><c>setup</c>: makes a server ready for records, prints the requests for an administrator, or says what is missing or different.</summary>
internal static class SetupCommand
{
    /// <param name="print">Print the requests in this form; null sends them.</param>
    /// <param name="check">Compare only.</param>
    /// <param name="options">The server, and what it shall have.</param>
    /// <param name="output">Gets the result.</param>
    /// <param name="stop">Ends the command.</param>
    /// <exception cref="SettingsException">Neither a server nor its profile is set.</exception>
    public static async Task<int> RunAsync(SetupForm? print, bool check, ElasticsearchOptions options, TextWriter output, CancellationToken stop)
    {
        StreamName stream = new(options.DataStream);
        if (print is { } form && ServerProfile.Of(options.Profile) is { } known) return Print(form, new SetupPlan(known, stream, options), known, output);
        if (options.Url.Length == 0)
            throw new SettingsException(["Elasticsearch:Url is not set. Set --elasticsearch to the server, or --elasticsearch-profile to print the requests without one."]);
        using SearchTransport server = new(options, TimeProvider.System, NullLogger.Instance);
        SetupSteps steps = new(server, stream, options, NullLogger.Instance);
        try
        {
            ServerProfile profile = await steps.ProfileAsync(stop);
            SetupPlan plan = new(profile, stream, options);
            if (print is { } wanted) return Print(wanted, plan, profile, output);
            if (check) return await CheckAsync(server, plan, profile, output, stop);
            await steps.RunAsync(stop);
            output.WriteLine($"{server.Host} ({profile}) is ready for records in {stream.Name}.");
            return ExitCode.Success;
        }
        catch (StepException fault)
        {
            output.WriteLine($"{server.Host}: {fault.Message}");
            return ExitCode.Failed;
        }
    }

    private static int Print(SetupForm form, SetupPlan plan, ServerProfile profile, TextWriter output)
    {
        SetupText.Write(form, plan.All(), profile, output);
        return ExitCode.Success;
    }

    /// <summary>One line for each part. A part that belongs to the administrator may differ.</summary>
    private static async Task<int> CheckAsync(SearchTransport server, SetupPlan plan, ServerProfile profile, TextWriter output, CancellationToken stop)
    {
        bool isReady = true;
        output.WriteLine($"{server.Host} ({profile})");
        foreach (SetupRequest request in plan.All())
        {
            SearchResponse there = await server.GetAsync(request.Path, stop);
            string[] differences = there.IsSuccess ? [.. SetupState.Differences(request, there)] : [];
            bool isWrong = !there.IsSuccess || differences.Length > 0 && request.IsOurs && !SetupState.IsThere(request, there);
            isReady &= !isWrong;
            output.WriteLine($"{Word(there, differences, request.IsOurs),-9} {request.Path}{(there.IsSuccess || there.Status == 404 ? "" : $": {there}")}");
            foreach (string difference in differences) output.WriteLine($"          {difference}");
        }
        return isReady ? ExitCode.Success : ExitCode.Failed;
    }

    private static string Word(SearchResponse there, string[] differences, bool isOurs) => there.Status switch
    {
        404 => "missing",
        _ when !there.IsSuccess => "unknown",
        _ when differences.Length == 0 => "ok",
        _ => isOurs ? "different" : "adapted",
    };
}
