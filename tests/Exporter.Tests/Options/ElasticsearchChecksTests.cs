using SFlow.Exporter.Options;

namespace SFlow.Exporter.Tests.Options;

public sealed class ElasticsearchChecksTests
{
    [Theory]
    [InlineData("https://search.example/es/")]
    [InlineData("http://us:pw@[2001:db8::1]:9200")]
    [InlineData("")]
    public void A_URL_may_have_a_path_and_a_user(string url) => Assert.Empty(ElasticsearchChecks.Problems(new ElasticsearchOptions { Url = url }));

    [Theory]
    [InlineData("ftp://us:secret@search.example", "malformed")]
    [InlineData("https://search.example/?pretty=true", "query")]
    [InlineData("https://us@search.example/", "without a password")]
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
        Assert.Single(ElasticsearchChecks.Problems(new ElasticsearchOptions { Password = "p" }));
        Assert.Single(ElasticsearchChecks.Problems(new ElasticsearchOptions { ApiKey = "k", ApiKeyFile = "/proc/self/stat" }));
        Assert.Single(ElasticsearchChecks.Problems(new ElasticsearchOptions { Username = "u", Password = "p", ApiKeyFile = "/proc/self/stat" }));
        Assert.Single(ElasticsearchChecks.Problems(new ElasticsearchOptions { Username = "u", Password = "p", PasswordFile = "/proc/self/stat" }));
        Assert.Empty(ElasticsearchChecks.Problems(new ElasticsearchOptions { Username = "u", PasswordFile = "/proc/self/stat" }));
        Assert.Contains("no such file", Assert.Single(ElasticsearchChecks.Problems(new ElasticsearchOptions { ApiKeyFile = "/nowhere/key" })), StringComparison.Ordinal);
    }
}
