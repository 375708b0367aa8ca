using SFlow.Tests;

namespace SFlow.Decoder.Tests;

/// <summary>The code on the page about the library is the code that is compiled and run here.</summary>
public sealed class DocumentationTests
{
    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/decoder.md")]
    public void The_page_shows_code_that_is_compiled(string file)
    {
        string page = File.ReadAllText(Path.Combine(SharedFolder.Repository, file));
        string compiled = Words(File.ReadAllText(Path.Combine(SharedFolder.Repository, "tests", "Decoder.Tests", "FirstLines.cs")));
        string[] blocks = [.. page.Split("```csharp\n").Skip(1).Select(rest => rest.Split("```")[0])];
        Assert.NotEmpty(blocks);
        Assert.All(blocks, block => Assert.Contains(Words(block), compiled, StringComparison.Ordinal));
    }

    [Fact]
    public void The_page_names_every_record()
    {
        string page = Words(File.ReadAllText(Path.Combine(SharedFolder.Repository, "docs", "decoder.md")));
        Assert.All(Reference.ReferenceStructure.All.Values, record => Assert.Contains($"`{new DataFormat(record.Tag)} {record.Name}`", page, StringComparison.Ordinal));
    }

    [Fact]
    public void The_first_lines_say_what_is_in_the_datagram()
    {
        byte[] payload = new DatagramBuilder()
            .Add(new FlowSampleBuilder { SamplingRate = 400 }.AddHeader(PacketBuilder.TcpFrame()).Add(8_800u << 12 | 2, new byte[12]))
            .Add(new CounterSampleBuilder().Add(2_004, DatagramBuilder.Words([.. Enumerable.Range(1, 18).Select(word => (uint)word)])))
            .Build();
        StringWriter text = new();
        FirstLines.Print(payload, text);
        Assert.Equal("10.128.0.5:40000 to 10.129.0.9:443, 1 in 400\nskipped 8800:2, 12 bytes\nfree 12884901892 of 4294967298 bytes\n", text.ToString());
    }

    private static string Words(string code) => string.Join(' ', code.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
