using System.Net;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Identify;

/// <summary>The one reader of CIDRs: options, inventory, proxies and the search of records.</summary>
public sealed class PrefixTests
{
    [Theory]
    [InlineData("10.128.5.9/14", "10.128.0.0", "10.131.255.255")]
    [InlineData("192.0.2.7", "192.0.2.7", "192.0.2.7")]
    [InlineData("0.0.0.0/0", "0.0.0.0", "255.255.255.255")]
    [InlineData("fd01::1/48", "fd01::", "fd01::ffff:ffff:ffff:ffff:ffff")]
    [InlineData("fd01:0:0:1::/65", "fd01:0:0:1::", "fd01:0:0:1:7fff:ffff:ffff:ffff")]
    [InlineData("::ffff:10.0.0.0/104", "10.0.0.0", "10.255.255.255")]
    public void First_and_last_address_of_a_network(string text, string first, string last)
    {
        Assert.True(Prefix.TryParse(text, out Prefix prefix));
        Assert.Equal((Of(first), Of(last)), (prefix.Network, prefix.Last));
    }

    [Theory]
    [InlineData("10.1/16"), InlineData("010.0.0.0/8"), InlineData("0x0a000000/8"), InlineData("10.0.0.0/33"), InlineData("10.0.0.0/-1"), InlineData("10.0.0.0/ 8")]
    [InlineData("fe80::1%eth0/64"), InlineData("[fd01::]/48"), InlineData("fd01::/129"), InlineData("10.0.0.0/"), InlineData("/8"), InlineData("")]
    public void What_could_mean_another_network_is_refused(string text) => Assert.False(Prefix.TryParse(text, out _));

    private static Address Of(string text) => Address.From(IPAddress.Parse(text));
}
