using System.CommandLine;
using SFlow.Exporter.Elasticsearch.Setup;
using SFlow.Exporter.Options;

namespace SFlow.Exporter.Commands;

/// <summary>Words of <c>setup</c> on the command line: a search engine, Kibana, or both.</summary>
internal static class SetupVerb
{
    public static Command Make()
    {
        Command verb = new("setup", "Create in Elasticsearch or OpenSearch what records need: lifecycle policy, templates, data stream. What is there already stays. With --kibana, import the dashboards.");
        Option<SetupForm?> print = new("--print") { Description = "Print the requests, and send none: for the console of Kibana (console), or as commands (curl). Default: console.", HelpName = "console|curl", Arity = ArgumentArity.ZeroOrOne };
        Option<bool> check = new("--check") { Description = "Change nothing, and print what is missing or different. The exit code is 1 if anything is." };
        Option<string?> kibana = new("--kibana") { Description = "Import data view, searches and dashboards into Kibana or OpenSearch Dashboards at this URL. Credentials and certificates are those for Elasticsearch.", HelpName = "URL" };
        Option<string> space = new("--kibana-space") { Description = "Import into this space of Kibana. Default: the default space.", HelpName = "NAME", DefaultValueFactory = _ => "" };
        Option<bool> keep = new("--kibana-keep") { Description = "Leave objects as they are that Kibana has already. They are replaced otherwise." };
        Option<string> file = new("--kibana-file") { Description = "Import the objects of this file. Default: those of the program.", HelpName = "FILE", DefaultValueFactory = _ => "" };
        Option<string?> page = new("--kibana-page-url") { Description = "Link names and addresses in Kibana to their records on the exporter's page at this URL. Browsers must reach it. Default: no link.", HelpName = "URL" };
        foreach (Option option in (Option[])[print, check, kibana, space, keep, file, page]) verb.Add(option);
        OptionSymbols options = OptionSymbols.AddTo(verb, nameof(Settings.Elasticsearch));
        verb.SetAction((parsed, stop) => RunAsync(
            parsed.GetResult(print) is null ? null : parsed.GetValue(print) ?? SetupForm.Console, parsed.GetValue(check),
            new KibanaChoice(parsed.GetValue(kibana), parsed.GetRequiredValue(space), parsed.GetValue(keep), parsed.GetRequiredValue(file), parsed.GetValue(page)), options.Load(parsed).Settings.Elasticsearch, stop));
        return verb;
    }

    private static async Task<int> RunAsync(SetupForm? print, bool check, KibanaChoice kibana, ElasticsearchOptions server, CancellationToken stop)
    {
        bool compares = print is not null || check;
        if (kibana.Url is not null && compares) throw new SettingsException(["--kibana imports, and --print and --check change nothing. Leave out one of them."]);
        if (kibana.Url is null && kibana.Page is not null) throw new SettingsException(["--kibana-page-url changes what --kibana imports. Set --kibana too."]);
        // The dashboards alone, if no engine is named.
        if (kibana.Url is null || server.Url.Length > 0)
        {
            int code = await SetupCommand.RunAsync(print, check, server, Console.Out, stop);
            if (code != ExitCode.Success || kibana.Url is null) return code;
        }
        return await KibanaSetup.RunAsync(kibana, server, Console.Out, stop);
    }
}
