using System.CommandLine;
using SFlow.Exporter.Count;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Commands;

/// <summary>Options of the catalogue as options of the command line; what a caller gives becomes configuration by key.</summary>
internal sealed class OptionSymbols
{
    private readonly List<CatalogueOption> symbols = [];
    private readonly Option<string?> file = new("--config") { Description = $"Read this configuration file (JSON). The default is {SettingsLoader.DefaultFile} in the working folder, if it exists.", HelpName = "FILE" };

    private OptionSymbols(IEnumerable<OptionEntry> entries)
    {
        Settings defaults = new();
        foreach (OptionEntry entry in entries) symbols.Add(new CatalogueOption(entry, entry.DefaultOf(defaults.Section(entry.Section))));
    }

    /// <summary>Gives a verb the options of these sections; no section means all.</summary>
    public static OptionSymbols AddTo(Command verb, params string[] sections)
    {
        OptionSymbols added = new(Settings.Catalogue.Where(entry => sections.Length == 0 || sections.Contains(entry.Section)));
        verb.Add(added.file);
        foreach (CatalogueOption symbol in added.symbols) verb.Add(symbol);
        return added;
    }

    /// <exception cref="SettingsException">A value is not allowed.</exception>
    public (Settings Settings, IConfiguration Configuration) Load(ParseResult parsed)
    {
        Dictionary<string, string?> given = [];
        foreach (CatalogueOption symbol in symbols)
            if (parsed.GetValue(symbol) is string text) given.Add(symbol.Entry.Key, text);
        string[] visible = [.. given.Where(option => HasPassword(option.Value!)).Select(option => Refusal(symbols.First(symbol => symbol.Entry.Key == option.Key).Entry))];
        if (visible.Length > 0) throw new SettingsException(visible);
        (Settings Settings, IConfiguration Configuration) loaded = SettingsLoader.Load(parsed.GetValue(file), given);
        FamilyChoice.Of(loaded.Settings.Count, FamilyCatalogue.All);
        return loaded;
    }

    /// <summary>A URL with a password: every user of the machine can list processes and their arguments.</summary>
    private static bool HasPassword(string text) =>
        text.Split(',', StringSplitOptions.TrimEntries).Any(part => Uri.TryCreate(part, UriKind.Absolute, out Uri? url) && url.UserInfo.Contains(':'));

    private static string Refusal(OptionEntry entry) =>
        $"{entry.CommandLine} holds a password, which every user of this machine can read in the list of processes. Leave the password out of the URL. For Elasticsearch, set Elasticsearch:Username and Elasticsearch:PasswordFile";

    /// <summary>.NET's own way to write an option, <c>--Receive:Port=6343</c>, turned into ours.</summary>
    /// <exception cref="SettingsException">There is no such key.</exception>
    public static IEnumerable<string> Translate(IEnumerable<string> arguments)
    {
        foreach (string argument in arguments)
        {
            int colon = argument.IndexOf(':'), equal = argument.IndexOf('=');
            if (!argument.StartsWith("--", StringComparison.Ordinal) || colon < 0 || equal >= 0 && equal < colon)
            {
                yield return argument;
                continue;
            }
            string key = equal < 0 ? argument[2..] : argument[2..equal];
            OptionEntry entry = Settings.Catalogue.FirstOrDefault(entry => entry.Key.Equals(key, StringComparison.OrdinalIgnoreCase))
                ?? throw new SettingsException([$"--{key} is an unknown option; did you mean --{Nearest.To(key, Settings.Catalogue.Select(entry => entry.Key))}?"]);
            yield return entry.CommandLine;
            if (equal >= 0) yield return argument[(equal + 1)..];
        }
    }
}
