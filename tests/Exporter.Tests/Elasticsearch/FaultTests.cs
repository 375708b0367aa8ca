using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Elasticsearch;

/// <summary>
/// Whatever a server does: the records that were offered are the documents that it has, plus losses with a name, and no document is there twice. The server
/// keeps its own books, by id; each record of a test has a port of its own, which is the second key.
/// </summary>
public sealed class FaultTests : IDisposable
{
    private const int Records = 3_000, FirstPort = 32_768;

    /// <summary>Bulk requests that meet the fault; later ones do not.</summary>
    private const int Faulty = 12;

    private static readonly Dictionary<string, Action<FakeSearch>> Faults = new(StringComparer.Ordinal)
    {
        ["429 storm"] = fake => fake.Refuse = (number, _) => number < 4 * Faulty ? new Refusal(429, RetryAfter: "1") : null,
        ["503 without a body"] = fake => fake.Refuse = (number, _) => number < Faulty ? new Refusal(503) : null,
        ["429, 500 and 503 by item"] = fake => fake.RefuseItem = (number, document) => number >= Faulty ? null : (Place(document) % 4) switch
        {
            0 => (429, "es_rejected_execution_exception"),
            1 => (500, null!),
            2 => (503, "unavailable_shards_exception"),
            _ => null,
        },
        ["no answer"] = fake => fake.BeforeAnswer = number => Task.Delay(number < 4 ? TimeSpan.FromSeconds(4) : TimeSpan.Zero),
        ["a slow answer"] = fake => fake.BeforeAnswer = number => Task.Delay(number < Faulty ? 500 : 0),
        ["connection cut before acceptance"] = fake => fake.Refuse = (number, _) => number < Faulty ? Refusal.Abort : null,
        ["connection cut after acceptance"] = fake => fake.AfterTaking = (number, _) => number < Faulty ? Refusal.Abort : null,
        ["status 500 after acceptance"] = fake => fake.AfterTaking = (number, _) => number < Faulty ? new Refusal(500, Body: "{}") : null,
        ["no JSON after acceptance"] = fake => fake.AfterTaking = (number, _) => number < Faulty ? new Refusal(200, Body: "<html>Welcome</html>") : null,
        ["an answer above the limit"] = fake => fake.AfterTaking = (number, _) => number < 2 ? new Refusal(200, Body: new string(' ', 65 << 20)) : null,
        ["an item too few"] = fake => fake.AfterTaking = (number, items) => number < Faulty ? Items(items - 1) : null,
        ["an item too many"] = fake => fake.AfterTaking = (number, items) => number < Faulty ? Items(items + 1) : null,
    };

    private readonly string spool = Directory.CreateTempSubdirectory("spool-").FullName, letters = Directory.CreateTempSubdirectory("letters-").FullName;

    public static TheoryData<string> Names => [.. Faults.Keys];

    public void Dispose()
    {
        Directory.Delete(spool, recursive: true);
        Directory.Delete(letters, recursive: true);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Faults_that_pass_lose_nothing_and_make_no_duplicate(string fault)
    {
        await using FakeSearch fake = await FakeSearch.StartAsync();
        fake.RefuseEncoding = (_, _) => null;
        Faults[fault](fake);
        (long written, long alreadyThere, long lost) = await ShipAsync(fake);
        Assert.Equal((Records, 0), (written + alreadyThere, lost));
        Assert.Equal(Enumerable.Range(0, Records), fake.Documents.Values.Select(Place).Order());
        if (fault.Contains("after acceptance", StringComparison.Ordinal)) Assert.True(alreadyThere > 0);
        Assert.Empty(Directory.GetFiles(spool, "*.spool"));
        Assert.Empty(Directory.GetFiles(letters, "*.ndjson"));
    }

    [Fact]
    public async Task Documents_that_are_refused_for_good_are_dead_letters_and_all_others_arrive_once()
    {
        await using FakeSearch fake = await FakeSearch.StartAsync();
        fake.RefuseItem = (number, document) => (Place(document) % 100) switch
        {
            7 => (400, "document_parsing_exception"),
            // Of a type that no version of the exporter knows: rejected once others were accepted meanwhile.
            8 => (400, "exception_of_a_later_version"),
            9 => (422, null!),
            11 when number < Faulty => (429, "es_rejected_execution_exception"),
            _ => null,
        };
        (long written, long alreadyThere, long lost) = await ShipAsync(fake);
        int[] refused = [.. Enumerable.Range(0, Records).Where(place => place % 100 is 7 or 8 or 9)];
        Assert.Equal((Records - refused.Length, 0, refused.Length), (written, alreadyThere, lost));
        Assert.Equal(Enumerable.Range(0, Records).Except(refused), fake.Documents.Values.Select(Place).Order());
        IEnumerable<JsonNode> kept = Directory.GetFiles(letters, "*.ndjson").SelectMany(File.ReadLines).Select(line => JsonNode.Parse(line)!["document"]!);
        Assert.Equal(refused, kept.Select(Place).Order());
    }

    /// <summary>Ships all records with a spool, and lets time pass until each has an outcome.</summary>
    private async Task<(long Written, long AlreadyThere, long Lost)> ShipAsync(FakeSearch fake)
    {
        FakeTimeProvider time = new();
        await using Shipping shipping = new(
            fake.Url, time, options => (options.BulkBytes, options.Timeout) = (65_536, TimeSpan.FromSeconds(2)), spool: spool, deadLetters: letters);
        await shipping.StartAsync();
        shipping.Offer(shipping.Flows.Many(Records));
        await Shipping.UntilAsync(() =>
        {
            time.Advance(TimeSpan.FromMilliseconds(200));
            return shipping.Queue.Waiting == 0;
        });
        long lost = Enum.GetValues<LossReason>().Sum(shipping.Queue.Lost);
        Assert.Equal(lost, shipping.Queue.Lost(LossReason.Rejected));
        Assert.Equal(shipping.Queue.Written, shipping.Stats.Items(ItemOutcome.Created));
        Assert.Equal(TimeSpan.Zero, shipping.Stats.Lag());
        return (shipping.Queue.Written, shipping.Queue.AlreadyThere, lost);
    }

    private static Refusal Items(int count) => new(200, Body: $$"""{"errors":false,"items":[{{string.Join(',', Enumerable.Repeat("""{"create":{"status":201}}""", count))}}]}""");

    private static int Place(JsonNode document) => document["source"]!["port"]!.GetValue<int>() - FirstPort;
}
