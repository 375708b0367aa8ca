using SFlow.Exporter.Pipeline.Filters;

namespace SFlow.Exporter.Tests.Filters;

/// <summary>Mistakes in a filter are reported with a sentence, their place and what probably was meant.</summary>
public sealed class FilterParserTests
{
    [Theory]
    [InlineData("namspace=shop", 0, 8, "namespace", "nearest is 'namespace'")]
    [InlineData("namespace=shop fron=a", 15, 4, "from", "no key 'fron'")]
    [InlineData("shop", 0, 4, "namespace=shop", "no term")]
    [InlineData("namespace=shop port=http", 20, 4, null, "from 0 to 65535")]
    [InlineData("port=80,70000", 8, 5, null, "'70000'")]
    [InlineData("protocol=tpc", 9, 3, "tcp", "'tpc'")]
    [InlineData("counted=yes", 8, 3, "true", "true or false")]
    [InlineData("address=10.128.0", 8, 8, null, "CIDR")]
    [InlineData("namespace:shop", 0, 14, "namespace=shop", "Write '='")]
    [InlineData("namespace", 0, 9, "namespace=", "value is missing")]
    [InlineData("namespace=", 10, 0, null, "value is missing")]
    [InlineData("namespace=a,", 12, 0, null, "value is missing")]
    [InlineData("namespace=\"a b", 10, 4, "\"a b\"", "quote")]
    [InlineData("namespace=a or namespace=b", 12, 2, null, "commas")]
    [InlineData("(namespace=a)", 0, 10, "namespace", "no key")]
    [InlineData("not", 0, 3, null, "missing after 'not'")]
    [InlineData("namespace=a and", 15, 0, null, "missing after 'and'")]
    [InlineData("and namespace=a", 0, 3, "namespace=and", "no term")]
    [InlineData("=shop", 0, 1, null, "key is missing")]
    [InlineData("workload=a/b/c/d", 9, 7, null, "KIND/NAME")]
    [InlineData("workload=/a", 9, 2, null, "KIND/NAME")]
    public void A_mistake_is_reported_with_its_place(string text, int position, int length, string? suggestion, string detail)
    {
        Assert.False(FilterParser.TryParse(text, out FlowFilter filter, out FilterFault? fault));
        Assert.True(filter.IsEmpty);
        Assert.Equal((position, length, suggestion), (fault!.Position, fault.Length, fault.Suggestion));
        Assert.Contains(detail, fault.Detail, StringComparison.Ordinal);
        Assert.NotEmpty(fault.Allowed);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("  ", "")]
    [InlineData("Namespace=Shop", "namespace=Shop")]
    [InlineData("from=shop to=openshift-*", "from=shop to=openshift-*")]
    [InlineData("not namespace!=shop", "namespace=shop")]
    [InlineData("namespace=and and from=not", "namespace=and from=not")]
    [InlineData("service=default/kubernetes:https", "service=default/kubernetes:https")]
    [InlineData("zone=\"a,b \\\"c\\\\\"", "zone=\"a,b \\\"c\\\\\"")]
    [InlineData("peer=shop/Deployment/grafana", "peer=shop/Deployment/grafana")]
    public void A_filter_has_one_form(string text, string form)
    {
        Assert.True(FilterParser.TryParse(text, out FlowFilter filter, out FilterFault? fault), fault?.Detail);
        Assert.Equal(form, filter.ToString());
    }

    [Fact]
    public void A_filter_has_limits()
    {
        Assert.False(FilterParser.TryParse(new string('a', FlowFilter.LongestText + 1), out _, out FilterFault? tooLong));
        Assert.Contains("2048 characters", tooLong!.Detail, StringComparison.Ordinal);
        Assert.False(FilterParser.TryParse(string.Join(' ', Enumerable.Repeat("port=1", FlowFilter.MostTerms + 1)), out _, out FilterFault? tooMany));
        Assert.Contains("64 terms", tooMany!.Detail, StringComparison.Ordinal);
        Assert.False(FilterParser.TryParse("port=" + string.Join(',', Enumerable.Repeat("1", FlowFilter.MostValues + 1)), out _, out FilterFault? tooWide));
        Assert.Contains("64 values", tooWide!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void No_text_makes_the_parser_fail()
    {
        const string letters = "namespace=*,\"\\ !-and not/:()\u202e\ud800";
        Random random = new();
        int refused = 0;
        for (int i = 0; i < 50_000; i++)
        {
            string text = new([.. Enumerable.Range(0, random.Next(24)).Select(_ => letters[random.Next(letters.Length)])]);
            if (FilterParser.TryParse(text, out _, out FilterFault? fault)) continue;
            refused++;
            Assert.InRange(fault!.Position, 0, text.Length);
            Assert.InRange(fault.Position + fault.Length, fault.Position, text.Length + 1);
        }
        Assert.True(refused > 10_000);
    }

    [Theory]
    [InlineData("gra?ana", "gra?ana", true)]
    [InlineData("gra?*", "grafana", false)]
    [InlineData("a\\*", "a\\bc", true)]
    [InlineData("*", "", false)]
    [InlineData("-", null, true)]
    [InlineData("*-*", "a-b", true)]
    [InlineData("GRAFANA", "grafana", true)]
    public void Only_the_star_is_special_in_a_name(string pattern, string? name, bool matches) => Assert.Equal(matches, new TextPattern(pattern).Matches(name));
}
