using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using SFlow.Exporter.Commands;
using SFlow.Exporter.Kibana;
using SFlow.Exporter.Options;

namespace SFlow.Exporter.Tests.Kibana;

/// <summary>The import with the options of the program.</summary>
public sealed class KibanaSetupTests
{
    [Fact]
    public async Task Credentials_come_from_a_file_and_panels_ask_for_the_stream_of_the_options()
    {
        string password = Path.GetTempFileName();
        await File.WriteAllTextAsync(password, "secret\n", TestContext.Current.CancellationToken);
        try
        {
            await using FakeKibana kibana = await FakeKibana.StartAsync(authorization: "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("setup:secret")));
            ElasticsearchOptions options = new() { Username = "setup", PasswordFile = password, DataStream = "logs-network.flow-blue" };
            ImportResult result = await RunAsync(kibana, "", options);
            Assert.True(result.Succeeded, result.Problem);
            Assert.Equal("logs-network.flow-*", kibana.Objects["default index-pattern sflow-flows"]["attributes"]!["title"]!.GetValue<string>());
            Assert.All(kibana.Objects.Values, one => Assert.DoesNotContain("logs-sflow", one.ToJsonString(), StringComparison.Ordinal));
        }
        finally
        {
            File.Delete(password);
        }
    }

    [Fact]
    public async Task Other_objects_come_from_a_file_and_a_missing_one_is_named()
    {
        await using FakeKibana kibana = await FakeKibana.StartAsync();
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, """{"id":"own","type":"search","attributes":{"title":"Own"}}""", TestContext.Current.CancellationToken);
        Assert.Equal(1, (await RunAsync(kibana, file, new ElasticsearchOptions())).Imported);
        File.Delete(file);
        BadInputException fault = await Assert.ThrowsAsync<BadInputException>(() => RunAsync(kibana, file, new ElasticsearchOptions()));
        Assert.Contains($"{file} can't be read", fault.Message, StringComparison.Ordinal);
    }

    private static Task<ImportResult> RunAsync(FakeKibana kibana, string file, ElasticsearchOptions options) =>
        KibanaSetup.RunAsync(KibanaTarget.Of(kibana.Url, "", true), file, options, NullLogger.Instance, TestContext.Current.CancellationToken);
}
