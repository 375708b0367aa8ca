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
        SetHome();
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
        catch (Exception fault) when (fault is BadInputException or InventoryException or GeoIpDatabaseException or StartException)
        {
            await Console.Error.WriteLineAsync($"sflow-exporter: {fault.Message}");
            return ExitCode.BadInput;
        }
        catch (IOException fault) when (ClosedPipe.Is(fault))
        {
            return ExitCode.Success;
        }
    }

    /// <summary>
    /// .NET looks for certificates in the home folder and throws if there is none: without HOME, and for a user that is not in /etc/passwd, as in
    /// containers of OpenShift. The root folder belongs to root, so no other user can add authorities there.
    /// </summary>
    private static void SetHome()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("HOME")))
            Environment.SetEnvironmentVariable("HOME", Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is { Length: > 0 } home ? home : "/");
    }

    internal static RootCommand Build()
    {
        RootCommand root = new("Receives sFlow v5 from OVN-Kubernetes, identifies both hosts of each flow, and counts each packet once. Serves metrics, a searchable store and a web page.");
        HelpAction.AddTo(root);
        OptionSymbols options = OptionSymbols.AddTo(root);
        root.SetAction((parsed, stop) => RunCommand.RunAsync(options.Load(parsed), stop));
        root.Add(Run());
        root.Add(Demo());
        root.Add(Check());
        root.Add(Offline("summarize", "Process a capture with the whole pipeline, and print the largest flows and the totals.", SummarizeCommand.Run, new("--json") { Description = "Print series, totals and outcomes as one JSON object." }));
        root.Add(Records());
        root.Add(Explain());
        root.Add(EstimateSeries());
        root.Add(Decode());
        root.Add(Replay());
        root.Add(DeadLetters());
        root.Add(SetupVerb.Make());
        root.Add(PolicyCommand.Make());
        return root;
    }

    private static Command Run()
    {
        Command verb = new("run", "Receive, count, store and serve until SIGTERM or Ctrl-C. This is the default verb.");
        OptionSymbols options = OptionSymbols.AddTo(verb);
        verb.SetAction((parsed, stop) => RunCommand.RunAsync(options.Load(parsed), stop));
        return verb;
    }

    private static Command Demo()
    {
        Command verb = new("demo", "Run with a built-in capture of two OVN-Kubernetes nodes. It is replayed in a loop to the exporter's own UDP port.");
        OptionSymbols options = OptionSymbols.AddTo(verb);
        verb.SetAction((parsed, stop) => DemoCommand.RunAsync(options.Load(parsed), stop));
        return verb;
    }

    private static Command Check()
    {
        Command verb = new("check", "Validate the configuration, read the inventory or list the cluster, print the result, and exit.");
        OptionSymbols options = OptionSymbols.AddTo(verb);
        verb.SetAction((parsed, stop) => CheckCommand.RunAsync(options.Load(parsed).Settings, Console.Out, stop));
        return verb;
    }

    private static Command Offline(string name, string description, Func<string, Settings, bool, Stream, ushort, int> run, Option<bool> json)
    {
        Command verb = new(name, description);
        Argument<string> file = Capture(verb);
        OptionSymbols options = OptionSymbols.AddTo(verb, nameof(Settings.Agents), nameof(Settings.Identify), nameof(Settings.Count));
        verb.Add(json);
        Option<ushort> port = Port(verb);
        verb.SetAction(parsed => run(
            parsed.GetRequiredValue(file), options.Load(parsed).Settings, parsed.GetValue(json), StandardOutput.Open(), parsed.GetValue(port)));
        return verb;
    }

    private static Command Records()
    {
        Command verb = new("records", "Print each flow sample of a capture as the ECS document that Elasticsearch gets, one per line.");
        Argument<string> file = Capture(verb);
        OptionSymbols options = OptionSymbols.AddTo(verb, nameof(Settings.Agents), nameof(Settings.Identify), nameof(Settings.Count));
        Option<string> filter = new("--filter")
        {
            Description = "Print the flow samples that match this filter only, such as \"namespace=shop not port=443\". docs/api.md describes the language.", HelpName = "FILTER", DefaultValueFactory = _ => "",
        };
        verb.Add(filter);
        Option<ushort> port = Port(verb);
        verb.SetAction(parsed => RecordsCommand.Run(
            parsed.GetRequiredValue(file), options.Load(parsed).Settings, RecordsCommand.Filter(parsed.GetRequiredValue(filter)), StandardOutput.Open(), parsed.GetValue(port)));
        return verb;
    }

    private static Command Explain()
    {
        Command verb = new("explain", "Show the owner of an address in an inventory or a cluster, and how it was determined.");
        Argument<string> address = new("ADDRESS") { Description = "IPv4 or IPv6 address." };
        Option<string?> at = new("--at") { Description = "Show the owner at this time, as 2026-11-24T10:31:00Z or 10:31. The default time zone is UTC.", HelpName = "TIME" };
        OptionSymbols options = OptionSymbols.AddTo(verb, nameof(Settings.Identify), nameof(Settings.Kubernetes));
        verb.Add(address);
        verb.Add(at);
        verb.SetAction((parsed, stop) => ExplainCommand.RunAsync(parsed.GetRequiredValue(address), parsed.GetValue(at), options.Load(parsed).Settings, Console.Out, stop));
        return verb;
    }

    private static Command EstimateSeries()
    {
        Command verb = new("estimate-series", "Estimate the series of each metric family, and what a Prometheus pays for them: from an inventory, a cluster, or numbers.");
        Option<int> Number(string name, string description)
        {
            Option<int> option = new(name) { Description = description, HelpName = "N" };
            verb.Add(option);
            return option;
        }
        Option<int> namespaces = Number("--namespaces", "Assume this many namespaces. 0 takes all numbers from the inventory or the cluster."), workloads = Number("--workloads", "Assume this many workloads. 0 assumes 4 in each namespace."),
            services = Number("--services", "Assume this many Services."), backends = Number("--backends", "Assume this many pods behind Services. 0 assumes 3 for each Service."), nodes = Number("--nodes", "Assume this many nodes.");
        Option<int> peers = new("--peers") { Description = "Assume that each namespace and workload talks to this many others. Default: 5.", HelpName = "N", DefaultValueFactory = _ => 5 };
        verb.Add(peers);
        OptionSymbols options = OptionSymbols.AddTo(verb, nameof(Settings.Identify), nameof(Settings.Kubernetes), nameof(Settings.Count));
        verb.SetAction((parsed, stop) =>
        {
            (Settings settings, _) = options.Load(parsed);
            int spaces = parsed.GetValue(namespaces), owners = parsed.GetValue(workloads), called = parsed.GetValue(services), behind = parsed.GetValue(backends);
            ClusterSize? size = spaces <= 0 ? null
                : new ClusterSize(spaces, owners > 0 ? owners : 4 * spaces, called, behind > 0 ? behind : 3 * called, parsed.GetValue(nodes), NamedNetworks.Count(settings.Identify.Networks));
            return EstimateSeriesCommand.RunAsync(size, parsed.GetValue(peers), settings, Console.Out, stop);
        });
        return verb;
    }

    private static Command Decode()
    {
        Command verb = new("decode", "Print every field of every datagram of a capture: one JSON object per datagram, or lines for grep.");
        Argument<string> file = Capture(verb);
        Option<DecodeFormat> format = new("--format") { Description = "Print one object per datagram (json), or one line per datagram, sample and record (line).", HelpName = "json|line" };
        verb.Add(format);
        Option<ushort> port = Port(verb);
        verb.SetAction(parsed => DecodeCommand.Run(parsed.GetRequiredValue(file), parsed.GetValue(format), StandardOutput.Open(), Console.Error, parsed.GetValue(port)));
        return verb;
    }

    private static Command Replay()
    {
        Command verb = new("replay", "Send the datagrams of a capture to a receiver.");
        Argument<string> file = Capture(verb);
        Option<string> to = new("--to") { Description = "Send to this receiver, as HOST:PORT or [IPv6]:PORT.", HelpName = "HOST:PORT", Required = true };
        Option<double> rate = new("--rate") { Description = "Send this many datagrams per second. 0 keeps the pace of the capture.", HelpName = "N" };
        Option<bool> loop = new("--loop") { Description = "Repeat the capture. Sequence numbers and uptime continue, as with a real agent." };
        verb.Add(to);
        verb.Add(rate);
        verb.Add(loop);
        Option<ushort> port = Port(verb);
        verb.SetAction((parsed, stop) => ReplayCommand.RunAsync(
            parsed.GetRequiredValue(file), parsed.GetRequiredValue(to), parsed.GetValue(rate), parsed.GetValue(loop), Console.Error, stop, parsed.GetValue(port)));
        return verb;
    }

    private static Command DeadLetters()
    {
        Command verb = new("deadletters", "List, show, or send again the documents that Elasticsearch rejected. The exporter may be running.");
        Argument<string> action = new("list|show|send") { Description = "Count the documents by error (list), print them as lines of JSON (show), or send them again (send)." };
        Option<string> wait = new("--wait") { Description = "Stop sending after this time. What has no response stays. Default: 1m.", HelpName = "DURATION", DefaultValueFactory = _ => "1m" };
        action.AcceptOnlyFromAmong("list", "show", "send");
        verb.Add(action);
        verb.Add(wait);
        OptionSymbols options = OptionSymbols.AddTo(verb, nameof(Settings.Elasticsearch), nameof(Settings.Store));
        verb.SetAction((parsed, stop) => DeadLettersCommand.RunAsync(
            Enum.Parse<DeadLetterAction>(parsed.GetRequiredValue(action), ignoreCase: true), options.Load(parsed).Settings, parsed.GetRequiredValue(wait), StandardOutput.Open(), stop));
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
            Description = "Read the datagrams that were sent to this UDP port. 0 reads those to any port. Default: 6343.", HelpName = "PORT", DefaultValueFactory = _ => CaptureReader.SFlowPort,
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
        // The word after an unknown option is its value, and not a mistake of its own.
        string[] unknown = unmatched.Any(IsOption) ? [.. unmatched.Where(IsOption)] : unmatched;
        foreach (string word in unknown)
            Console.Error.WriteLine($"sflow-exporter: \"{word}\" is an unknown {(IsOption(word) ? "option" : "verb")}; did you mean {Nearest.To(word, known)}?");
        if (unknown.Length == 0)
            foreach (ParseError error in parsed.Errors) Console.Error.WriteLine($"sflow-exporter: {error.Message}");
        Console.Error.WriteLine($"Try: sflow-exporter {(verb is RootCommand ? "" : verb.Name + " ")}--help");
        return ExitCode.Usage;
    }

    private static bool IsOption(string word) => word.StartsWith('-');
}
