using Microsoft.AspNetCore.Http;
using SFlow.Exporter.Http;
using SFlow.Exporter.Options;

namespace SFlow.Exporter.Tests.Http;

public sealed class AllowedHostsTests
{
    private static readonly OwnNames Pod = new(
        "collector-7c9-x2", "127.0.0.1 localhost\n10.129.3.8\tcollector-7c9-x2 collector.corp.test # us\n10.1.1.1 other.test\n",
        "search netobs.svc.prod.test svc.prod.test prod.test\nnameserver 172.30.0.10\n", "netobs\n");

    [Theory]
    [InlineData("10.129.3.8:16343", true), InlineData("[fd01:0:0:3::8]:16343", true), InlineData("LOCALHOST.:16343", true), InlineData("a.localhost", true)]
    [InlineData("collector-7c9-x2:16343", true), InlineData("collector.corp.test", true), InlineData("sflow-exporter-metrics", true)]
    [InlineData("sflow-exporter-metrics.netobs", true), InlineData("any.netobs.svc", true), InlineData("any.netobs.svc.prod.test", true)]
    [InlineData("sflow-exporter.elsewhere.svc.cluster.local:16343", true), InlineData("", true)]
    [InlineData("any.elsewhere.svc", false), InlineData("any.netobs.svc.attacker.test", false), InlineData("rebound.attacker.test", false)]
    [InlineData("other.test", false), InlineData("localhost.attacker.test", false), InlineData("10.129.3.8.attacker.test", false), InlineData("xlocalhost", false)]
    public void Only_names_that_outsiders_cannot_own_are_served(string host, bool served) =>
        Assert.Equal(served, new AllowedHosts(new HttpOptions(), Pod).Allows(new HostString(host)));

    [Theory]
    [InlineData("flows.example.test, *.apps.example.test", "FLOWS.example.test:443", true)]
    [InlineData("flows.example.test, *.apps.example.test", "a.apps.example.test", true)]
    [InlineData("flows.example.test, *.apps.example.test", "apps.example.test", false)]
    [InlineData("flows.example.test, *.apps.example.test", "xflows.example.test", false)]
    [InlineData("*", "rebound.attacker.test", true)]
    public void The_option_adds_names(string option, string host, bool served) =>
        Assert.Equal(served, new AllowedHosts(new HttpOptions { AllowedHosts = option }, Pod).Allows(new HostString(host)));
}
