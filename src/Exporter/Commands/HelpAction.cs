using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace SFlow.Exporter.Commands;

/// <summary><c>--help</c> and <c>--help-all</c> of every verb.</summary>
internal sealed class HelpAction(bool all) : SynchronousCommandLineAction
{
    public const string AllOption = "--help-all";

    /// <summary>A command line that asks for help is answered, whatever else is missing in it.</summary>
    public override bool ClearsParseErrors => true;

    public static void AddTo(RootCommand root)
    {
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Description = "Show this help.";
        help.Action = new HelpAction(all: false);
        root.Add(new Option<bool>(AllOption) { Description = "Show all options, by section.", Recursive = true, Action = new HelpAction(all: true) });
    }

    public override int Invoke(ParseResult parseResult)
    {
        Console.Out.Write(HelpPage.Of(parseResult.CommandResult.Command, all));
        return ExitCode.Success;
    }
}
