using System.Text;
using SFlow.Exporter.Elasticsearch;

namespace SFlow.Exporter.Tests.Elasticsearch;

/// <summary>Answers of servers of all kinds, and what is read of them.</summary>
public sealed class BulkAnswerTests
{
    [Theory]
    [InlineData("""{"status":201}""", 201, null, null)]
    [InlineData("""{"status":400,"error":{"type":"x","reason":"why"}}""", 400, "x", "why")]
    [InlineData("""{"error":{"reason":"why","type":"x","caused_by":{"type":"y","reason":"deeper"}},"status":400}""", 400, "x", "why: deeper")]
    [InlineData("""{"status":400,"error":{"type":null,"reason":null}}""", 400, null, null)]
    [InlineData("""{"status":500,"error":{"reason":null,"caused_by":{"reason":"deeper"}}}""", 500, null, "deeper")]
    [InlineData("""{"status":400,"error":"only words"}""", 400, null, null)]
    [InlineData("""{"status":400,"error":null}""", 400, null, null)]
    [InlineData("""{"status":400,"error":{"type":7,"reason":{"a":1}}}""", 400, null, null)]
    [InlineData("""{"status":400,"error":{"root_cause":[{"type":"root","reason":"root"}],"type":"x","reason":"why"}}""", 400, "x", "why")]
    [InlineData("""{"status":409,"error":{"type":"version_conflict_engine_exception","reason":"document already exists"}}""", 409, "version_conflict_engine_exception", null)]
    [InlineData("""{"_id":"a","result":{"status":7},"status":429,"error":{"type":"es_rejected_execution_exception"}}""", 429, "es_rejected_execution_exception", null)]
    public void An_item_is_its_status_error_type_and_reason(string item, int status, string? type, string? reason)
    {
        BulkItem[] items = new BulkItem[2];
        Assert.True(BulkAnswer.TryRead(Encoding.UTF8.GetBytes("""{"took":3,"errors":true,"items":[{"create":""" + item + """},{"create":{"status":201}}]}"""), items));
        Assert.Equal([new BulkItem(status, type, reason), new BulkItem(201, null)], items);
    }

    [Fact]
    public void A_reason_that_quotes_a_whole_document_is_cut()
    {
        BulkItem[] items = new BulkItem[1];
        string answer = """{"items":[{"create":{"status":400,"error":{"type":"x","reason":"ZZ"}}}]}""".Replace("ZZ", new string('y', 50_000), StringComparison.Ordinal);
        Assert.True(BulkAnswer.TryRead(Encoding.UTF8.GetBytes(answer), items));
        Assert.Equal(1_000, items[0].Reason!.Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"items":{}}""")]
    [InlineData("""{"items":[{"create":{"status":201}}]}""")]
    [InlineData("""{"items":[{"create":{"status":201}},{"create":{"status":201}},{"create":{"status":201}}]}""")]
    [InlineData("""{"items":[{"create":{"status":201}},{"create":{"status":"201"}}]}""")]
    [InlineData("""{"items":[{"create":{"status":201}},{"create":{"status":201}""")]
    [InlineData("""{"items":[{"create":{"status":201}},null]}""")]
    public void Anything_but_one_outcome_for_each_item_is_no_answer(string answer) => Assert.False(BulkAnswer.TryRead(Encoding.UTF8.GetBytes(answer), new BulkItem[2]));
}
