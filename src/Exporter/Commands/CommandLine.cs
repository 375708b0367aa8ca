using System.CommandLine;
using System.CommandLine.Parsing;
using SFlow.Captures;
using SFlow.Exporter.Identify;
using SFlow.Exporter.Identify.GeoIp;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Commands;

/// <summary>The verbs of the program: what each takes, and one way to end for all of them.</summary>
internal static class CommandLine
{
    public static async Task<int> InvokeAsync(string[] arguments)
    {
        try
        {
            RootCommand root = Build();
            ParseResult parsed = root.Parse([.. OptionSymbols.Translate(arguments)]);
            if (parsed.Errors.Count > 0) return Complain(parsed);
            // The host, not the parser, answers SIGTERM: it has records to drain.
            return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false });
        }
        catch (SettingsException fault)
        {
            foreach (string problem in fault.Problems) await Console.Error.WriteLineAsync($"sflow-exporter: {problem}");
            return ExitCode.Usage;
        }
        catch (Exception fault) when (fault is BadInputException or InventoryException or GeoIpDatabaseException)
        {
            await Console.Error.WriteLineAsync($"sflow-exporter: {fault.Message}");
            return ExitCode.BadInput;
        }
        catch (IOException fault) when (ClosedPipe.Is(fault))
        {
            return ExitCode.Success;
        }
    }

    private static RootCommand Build()
    {
        RootCommand root = new("Receives sFlow v5 from OVN-Kubernetes, names both ends, counts each packet once: metrics, records, page.");
        OptionSymbols options = OptionSymbols.AddTo(root);
        root.SetAction((parsed, stop) => RunCommand.RunAsync(options.Load(parsed), stop));
        root.Add(Run());
        root.Add(Demo());
        root.Add(Check());
        root.Add(Offline("summarize", "Runs a capture through the whole pipeline and prints the top table and totals.", SummarizeCommand.Run, new("--json") { Description = "Print series, totals and outcomes as one JSON object." }));
        root.Add(Offline("records", "Prints one ECS document a flow sample, one a line, as Elasticsearch gets it.", RecordsCommand.Run, null));
        root.Add(Explain());
        root.Add(Decode());
        root.Add(Replay());
        return root;
    }

    private static Command Run()
    {
        Command verb = new("run", "Receives, counts, records and serves until it is told to stop (the default verb).");
        OptionSymbols options = OptionSymbols.AddTo(verb);
        verb.SetAction((parsed, stop) => RunCommand.RunAsync(options.Load(parsed), stop));
        return verb;
    }

    private static Command Demo()
    {
        Command verb = new("demo", "Runs with a built-in capture of two OVN-Kubernetes nodes, played for ever through its own UDP socket.");
        OptionSymbols options = OptionSymbols.AddTo(verb);
        verb.SetAction((parsed, stop) => DemoCommand.RunAsync(options.Load(parsed), stop));
        return verb;
    }

    private static Command Check()
    {
        Command verb = new("check", "Validates the configuration, reads the inventory or lists the cluster, prints what it found, and exits.");
        OptionSymbols options = OptionSymbols.AddTo(verb);
        verb.SetAction((parsed, stop) => CheckCommand.RunAsync(options.Load(parsed).Settings, Console.Out, stop));
        return verb;
    }

    private static Command Offline(string name, string description, Func<string, Settings, bool, Stream, ushort, int> run, Option<bool>? json)
    {
        Command verb = new(name, description);
        Argument<string> file = Capture(verb);
        OptionSymbols options = OptionSymbols.AddTo(verb, nameof(Settings.Agents), nameof(Settings.Identify), nameof(Settings.Count));
        if (json is not null) verb.Add(json);
        Option<ushort> port = Port(verb);
        verb.SetAction(parsed => run(
            parsed.GetRequiredValue(file), options.Load(parsed).Settings, json is not null && parsed.GetValue(json), StandardOutput.Open(), parsed.GetValue(port)));
        return verb;
    }

    private static Command Explain()
    {
        Command verb = new("explain", "Says what an address is, by an inventory or a cluster, and how that is known.");
        Argument<string> address = new("ADDRESS") { Description = "IPv4 or IPv6 address." };
        Option<string?> at = new("--at") { Description = "Time to ask for, as 2026-11-24T10:31:00Z or 10:31; UTC unless it says otherwise.", HelpName = "TIME" };
        OptionSymbols options = OptionSymbols.AddTo(verb, nameof(Settings.Identify), nameof(Settings.Kubernetes));
        verb.Add(address);
        verb.Add(at);
        verb.SetAction((parsed, stop) => ExplainCommand.RunAsync(parsed.GetRequiredValue(address), parsed.GetValue(at), options.Load(parsed).Settings, Console.Out, stop));
        return verb;
    }

    private static Command Decode()
    {
        Command verb = new("decode", "Prints every field of every datagram: one JSON object a datagram, or lines for grep.");
        Argument<string> file = Capture(verb);
        Option<DecodeFormat> format = new("--format") { Description = "json: an object a datagram; line: a line a datagram, sample and record.", HelpName = "json|line" };
        verb.Add(format);
        Option<ushort> port = Port(verb);
        verb.SetAction(parsed => DecodeCommand.Run(parsed.GetRequiredValue(file), parsed.GetValue(format), StandardOutput.Open(), Console.Error, parsed.GetValue(port)));
        return verb;
    }

    private static Command Replay()
    {
        Command verb = new("replay", "Sends the datagrams of a capture to a receiver.");
        Argument<string> file = Capture(verb);
        Option<string> to = new("--to") { Description = "Receiver, as HOST:PORT or [IPv6]:PORT.", HelpName = "HOST:PORT", Required = true };
        Option<double> rate = new("--rate") { Description = "Datagrams a second; 0 keeps the capture's own pace.", HelpName = "N" };
        Option<bool> loop = new("--loop") { Description = "Begin again at the end, continuing sequence numbers and uptime as an agent would." };
        verb.Add(to);
        verb.Add(rate);
        verb.Add(loop);
        Option<ushort> port = Port(verb);
        verb.SetAction((parsed, stop) => ReplayCommand.RunAsync(
            parsed.GetRequiredValue(file), parsed.GetRequiredValue(to), parsed.GetValue(rate), parsed.GetValue(loop), Console.Error, stop, parsed.GetValue(port)));
        return verb;
    }

    private static Argument<string> Capture(Command verb)
    {
        Argument<string> file = new("FILE") { Description = "Capture file (pcap or pcapng) with sFlow datagrams." };
        verb.Add(file);
        return file;
    }

    private static Option<ushort> Port(Command verb)
    {
        Option<ushort> port = new(CaptureFile.PortOption)
        {
            Description = "UDP port to which the sFlow datagrams of the capture were sent; 0 takes those to any port.", HelpName = "PORT", DefaultValueFactory = _ => CaptureReader.SFlowPort,
        };
        verb.Add(port);
        return port;
    }

    /// <summary>One line a mistake, with the word that was probably meant.</summary>
    private static int Complain(ParseResult parsed)
    {
        Command verb = parsed.CommandResult.Command;
        string[] known = [.. verb.Options.Select(option => option.Name), .. verb.Subcommands.Select(command => command.Name)];
        string[] unmatched = [.. parsed.UnmatchedTokens];
        // Behind an unknown option stands its value, which is no mistake of its own.
        string[] unknown = unmatched.Any(IsOption) ? [.. unmatched.Where(IsOption)] : unmatched;
        foreach (string word in unknown)
            Console.Error.WriteLine($"sflow-exporter: \"{word}\" is no {(IsOption(word) ? "option" : "verb")} here; did you mean {Nearest.To(word, known)}?");
        if (unknown.Length == 0)
            foreach (ParseError error in parsed.Errors) Console.Error.WriteLine($"sflow-exporter: {error.Message}");
        Console.Error.WriteLine($"Try: sflow-exporter {(verb is RootCommand ? "" : verb.Name + " ")}--help");
        return ExitCode.Usage;
    }

    private static bool IsOption(string word) => word.StartsWith('-');
}
