using System.Text.Json;
using SFlow.Exporter.Commands;
using SFlow.Exporter.Options;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.Commands;

/// <summary><c>records --filter</c> prints the documents that a comparison of all documents' fields selects.</summary>
public sealed class RecordsFilterTests(ITestOutputHelper output)
{
    private static readonly string Capture = Path.Combine(SharedFolder.Repository, "tests", "captures", "ovn-s1-svc.pcap");

    [Fact]
    public void Documents_are_those_whose_fields_match()
    {
        string[] all = Lines("");
        (string Filter, Func<JsonElement, bool> Matches)[] filters =
        [
            ("protocol=tcp", document => Text(document, "network.transport") == "tcp"),
            ("not protocol=tcp,icmp", document => Text(document, "network.transport") is not ("tcp" or "icmp")),
            ("counted=true", document => Text(document, "sflow.counted") == "True"),
            ("service=*/*", document => Text(document, "sflow.server_service")?.Contains('/', StringComparison.Ordinal) == true),
        ];
        int printed = 0;
        foreach ((string filter, Func<JsonElement, bool> matches) in filters)
        {
            string[] expected = [.. all.Where(line => { using JsonDocument document = JsonDocument.Parse(line); return matches(document.RootElement); })];
            Assert.Equal(expected, Lines(filter));
            output.WriteLine($"{filter}: {expected.Length} of {all.Length}");
            Assert.InRange(expected.Length, 1, all.Length);
            printed += expected.Length;
        }
        Assert.True(printed > 100);
    }

    [Fact]
    public void A_wrong_filter_is_marked()
    {
        SettingsException fault = Assert.Throws<SettingsException>(() => RecordsCommand.Filter("port=443 namspace=shop"));
        Assert.Equal(["--filter: There is no key 'namspace' in a filter; the nearest is 'namespace'.", "  port=443 namspace=shop", "           ^^^^^^^^"], fault.Problems);
    }

    private static string[] Lines(string filter)
    {
        Settings settings = new();
        settings.Identify.Inventory = Path.ChangeExtension(Capture, ".inventory.json");
        using MemoryStream lines = new();
        Assert.Equal(ExitCode.Success, RecordsCommand.Run(Capture, settings, RecordsCommand.Filter(filter), lines));
        // The time of writing and the text of the row differ from run to run.
        return [.. System.Text.Encoding.UTF8.GetString(lines.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Without)];
    }

    private static string Without(string line)
    {
        System.Text.Json.Nodes.JsonObject document = System.Text.Json.Nodes.JsonNode.Parse(line)!.AsObject();
        document["event"]?.AsObject().Remove("ingested");
        document["event"]?.AsObject().Remove("created");
        return document.ToJsonString();
    }

    private static string? Text(JsonElement document, string field)
    {
        if (document.TryGetProperty(field, out JsonElement flat)) return flat.ToString();
        foreach (string part in field.Split('.'))
            if (!document.TryGetProperty(part, out document)) return null;
        return document.ToString();
    }
}
