using SFlow.Exporter.Options;

namespace SFlow.Exporter.Tests.Options;

public sealed class ByteSizeTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("4194304", 4194304)]
    [InlineData("512B", 512)]
    [InlineData("4KiB", 4096)]
    [InlineData("64MiB", 67108864)]
    [InlineData("64mib", 67108864)]
    [InlineData("64Mi", 67108864)]
    [InlineData("1.5GiB", 1610612736)]
    [InlineData("1TiB", 1099511627776)]
    public void New_and_old_forms_are_read(string text, long bytes)
    {
        Assert.True(ByteSize.TryParse(text, out long size));
        Assert.Equal(bytes, size);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("MiB")]
    [InlineData("64 MiB")]
    [InlineData("64MB")]
    [InlineData("64M")]
    [InlineData("1.5")]
    [InlineData("0.3B")]
    [InlineData("1..5GiB")]
    [InlineData("99999999TiB")]
    [InlineData("99999999999999999999")]
    public void Other_texts_are_refused(string text) => Assert.False(ByteSize.TryParse(text, out _));

    [Theory]
    [InlineData(0, "0B")]
    [InlineData(1000, "1000B")]
    [InlineData(4096, "4KiB")]
    [InlineData(5242880, "5MiB")]
    [InlineData(1073741824, "1GiB")]
    [InlineData(1610612736, "1536MiB")]
    public void A_size_is_printed_in_the_largest_whole_unit(long bytes, string text)
    {
        Assert.Equal(text, ByteSize.Format(bytes));
        Assert.Equal(bytes, ByteSize.Parse(text));
    }
}
