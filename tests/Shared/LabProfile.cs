using System.Diagnostics;
using System.Text.Json;

namespace SFlow.Tests;

/// <summary>What the lab's own programs say of a capture's truth: the cluster that it was, and what its profile sent.</summary>
public static class LabProfile
{
    /// <summary>Requests and answers of each TCP connection: how often, times the size. A repeated run takes other client ports.</summary>
    private const string Payload = """
        import json, sys
        sys.path.insert(0, sys.argv[1])
        import ovslab
        truth = json.load(open(sys.argv[2]))
        flows = [flow for profile in truth["profile"].split(",") for flow in ovslab.profile_flows(profile, truth["pods"], truth["extra"], truth["hosts"])]
        for turn in range(truth["flows_planned"] // len(flows)):
            shift = 13 * (truth["run"] + turn) % 900
            for kind, client, server, port, source, times, request, answer in (flow for flow in flows if flow[0] == "tcp"):
                print(source + shift, client["ip6" if ":" in server else "ip4"], server, times * max(request, ovslab.HDR.size), times * max(answer, 1))
        """;

    /// <param name="Port">The client's, which distinguishes the connections of a capture.</param>
    /// <param name="Client">The client's address.</param>
    /// <param name="Server">The address that it called.</param>
    /// <param name="Requests">Payload bytes that the server got.</param>
    /// <param name="Answers">Payload bytes that the client got.</param>
    public sealed record Connection(ushort Port, string Client, string Server, long Requests, long Answers);

    /// <summary>The TCP connections that were made while this truth was taken.</summary>
    public static IReadOnlyList<Connection> Connections(string truth) =>
    [
        .. from line in Run("python3", "-c", Payload, SharedFolder.Require("ovn-lab"), truth).Split('\n', StringSplitOptions.RemoveEmptyEntries)
           let words = line.Split(' ')
           select new Connection(ushort.Parse(words[0]), words[1], words[2], long.Parse(words[3]), long.Parse(words[4])),
    ];

    /// <summary>The cluster's objects, as kubectl would print them.</summary>
    public static string Inventory(string truth) => Run(SharedFolder.Require("ovn-lab", "inventory"), "--truth", truth);

    /// <summary>Addresses of the pods.</summary>
    public static HashSet<string> Pods(string truth)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(truth));
        return [.. document.RootElement.GetProperty("pods").EnumerateArray().SelectMany(pod => (string?[])[pod.GetProperty("ip4").GetString(), pod.GetProperty("ip6").GetString()]).OfType<string>()];
    }

    private static string Run(string program, params string[] words)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, words) { RedirectStandardOutput = true, UseShellExecute = false })!;
        string printed = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return printed;
    }
}
