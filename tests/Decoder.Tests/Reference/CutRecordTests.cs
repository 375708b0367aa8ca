using SFlow.Tests;

namespace SFlow.Decoder.Tests.Reference;

/// <summary>A record that ends early gives every field whose bytes are there, and no other: every record, cut after every byte.</summary>
public sealed class CutRecordTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_record_is_read_as_far_as_it_is_there()
    {
        int seed = LongRun.Seed, cuts = 0, fields = 0;
        output.WriteLine($"seed {seed}");
        foreach (ReferenceStructure structure in ReferenceStructure.All.Values)
        {
            for (int round = 0; round < 4; round++)
            {
                byte[] whole = new RandomRecord(new Random(seed + round)).Write(structure);
                for (int length = 0; length <= whole.Length; length++, cuts++) fields += AreAlike(structure, whole[..length]);
            }
        }
        output.WriteLine($"{cuts:N0} records, {fields:N0} fields");
        Assert.True(cuts > 5_000 && fields > cuts, $"{cuts} {fields}");
    }

    [Theory]
    [InlineData(3u, 16)]
    [InlineData(9u, 12)]
    [InlineData(uint.MaxValue, 28)]
    public void The_masks_of_a_next_hop_of_no_known_type_are_the_last_two_words(uint type, int length)
    {
        byte[] record = [.. DatagramBuilder.Words(type), .. new byte[length - 12], .. DatagramBuilder.Words(27, 19)];
        (DecodeStatus status, Dictionary<string, string> values) = FlatDatagram.Read(new DatagramBuilder().Add(new FlowSampleBuilder().Add(1002, record)).Build());
        Assert.Equal((DecodeStatus.Malformed, "27", "19"), (status, values["samples.0.records.0.src_mask"], values["samples.0.records.0.dst_mask"]));
        Assert.DoesNotContain("samples.0.records.0.next_hop", values.Keys);
    }

    [Fact]
    public void Another_length_shows_nothing_of_such_a_record()
    {
        byte[] record = DatagramBuilder.Words(3, 0, 0, 27, 19);
        (_, Dictionary<string, string> values) = FlatDatagram.Read(new DatagramBuilder().Add(new FlowSampleBuilder().Add(1002, record)).Build());
        Assert.DoesNotContain(values.Keys, key => key.EndsWith("mask", StringComparison.Ordinal) || key.EndsWith("next_hop", StringComparison.Ordinal));
    }

    private static int AreAlike(ReferenceStructure structure, byte[] record)
    {
        DatagramBuilder builder = new();
        if (structure.Kind == "flow") builder.Add(new FlowSampleBuilder().Add(structure.Tag, record));
        else builder.Add(new CounterSampleBuilder().Add(structure.Tag, record));
        byte[] bytes = builder.Build();
        ReferenceDatagram expected = ReferenceDatagram.Read(bytes);
        (DecodeStatus status, Dictionary<string, string> values) = FlatDatagram.Read(bytes);
        string[] differences = [.. expected.Values.Except(values).Concat(values.Except(expected.Values)).Select(pair => $"{pair.Key}={pair.Value}")];
        Assert.True(differences.Length == 0 && expected.Status == status.ToString(),
            $"{structure.Name}, {record.Length} bytes: {expected.Status}, {status}, {string.Join(' ', differences.Take(10))}: {Convert.ToHexString(record)}");
        return values.Keys.Count(key => key.StartsWith("samples.0.records.0.", StringComparison.Ordinal));
    }
}
