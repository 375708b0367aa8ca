using System.Text;
using SFlow.Exporter.Elasticsearch;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Elasticsearch;

public sealed class DocumentIdTests
{
    private readonly Flows flows = new();

    [Fact]
    public void An_id_is_22_characters_of_base64url() => Assert.Matches("^[A-Za-z0-9_-]{22}$", Id(flows.Udp()));

    [Fact]
    public void Our_own_clock_is_not_in_the_id()
    {
        Flow record = flows.Udp();
        record.TimestampNanoseconds += 1_000;
        record.ObserverNode = -1;
        Assert.Equal(Id(flows.Udp()), Id(record));
    }

    [Fact]
    public void Other_samples_have_other_ids() => Assert.Equal(50_000, flows.Many(50_000).Select(record => Id(record)).Distinct().Count());

    [Fact]
    public void Ids_sort_by_uptime_and_then_by_sequence()
    {
        string[] ids = [.. new[] { (255u, 65_535u), (256u, 1u), (256u, 2u), (256u, 256u), (70_000u, 0u), (uint.MaxValue, 5u) }.Select(at =>
        {
            Flow record = flows.Udp();
            (record.UptimeMilliseconds, record.DatagramSequence) = at;
            return Id(record);
        })];
        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
    }

    private static string Id(in Flow record)
    {
        byte[] text = new byte[RecordId.Length];
        RecordId.Write(record, text);
        return Encoding.ASCII.GetString(text);
    }
}
