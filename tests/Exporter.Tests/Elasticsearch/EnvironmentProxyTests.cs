using System.Net;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Elasticsearch;

/// <summary>Expected values are those of Go's httpproxy, which OpenShift writes <c>NO_PROXY</c> for.</summary>
public sealed class EnvironmentProxyTests
{
    [Theory]
    [InlineData("10.64.0.0/12", "https://10.79.255.1:9200/", true)]
    [InlineData("10.64.0.0/12", "https://10.80.0.1:9200/", false)]
    [InlineData("10.70.3.9/12", "https://10.64.0.1/", true)]
    [InlineData("172.20.0.0/16,fd7a::/48", "https://[fd7a::c0:1]:6443/api", true)]
    [InlineData("172.20.0.0/16,fd7a::/48", "https://[fd7b::1]:6443/api", false)]
    [InlineData("0.0.0.0/0", "https://[2001:db8::1]/", false)]
    [InlineData("10.0.0.0/8", "https://[::ffff:10.1.2.3]/", true)]
    [InlineData("192.0.2.14", "http://192.0.2.14:9200/", true)]
    [InlineData("192.0.2.14", "http://192.0.2.15:9200/", false)]
    [InlineData("192.0.2.14:9200", "http://192.0.2.14:9201/", false)]
    [InlineData("[2001:db8::7]:9200", "http://[2001:db8::7]:9200/", true)]
    [InlineData("[2001:db8::7]:9200", "http://[2001:db8::7]:9201/", false)]
    [InlineData("[2001:db8::7]", "http://[2001:db8::7]:9201/", true)]
    [InlineData(".svc", "https://search.logging.svc:9200/", true)]
    [InlineData(".svc", "https://search.logging.svc.cluster.local:9200/", false)]
    [InlineData(".svc,.cluster.local", "https://search.logging.svc.Cluster.Local.:9200/", true)]
    [InlineData(".svc", "https://svc/", false)]
    [InlineData("*.apps.example", "https://logs.apps.example/", true)]
    [InlineData("apps.example", "https://logs.apps.example/", true)]
    [InlineData("apps.example", "https://apps.example/", true)]
    [InlineData("apps.example", "https://myapps.example/", false)]
    [InlineData("apps.example:8443", "https://apps.example/", false)]
    [InlineData("apps.example:443", "https://apps.example/", true)]
    [InlineData("localhost", "http://localhost:9200/", true)]
    [InlineData("one.example , two.example;three.example four.example", "http://four.example/", true)]
    [InlineData("*", "http://anything.example/", true)]
    [InlineData("", "http://anything.example/", false)]
    [InlineData("10.0.0.0/40,,.,:9", "http://10.0.0.1/", false)]
    public void Hosts_of_NO_PROXY_are_asked_directly(string list, string url, bool direct)
    {
        EnvironmentProxy proxy = Proxy(("HTTP_PROXY", "http://proxy.example:3128"), ("HTTPS_PROXY", "http://proxy.example:3128"), ("NO_PROXY", list));
        Assert.Equal(direct, proxy.IsBypassed(new Uri(url)));
        Assert.Equal(direct ? null : new Uri("http://proxy.example:3128"), proxy.GetProxy(new Uri(url)));
    }

    [Fact]
    public void The_scheme_of_a_request_chooses_the_proxy_and_small_letters_win()
    {
        EnvironmentProxy proxy = Proxy(("HTTP_PROXY", "plain.example:8080"), ("HTTPS_PROXY", "http://capitals.example"), ("https_proxy", "http://small.example:81"));
        Assert.Equal(new Uri("http://plain.example:8080"), proxy.GetProxy(new Uri("http://a.example/")));
        Assert.Equal(new Uri("http://small.example:81"), proxy.GetProxy(new Uri("https://a.example/")));
        Assert.Equal(new Uri("socks5://any.example:1080"), Proxy(("ALL_PROXY", "socks5://any.example:1080")).GetProxy(new Uri("https://a.example/")));
        Assert.Null(Proxy().GetProxy(new Uri("https://a.example/")));
    }

    [Fact]
    public void A_proxy_gets_the_user_of_its_own_URL_and_nobody_else_does()
    {
        ICredentials credentials = Proxy(("HTTPS_PROXY", "http://us%40er:p%3Ass@proxy.example:3128")).Credentials!;
        NetworkCredential own = credentials.GetCredential(new Uri("http://proxy.example:3128"), "Basic")!;
        Assert.Equal(("us@er", "p:ss"), (own.UserName, own.Password));
        Assert.Null(credentials.GetCredential(new Uri("http://other.example:3128"), "Basic"));
    }

    [Theory]
    [InlineData("ftp://u:secret@proxy.example")]
    [InlineData("http://")]
    public void A_proxy_that_is_no_URL_never_starts_and_its_password_is_not_said(string value)
    {
        StartException fault = Assert.Throws<StartException>(() => Proxy(("HTTP_PROXY", value)));
        Assert.Contains("HTTP_PROXY", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", fault.Message, StringComparison.Ordinal);
    }

    private static EnvironmentProxy Proxy(params (string Name, string Value)[] variables)
    {
        Dictionary<string, string> environment = variables.ToDictionary(variable => variable.Name, variable => variable.Value, StringComparer.Ordinal);
        return new EnvironmentProxy(environment.GetValueOrDefault);
    }
}
