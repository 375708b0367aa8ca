using CsCheck;
using SFlow.Tests;

namespace SFlow.Decoder.Tests.Reference;

/// <summary>The decoder says what a slow one says that was written from the specification alone. CsCheck prints the seed of a failure.</summary>
public sealed class ReferenceTests(ITestOutputHelper output)
{
    [Fact]
    public void What_is_built_is_decoded_again() => Gen.Int.Sample(seed =>
    {
        RandomDatagram built = new(new Random(seed));
        (DecodeStatus status, Dictionary<string, string> values) = FlatDatagram.Read(built.Bytes);
        Assert.Equal(DecodeStatus.Ok, status);
        foreach ((string path, string value) in built.Values) Assert.Equal((path, value), (path, values.GetValueOrDefault(path, "missing")));
    }, iter: LongRun.Draws(3_000));

    [Fact]
    public void A_mutated_datagram_is_read_as_the_reference_reads_it() => Gen.Int.Sample(seed =>
    {
        Random random = new(seed);
        byte[] bytes = new RandomDatagram(random).Bytes;
        AreRead(random.Next(4) == 0 ? bytes : Mutation.Of(bytes, random));
    }, iter: LongRun.Draws(6_000));

    /// <summary>Mutated datagrams on which the two once differed: a host_cpu of 76 bytes, longer than its short form and shorter than its long one.</summary>
    [Theory]
    [InlineData(
        "00000005000000010A800002000000006CBA92B7000003E80000000100000004000000E400000001000000000000000700000004000007D90000003CFFFFFFFE00000000" +
        "FFFFFFFEB246657305FCD65EFFFFFFFEFFFFFFFEF9C4C094970DF65E00000000048AA526FFFFFFFE71B365A453EC80884151707F000007D30000004C00000000B46DD0BD" +
        "FFFFFFFE5FBC0380009D00003C16F5FEFFFFFFFE00000000BC62A0CC84F71F43E4E2E162751D5BBAE22868A00000000093D73869AF4F63F300000000373FB5AAFFFFFFFE" +
        "00000836000000100000000086E482047D299ADA5C99076D000008340000001C0DDAD10C000000007741B82D8A47DC4495B9F7610000000000000000")]
    public void What_once_differed_is_read_alike(string datagram) => AreRead(Convert.FromHexString(datagram));

    [Fact]
    public void The_corpus_is_read_as_the_reference_reads_it_whole_and_mutated()
    {
        int seed = Random.Shared.Next(), read = 0;
        output.WriteLine($"seed {seed}");
        Random random = new(seed);
        foreach (byte[] payload in Corpus.Captures().SelectMany(capture => capture.Payloads))
        {
            AreRead(payload);
            for (int i = 0; i < 4; i++) AreRead(Mutation.Of(payload, random));
            read += 5;
        }
        output.WriteLine($"{read:N0} datagrams");
    }

    [Fact]
    public void Every_record_of_the_reference_has_a_view_and_no_other_has()
    {
        HashSet<(string, uint)> known = [];
        FoldingVisitor visitor = new();
        byte[] words = new byte[64];
        foreach (uint enterprise in (uint[])[0, .. ReferenceStructure.All.Keys.Select(key => key.Tag >> 12).Distinct()])
        {
            for (uint tag = enterprise << 12; tag < (enterprise + 1) << 12; tag++)
            {
                Datagram.TryRead(new DatagramBuilder().Add(tag, words).Build(), out Datagram read);
                StructureEnumerator structures = read.Samples;
                Assert.True(structures.MoveNext());
                if (KnownRecords.VisitFlow(structures.Current, ref visitor) != RecordStatus.Unknown) known.Add(("flow", tag));
                if (KnownRecords.VisitCounter(structures.Current, ref visitor) != RecordStatus.Unknown) known.Add(("counter", tag));
                Assert.Equal(known.Contains(("flow", tag)), !KnownRecords.NameOfFlow(tag).SequenceEqual("unknown"u8));
            }
        }
        Assert.Equal(ReferenceStructure.All.Keys.Order(), known.Order());
        output.WriteLine($"{known.Count} records");
    }

    private static void AreRead(byte[] bytes)
    {
        ReferenceDatagram expected = ReferenceDatagram.Read(bytes);
        (DecodeStatus status, Dictionary<string, string> values) = FlatDatagram.Read(bytes);
        string datagram = Convert.ToHexString(bytes);
        Assert.True(expected.Status == status.ToString(), $"{expected.Status}, not {status}: {datagram}");
        string[] differences = [.. expected.Values.Except(values).Concat(values.Except(expected.Values)).Select(pair => $"{pair.Key}={pair.Value}")];
        Assert.True(differences.Length == 0, string.Join(' ', differences.Take(10)) + ": " + datagram);
    }
}
