using System.CommandLine;
using SFlow.Exporter.Options;

namespace SFlow.Exporter.Commands;

/// <summary><c>policy suggest NAMESPACE</c>: prints NetworkPolicies for what the running exporter saw.</summary>
internal static class PolicyCommand
{
    public static Command Make()
    {
        Command policy = new("policy", "Suggest NetworkPolicies for what a running exporter saw.");
        Command suggest = new("suggest", "Print NetworkPolicies for a namespace as YAML: who was seen talking to whom on which port, with the evidence as comments. Also print which rules of its existing policies were not used.");
        Argument<string> space = new("NAMESPACE") { Description = "Namespace for which policies are suggested." };
        Option<string> from = new("--from") { Description = "Read the records since this time, as 2026-01-31T12:00:00Z or -7d. Default: -24h.", HelpName = "TIME", DefaultValueFactory = _ => "-24h" };
        ExporterAccessOptions access = ExporterAccessOptions.AddTo(suggest);
        suggest.Add(space);
        suggest.Add(from);
        OptionSymbols options = OptionSymbols.AddTo(suggest, nameof(Settings.Http));
        suggest.SetAction((parsed, stop) => RunAsync(parsed.GetRequiredValue(space), parsed.GetRequiredValue(from), access.Of(parsed), options.Load(parsed).Settings.Http, stop));
        policy.Add(suggest);
        return policy;
    }

    private static async Task<int> RunAsync(string space, string from, ExporterAccess access, HttpOptions http, CancellationToken stop)
    {
        using ExporterClient exporter = new(access, http);
        ExporterResponse response = await exporter.GetAsync($"api/policy/suggest?namespace={Uri.EscapeDataString(space)}&from={Uri.EscapeDataString(from)}", stop);
        if (response.IsSuccess) await Console.Out.WriteAsync(response.Body);
        else await Console.Error.WriteLineAsync($"sflow-exporter: The exporter at {exporter.Address} suggests nothing: {response.Described}");
        return response.IsSuccess ? ExitCode.Success : ExitCode.Failed;
    }
}
