using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using SFlow.Exporter.Commands;
using SFlow.Exporter.Kibana;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline.Fields;
using SFlow.Exporter.Pipeline.Filters;

namespace SFlow.Exporter.Tests.Kibana;

/// <summary>Values in Kibana lead to their records on the exporter's page.</summary>
public sealed class PageLinkTests
{
    private static readonly Uri page = new("https://sflow.example.com/prefix/");

    [Fact]
    public async Task Imported_objects_link_names_and_addresses_to_the_page()
    {
        await using FakeKibana kibana = await FakeKibana.StartAsync();
        Assert.Equal(ExitCode.Success, await CommandLine.InvokeAsync(["setup", "--kibana", kibana.Url, "--kibana-page-url", page.ToString()]));
        JsonNode formats = Nested(kibana.Objects["default index-pattern sflow-flows"], "fieldFormatMap");
        Assert.NotEmpty(PageLinks.Fields);
        foreach (string field in PageLinks.Fields)
        {
            Assert.Contains(FieldCatalogue.Documents, known => known.Name == field);
            Assert.Equal("url", formats[field]!["id"]!.GetValue<string>());
            Assert.Equal("{{value}}", formats[field]!["params"]!["labelTemplate"]!.GetValue<string>());
            Assert.StartsWith("https://sflow.example.com/prefix/?tab=records&", formats[field]!["params"]!["urlTemplate"]!.GetValue<string>(), StringComparison.Ordinal);
        }
        Assert.Equal("bytes", formats["network.bytes"]!["id"]!.GetValue<string>());
        string markdown = Nested(kibana.Objects["default visualization sflow-navigation"], "visState")["params"]!["markdown"]!.GetValue<string>();
        Assert.StartsWith("[Page of the exporter](https://sflow.example.com/prefix/) · [Overview]", markdown, StringComparison.Ordinal);
    }

    /// <summary>Kibana writes a value as a part of a URL, as encodeURIComponent does.</summary>
    [Fact]
    public void Each_link_has_a_filter_that_the_exporter_accepts()
    {
        foreach (string field in PageLinks.Fields)
        {
            string value = field.EndsWith(".ip", StringComparison.Ordinal) ? "fd01::a" : field == "sflow.server_service" ? "openshift-etcd/etcd:etcd" : "@a-1";
            Uri link = new(PageLinks.Template(page, field).Replace("{{value}}", Uri.EscapeDataString(value), StringComparison.Ordinal));
            Dictionary<string, StringValues> parameters = QueryHelpers.ParseQuery(link.Query);
            if (!parameters.TryGetValue("filter", out StringValues filter))
            {
                Assert.Equal(value, parameters.Single(parameter => parameter.Key is "workload" or "conversation").Value);
                continue;
            }
            Assert.True(FilterParser.TryParse(filter!, out _, out FilterFault? fault), $"{filter}: {fault}");
            Assert.EndsWith($"={value}", filter, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("sflow.example.com", "--kibana-page-url is \"sflow.example.com\"")]
    [InlineData("https://me:secret@sflow.example.com", "without user and password")]
    public async Task A_page_without_a_usable_address_is_refused(string address, string problem)
    {
        SettingsException fault = await Assert.ThrowsAsync<SettingsException>(() =>
            KibanaSetup.RunAsync(new KibanaChoice("http://127.0.0.1:1", "", false, "", address), new ElasticsearchOptions(), TextWriter.Null, TestContext.Current.CancellationToken));
        Assert.Contains(problem, fault.Problems.Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"id":"own","type":"search","attributes":{"title":"Own"}}""", "no data view sflow-flows")]
    [InlineData("<html>", "can't be used with")]
    public async Task Objects_that_cannot_get_links_are_refused(string objects, string problem)
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, objects, TestContext.Current.CancellationToken);
            BadInputException fault = await Assert.ThrowsAsync<BadInputException>(() =>
                KibanaSetup.RunAsync(new KibanaChoice("http://127.0.0.1:1", "", false, file, page.ToString()), new ElasticsearchOptions(), TextWriter.Null, TestContext.Current.CancellationToken));
            Assert.Contains(problem, fault.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_page_alone_is_a_mistake_of_the_command_line() =>
        Assert.Equal(ExitCode.Usage, await CommandLine.InvokeAsync(["setup", "--kibana-page-url", "https://sflow.example.com"]));

    [Fact]
    public void Without_a_page_nothing_changes() => Assert.DoesNotContain("urlTemplate", Encoding.UTF8.GetString(SavedObjectsFile.Read("", SavedObjectsFile.Indices)), StringComparison.Ordinal);

    private static JsonNode Nested(JsonObject one, string attribute) => JsonNode.Parse(one["attributes"]![attribute]!.GetValue<string>())!;
}
