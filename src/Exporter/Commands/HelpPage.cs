using System.CommandLine;
using System.CommandLine.Help;

namespace SFlow.Exporter.Commands;

/// <summary>
/// Help of a verb: what it does, its own options, the options that most people need, and the names of the others; or all options by section of the configuration.
/// </summary>
internal static class HelpPage
{
    private const string Program = "sflow-exporter";

    public static string Of(Command verb, bool all)
    {
        HelpLines lines = new();
        bool isRoot = verb is RootCommand;
        Option[] options = [.. verb.Options.Concat(isRoot ? [] : Inherited(verb)).Where(option => !option.Hidden)];
        CatalogueOption[] settings = [.. options.OfType<CatalogueOption>()];

        lines.Paragraph(verb.Description ?? "");
        lines.Paragraph($"Usage: {Usage(verb, options)}");
        if (isRoot) Rows(lines, "Verbs:", verb.Subcommands.Select(command => (command.Name, command.Description ?? "")));
        Rows(lines, "Arguments:", verb.Arguments.Select(argument => (argument.Name, argument.Description ?? "")));
        Rows(lines, "Options:", options.Where(option => option is not CatalogueOption || !all && IsCommon(option))
            .OrderBy(IsHelp).Select(option => (Label(option), Description(option, withKey: false))));
        if (all)
        {
            foreach (IGrouping<string, CatalogueOption> section in settings.GroupBy(option => option.Entry.Section))
                Rows(lines, $"{section.Key}:", section.Select(option => (Label(option), Description(option, withKey: true))));
            if (settings.Length > 0)
                lines.Paragraph($"Each key can be set in the configuration file, and in the environment: {settings[0].Entry.Key} is {settings[0].Entry.Variable}. The command line has precedence over the environment, and the environment over the file.");
        }
        else if (!settings.All(IsCommon))
        {
            Rows(lines, "More options, by section:", settings.Where(option => !IsCommon(option)).GroupBy(option => option.Entry.Section)
                .Select(section => (section.Key, string.Join(' ', section.Select(option => option.Name)))));
            lines.Paragraph($"What each of them does: {Program} {(isRoot ? "" : verb.Name + " ")}{HelpAction.AllOption}");
        }
        return lines.ToString();
    }

    /// <summary>Options of the program that every verb takes.</summary>
    private static IEnumerable<Option> Inherited(Command verb) => verb.Parents.OfType<Command>().SelectMany(parent => parent.Options).Where(option => option.Recursive);

    private static bool IsCommon(Option option) => option is CatalogueOption { Entry.IsCommon: true };

    private static bool IsHelp(Option option) => option is HelpOption or VersionOption || option.Name == HelpAction.AllOption;

    private static string Usage(Command verb, IEnumerable<Option> options)
    {
        string name = verb is RootCommand ? $"{Program} [VERB]" : $"{Program} {verb.Name}";
        IEnumerable<string> words = [name, .. verb.Arguments.Select(argument => argument.Name), .. options.Where(option => option.Required).Select(Label), "[OPTIONS]"];
        return string.Join(' ', words);
    }

    private static string Label(Option option)
    {
        string aliases = option is HelpOption ? ", -h" : "";
        return option.HelpName is { Length: > 0 } value ? $"{option.Name} {value}" : option.Name + aliases;
    }

    private static string Description(Option option, bool withKey)
    {
        string text = option.Description ?? "";
        if (option is not CatalogueOption setting) return text;
        if (setting.Default.Length > 0) text += $" Default: {setting.Default}.";
        return withKey ? $"{text} Key: {setting.Entry.Key}." : text;
    }

    private static void Rows(HelpLines lines, string title, IEnumerable<(string Name, string Text)> rows)
    {
        (string Name, string Text)[] all = [.. rows];
        if (all.Length > 0) lines.Rows(title, all);
    }
}
