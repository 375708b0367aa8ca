using System.Text;
using System.Text.Json.Nodes;
using SFlow.Exporter.Commands;
using SFlow.Exporter.Elasticsearch.DeadLetters;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Elasticsearch;

/// <summary>What the server rejects is on disk with the reason, within a limit, and can be sent again.</summary>
public sealed class DeadLetterTests : IDisposable
{
    private const int Bad = 32_775;

    private readonly string folder = Directory.CreateTempSubdirectory("letters-").FullName;

    private IEnumerable<JsonNode> Letters => Directory.GetFiles(folder, "*.ndjson").Order(StringComparer.Ordinal).SelectMany(File.ReadLines).Select(line => JsonNode.Parse(line)!);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_rejected_document_is_kept_with_what_the_server_said()
    {
        await using FakeSearch fake = await FakeSearch.StartAsync();
        fake.RefuseItem = (_, document) => Port(document) == Bad ? (400, "mapper_parsing_exception") : null;
        fake.ReasonOf = _ => "failed to parse field [source.port]\n\"quoted\"";
        await using Shipping shipping = new(fake.Url, deadLetters: folder);
        await shipping.StartAsync();
        Flow[] records = [.. shipping.Flows.Many(100)];
        shipping.Offer(records);
        await shipping.SettledAsync();
        Assert.Equal((99, 0, 1, 0), shipping.Outcomes);
        JsonNode letter = Assert.Single(Letters);
        Assert.Equal(("logs-sflow.flow-default", 400, "mapper_parsing_exception"), ((string?)letter["index"], (int)letter["status"]!, (string?)letter["type"]));
        Assert.Equal("failed to parse field [source.port]\n\"quoted\"", (string?)letter["reason"]);
        Assert.InRange(DateTimeOffset.UtcNow - DateTimeOffset.Parse((string)letter["time"]!, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.Zero, TimeSpan.FromMinutes(1));
        JsonObject expected = shipping.Flows.Document(records.Single(record => record.SourcePort == Bad));
        Assert.True(JsonNode.DeepEquals(expected["source"], letter["document"]!["source"]));
        Assert.DoesNotContain((string)letter["id"]!, fake.Documents.Keys);
        Assert.Equal((99, 1, 1), (shipping.Stats.Items(ItemOutcome.Created), shipping.Stats.Items(ItemOutcome.Rejected), shipping.Stats.DeadLetters!.Kept));
        Assert.DoesNotContain(shipping.Logged, line => line.Contains("quoted", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(413, null)]
    [InlineData(400, """{"error":{"type":"mapper_parsing_exception","reason":"object mapping for [x]"},"status":400}""")]
    public async Task A_document_that_spoils_its_request_is_kept_as_well(int status, string? body)
    {
        await using FakeSearch fake = await FakeSearch.StartAsync();
        fake.RefuseEncoding = (_, _) => null;
        fake.RefuseAll = (_, documents) => documents.Any(document => Port(document) == Bad) ? new Refusal(status, Body: body) : null;
        await using Shipping shipping = new(fake.Url, deadLetters: folder);
        await shipping.StartAsync();
        shipping.Offer(shipping.Flows.Many(50));
        await shipping.SettledAsync();
        JsonNode letter = Assert.Single(Letters);
        Assert.Equal((Bad, status), (Port(letter["document"]!), (int)letter["status"]!));
        Assert.Contains(body is null ? "status 413" : "object mapping for [x]", (string)letter["reason"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Above_the_limit_the_oldest_are_deleted_and_counted()
    {
        const int Limit = 40_000;
        await using FakeSearch fake = await FakeSearch.StartAsync();
        fake.RefuseItem = (_, _) => (400, "mapper_parsing_exception");
        await using Shipping shipping = new(fake.Url, change: options => options.DeadLetterBytes = Limit, deadLetters: folder);
        await shipping.StartAsync();
        for (int i = 0; i < 4; i++)
        {
            shipping.Offer(shipping.Flows.Many(50 * (i + 1)).Skip(50 * i));
            await shipping.SettledAsync();
        }
        DeadLetterStats stats = shipping.Stats.DeadLetters!;
        int[] left = [.. Letters.Select(letter => Port(letter["document"]!))];
        Assert.InRange(new DeadLetterFolder(folder, Limit).Bytes(), Limit / 2, Limit);
        Assert.Equal(200, stats.Kept);
        Assert.Equal(200, left.Length + stats.Lost(DeadLetterLoss.Limit));
        // Records that one request rejects come in its order; the newest stay.
        Assert.Equal(Enumerable.Range(32_768 + 200 - left.Length, left.Length), left.Order());
        Assert.True(shipping.Said("have reached their limit"));
    }

    [Fact]
    public async Task Letters_that_can_not_be_written_are_counted_and_the_records_too()
    {
        string blocked = Path.Combine(folder, "file");
        await File.WriteAllTextAsync(blocked, "", TestContext.Current.CancellationToken);
        await using FakeSearch fake = await FakeSearch.StartAsync();
        fake.RefuseItem = (_, document) => Port(document) == Bad ? (400, "mapper_parsing_exception") : null;
        await using Shipping shipping = new(fake.Url, deadLetters: blocked);
        await shipping.StartAsync();
        shipping.Offer(shipping.Flows.Many(20));
        await shipping.SettledAsync();
        Assert.Equal((19, 0, 1, 0), shipping.Outcomes);
        Assert.Equal((0, 1), (shipping.Stats.DeadLetters!.Kept, shipping.Stats.DeadLetters.Lost(DeadLetterLoss.WriteFailed)));
        Assert.True(shipping.Said("can't be kept"));
    }

    [Fact]
    public async Task Documents_are_sent_again_under_their_ids_and_those_rejected_again_stay()
    {
        await using FakeSearch fake = await FakeSearch.StartAsync();
        int[] bad = [32_770, 32_771, 32_772];
        fake.RefuseItem = (_, document) => bad.Contains(Port(document)) ? (400, "mapper_parsing_exception") : null;
        await using (Shipping shipping = new(fake.Url, deadLetters: folder))
        {
            await shipping.StartAsync();
            shipping.Offer(shipping.Flows.Many(10));
            await shipping.SettledAsync();
        }
        string[] ids = [.. Letters.Select(letter => (string)letter["id"]!)];
        bad = [32_772];
        fake.ReasonOf = _ => "still wrong";
        // One has arrived by another way.
        fake.Documents[ids[0]] = JsonNode.Parse("{}")!;
        Assert.Equal((ExitCode.Failed, "1 written, 1 already there, 1 rejected again, 0 left\n"), await RunAsync(DeadLetterAction.Send, fake.Url));
        Assert.Equal(9, fake.Documents.Count);
        Assert.Equal((ids[2], "still wrong"), Letters.Select(letter => ((string)letter["id"]!, (string?)letter["reason"])).Single());
        bad = [];
        Assert.Equal((ExitCode.Success, "1 written, 0 already there, 0 rejected again, 0 left\n"), await RunAsync(DeadLetterAction.Send, fake.Url));
        Assert.Equal((10, 0), (fake.Documents.Count, Directory.GetFiles(folder, "*.ndjson").Length));
        Assert.Empty(fake.Violations);
    }

    [Fact]
    public async Task A_server_that_is_away_gets_nothing_and_all_letters_stay()
    {
        DeadLetterFolder letters = new(folder, 1 << 20);
        byte[] lines = Lines(0, 5);
        letters.Append(lines);
        (int code, string said) = await RunAsync(DeadLetterAction.Send, "http://127.0.0.1:9", "300ms");
        Assert.Equal(ExitCode.Failed, code);
        Assert.StartsWith("0 written, 0 already there, 0 rejected again, 5 left\n127.0.0.1:9: ", said, StringComparison.Ordinal);
        Assert.Equal(lines, await File.ReadAllBytesAsync(Assert.Single(Directory.GetFiles(folder, "*.ndjson")), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_an_exporter_appends_while_others_are_removed_is_kept()
    {
        DeadLetterFolder exporter = new(folder, 1 << 30), command = new(folder, 1 << 30);
        exporter.Append(Lines(0, 1));
        const int Appended = 2_000;
        Task appends = Task.Run(() =>
        {
            for (int i = 1; i <= Appended; i++) exporter.Append(Lines(i, 1));
        });
        List<int> removed = [];
        while (!appends.IsCompleted)
            foreach ((string path, byte[] content) in command.Read())
            {
                removed.AddRange(DeadLetterFolder.Lines(content).Select(line => int.Parse(DeadLetter.Read(line)!.Id, System.Globalization.CultureInfo.InvariantCulture)));
                command.Replace(path, content.Length, []);
            }
        await appends;
        Assert.True(removed.Count > 0);
        Assert.Equal(Enumerable.Range(0, Appended + 1), removed.Concat(Letters.Select(letter => int.Parse((string)letter["id"]!, System.Globalization.CultureInfo.InvariantCulture))));
    }

    [Fact]
    public async Task The_list_counts_by_error_and_names_lines_that_are_none()
    {
        new DeadLetterFolder(folder, 1 << 20).Append([.. Lines(0, 3), .. "{\"no\":\"letter\"}\nhalf a li"u8]);
        (int code, string said) = await RunAsync(DeadLetterAction.List, "");
        Assert.Equal(ExitCode.Success, code);
        Assert.StartsWith($"3 dead letters in {folder}", said, StringComparison.Ordinal);
        Assert.Contains("       3  status 400, some_exception, 2027-01-02T03:04:05.000Z to 2027-01-02T03:04:05.000Z\n          last reason: no \uFFFD[31mgood\n", said, StringComparison.Ordinal);
        Assert.EndsWith("1 lines are not dead letters\n", said, StringComparison.Ordinal);
        (_, string shown) = await RunAsync(DeadLetterAction.Show, "");
        Assert.Equal(File.ReadAllText(Assert.Single(Directory.GetFiles(folder, "*.ndjson"))), shown);
    }

    [Fact]
    public async Task Without_letters_or_a_server_the_command_says_so()
    {
        BadInputException none = await Assert.ThrowsAsync<BadInputException>(() => RunAsync(DeadLetterAction.List, "", folder: Path.Combine(folder, "absent")));
        Assert.Contains("does not exist", none.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<SettingsException>(() => RunAsync(DeadLetterAction.Send, ""));
        await Assert.ThrowsAsync<SettingsException>(() => RunAsync(DeadLetterAction.Send, "http://127.0.0.1:9", "soon"));
    }

    private static byte[] Lines(int first, int count)
    {
        System.Buffers.ArrayBufferWriter<byte> lines = new();
        for (int id = first; id < first + count; id++) new DeadLetter("2027-01-02T03:04:05.000Z", "logs-x.y-z", $"{id}", 400, "some_exception", "no \u001b[31mgood", "{\"a\":1}"u8.ToArray()).Write(lines);
        return lines.WrittenSpan.ToArray();
    }

    private async Task<(int Code, string Said)> RunAsync(DeadLetterAction action, string url, string wait = "1m", string? folder = null)
    {
        Settings settings = new();
        (settings.Elasticsearch.Url, settings.Elasticsearch.DeadLetterFolder) = (url, folder ?? this.folder);
        using MemoryStream output = new();
        int code = await DeadLettersCommand.RunAsync(action, settings, wait, output, TestContext.Current.CancellationToken);
        return (code, Encoding.UTF8.GetString(output.ToArray()));
    }

    private static int Port(JsonNode document) => document["source"]!["port"]!.GetValue<int>();
}
