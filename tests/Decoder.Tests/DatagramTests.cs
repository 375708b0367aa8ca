using System.Net;
using CsCheck;
using SFlow.FlowRecords;
using SFlow.Samples;
using SFlow.Tests;

namespace SFlow.Decoder.Tests;

public sealed class DatagramTests
{
    [Fact]
    public void What_is_written_is_read() =>
        Gen.Select(Gen.Byte.Array[4], Gen.Bool, Gen.UInt.Array[3], Sample.Array[0, 12], Gen.Byte.Array[0, 9]).Sample((address, isIPv6, header, samples, trailer) =>
        {
            IPAddress agent = isIPv6 ? new IPAddress([0xFD, .. new byte[11], .. address]) : new IPAddress(address);
            DatagramBuilder builder = new() { Agent = agent, SubAgentId = header[0], Sequence = header[1], Uptime = header[2], Trailer = trailer };
            foreach (FlowSampleBuilder sample in samples) builder.Add(sample);

            Assert.Equal(DecodeStatus.Ok, Datagram.TryRead(builder.Build(), out Datagram datagram));
            Assert.Equal(agent, datagram.Agent.ToIPAddress());
            Assert.Equal((header[0], header[1], header[2]), (datagram.SubAgentId, datagram.Sequence, datagram.UptimeMilliseconds));
            StructureEnumerator walk = datagram.Samples;
            foreach (FlowSampleBuilder written in samples)
            {
                Assert.True(walk.MoveNext());
                Assert.True(FlowSample.TryRead(walk.Current, out FlowSample read));
                Assert.Equal((written.Sequence, written.SamplingRate, written.SamplePool, written.Drops), (read.Sequence, read.SamplingRate, read.SamplePool, read.Drops));
                Assert.Equal((written.Source, written.Input, written.Output), ((read.Source.Type, read.Source.Index), (read.Input.Format, read.Input.Value), (read.Output.Format, read.Output.Value)));
            }
            Assert.False(walk.MoveNext());
            Assert.Equal(DecodeStatus.Ok, walk.Status);
        });

    private static readonly Gen<FlowSampleBuilder> Sample =
        from expanded in Gen.Bool
        from words in Gen.UInt.Array[4]
        from place in Gen.UInt[0, 255].Select(Gen.UInt[0, 0xFF_FFFF])
        from input in Gen.UInt[0, 3].Select(Gen.UInt[0, 0x3FFF_FFFF])
        from output in Gen.UInt[0, 3].Select(Gen.UInt[0, 0x3FFF_FFFF])
        select new FlowSampleBuilder
        {
            Expanded = expanded, Sequence = words[0], SamplingRate = words[1], SamplePool = words[2], Drops = words[3],
            Source = place, Input = input, Output = output,
        };

    [Theory]
    [InlineData(1u, "BadVersion")]
    [InlineData(2u, "Version2")]
    [InlineData(3u, "BadVersion")]
    [InlineData(4u, "Version4")]
    [InlineData(6u, "BadVersion")]
    [InlineData(0u, "NotSflow")]
    [InlineData(0x0005_001Eu, "NotSflow")]
    [InlineData(0x0500_0000u, "NotSflow")]
    public void Another_first_word_is_another_version_or_another_protocol(uint version, string expected) =>
        Assert.Equal(expected, Datagram.TryRead(new DatagramBuilder { Version = version }.Build(), out _).ToString());

    [Fact]
    public void A_count_above_the_bytes_stops_the_walk_without_reading_on()
    {
        byte[] payload = new DatagramBuilder { SampleCount = 3 }.Add(new FlowSampleBuilder()).Build();
        Assert.Equal(DecodeStatus.Truncated, Everything.Read(payload, out int samples, out _));
        Assert.Equal(1, samples);
    }

    [Theory]
    [InlineData(8_191u, "Malformed")]
    [InlineData(8_192u, "AbsurdCount")]
    [InlineData(uint.MaxValue, "AbsurdCount")]
    public void A_record_count_that_cannot_be_true_loses_that_sample_only(uint count, string expected)
    {
        byte[] payload = new DatagramBuilder().Add(new FlowSampleBuilder { RecordCount = count }).Add(new FlowSampleBuilder()).Build();
        Assert.Equal(expected, Everything.Read(payload, out int samples, out _).ToString());
        Assert.Equal(2, samples);
    }

    /// <summary>Such a length breaks XDR, yet agents send it: corpus, DISAGREEMENTS.</summary>
    [Fact]
    public void A_length_that_is_no_multiple_of_four_is_rounded_up_when_the_bytes_are_there()
    {
        byte[] unaligned = [.. DatagramBuilder.Words(1038, 10), .. DatagramBuilder.Words(5), .. "dropit"u8, 0, 0];
        byte[] following = DatagramBuilder.Structure(1036, DatagramBuilder.Words(77));
        byte[] sample = [.. new FlowSampleBuilder { RecordCount = 2 }.Build(), .. unaligned, .. following];

        Assert.Equal(DecodeStatus.Ok, Read(sample, out uint last));
        Assert.Equal(77u, last);
        byte[] unpadded = [.. new FlowSampleBuilder { RecordCount = 1 }.Build(), .. unaligned[..^2]];
        Assert.Equal(DecodeStatus.Malformed, Read(unpadded, out _));

        static DecodeStatus Read(byte[] sample, out uint last)
        {
            last = 0;
            Assert.Equal(DecodeStatus.Ok, Datagram.TryRead(new DatagramBuilder().Add(1, sample).Build(), out Datagram datagram));
            StructureEnumerator samples = datagram.Samples;
            Assert.True(samples.MoveNext());
            Assert.True(FlowSample.TryRead(samples.Current, out FlowSample flow));
            StructureEnumerator records = flow.Records;
            while (records.MoveNext())
            {
                if (records.Current.Tag == ExtendedFunction.Tag)
                {
                    Assert.True(ExtendedFunction.TryRead(records.Current.Data, out ExtendedFunction function));
                    Assert.Equal("dropi"u8, function.Symbol);
                }
                if (EgressQueueRecord.TryRead(records.Current.Data, out EgressQueueRecord queue)) last = queue.Queue;
            }
            return records.Status;
        }
    }
}
