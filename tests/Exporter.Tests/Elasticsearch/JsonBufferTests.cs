using System.Text;
using System.Text.Json;
using SFlow.Exporter.Pipeline.Fields;

namespace SFlow.Exporter.Tests.Elasticsearch;

public sealed class JsonBufferTests
{
    private readonly JsonBuffer json = new();

    [Fact]
    public void An_address_that_was_taken_back_is_not_copied()
    {
        Address address = Flows.Address("2001:db8::1"), other = Flows.Address("192.0.2.1");
        json.Address(address);
        json.Length = 0;
        json.Raw("[\"something else that is longer\","u8);
        json.Address(address);
        json.Raw(","u8);
        int before = json.Length;
        json.Address(other);
        json.Length = before;
        json.Address(other);
        json.Raw(","u8);
        json.Address(address);
        json.Raw("]"u8);
        Assert.Equal("""["something else that is longer","2001:db8::1","192.0.2.1","2001:db8::1"]""", Encoding.UTF8.GetString(json.Written));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("a \"quoted\" \\ one")]
    [InlineData("\u0000\u001f\u007f\u2028\u202e\n</script>")]
    [InlineData("Zürich, 東京, 🙂")]
    [InlineData("")]
    public void Any_text_comes_back_as_it_was(string text)
    {
        json.Text(text);
        Assert.Equal(text, JsonSerializer.Deserialize<string>(json.Written));
        Assert.True(Ascii.IsValid(json.Written));
        json.Clear();
        json.Utf8(Encoding.UTF8.GetBytes(text));
        Assert.Equal(text, JsonSerializer.Deserialize<string>(json.Written));
    }

    [Fact]
    public void A_long_text_of_characters_that_are_escaped_is_written_whole()
    {
        string text = string.Concat(Enumerable.Repeat("é🙂\"", 3_000)), broken = "\ud800x";
        json.Text(text);
        Assert.Equal(text, JsonSerializer.Deserialize<string>(json.Written));
        json.Clear();
        json.Text(broken);
        Assert.Equal("\ufffdx", JsonSerializer.Deserialize<string>(json.Written));
    }
}
