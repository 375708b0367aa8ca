using SFlow.Exporter.Options;

namespace SFlow.Exporter.Tests.Options;

public sealed class ElasticsearchChecksTests
{
    [Theory]
    [InlineData("https://search.example/es/")]
    [InlineData("http://[2001:db8::1]:9200")]
    [InlineData("https://one.example:9200, https://two.example/es/")]
    [InlineData("")]
    public void A_URL_may_have_a_path_and_be_one_of_several(string url) => Assert.Empty(ElasticsearchChecks.Problems(new ElasticsearchOptions { Url = url }));

    [Theory]
    [InlineData("ftp://us:secret@search.example", "malformed")]
    [InlineData("https://search.example/?pretty=true", "query")]
    [InlineData("https://search.example,https://us:secret@search.example/", "PasswordFile")]
    [InlineData("https://us@search.example/", "PasswordFile")]
    [InlineData("https://one.example:9200,http://two.example:9200", "both http and https")]
    [InlineData("https://one.example:9200,two", "\"two\"")]
    public void A_URL_that_leads_nowhere_is_said_without_its_password(string url, string words)
    {
        string problem = Assert.Single(ElasticsearchChecks.Problems(new ElasticsearchOptions { Url = url }));
        Assert.Contains(words, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Credentials_that_exclude_or_need_each_other_are_said()
    {
        Assert.Single(ElasticsearchChecks.Problems(new ElasticsearchOptions { Username = "u" }));
        Assert.Single(ElasticsearchChecks.Problems(new ElasticsearchOptions { PasswordFile = "/proc/self/stat" }));
        Assert.Single(ElasticsearchChecks.Problems(new ElasticsearchOptions { Username = "u", PasswordFile = "/proc/self/stat", ApiKeyFile = "/proc/self/stat" }));
        Assert.Single(ElasticsearchChecks.Problems(new ElasticsearchOptions { ClientCertificate = "/proc/self/stat" }));
        Assert.Empty(ElasticsearchChecks.Problems(new ElasticsearchOptions { Username = "u", PasswordFile = "/proc/self/stat" }));
        Assert.Contains("no such file", Assert.Single(ElasticsearchChecks.Problems(new ElasticsearchOptions { ApiKeyFile = "/nowhere/key" })), StringComparison.Ordinal);
    }
}
