using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using SFlow.Dashboards.Kibana;
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
    public async Task The_verb_imports_without_an_engine_and_refuses_to_print_and_import_at_once()
    {
        await using FakeKibana kibana = await FakeKibana.StartAsync();
        Assert.Equal(ExitCode.Success, await CommandLine.InvokeAsync(["setup", "--kibana", kibana.Url]));
        Assert.Contains("default index-pattern sflow-flows", kibana.Objects.Keys);
        Assert.Equal(ExitCode.Usage, await CommandLine.InvokeAsync(["setup", "--kibana", kibana.Url, "--check"]));
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

    [Fact]
    public async Task The_outcome_is_a_line_and_an_exit_code()
    {
        await using FakeKibana kibana = await FakeKibana.StartAsync();
        string host = new Uri(kibana.Url).Authority;
        Assert.Equal((ExitCode.Success, $"{host}: {KibanaFile.Objects().Count} saved objects were imported.\n"), await SayAsync(new KibanaChoice(kibana.Url, "", false, "")));
        (int code, string said) = await SayAsync(new KibanaChoice(kibana.Url, "", true, ""));
        Assert.Equal(ExitCode.Success, code);
        Assert.Contains("were there already and were not replaced", said, StringComparison.Ordinal);
        (code, said) = await SayAsync(new KibanaChoice(kibana.Url, "nowhere", false, ""));
        Assert.Equal(ExitCode.Failed, code);
        Assert.StartsWith($"{host} does not have the space nowhere", said, StringComparison.Ordinal);
        SettingsException fault = await Assert.ThrowsAsync<SettingsException>(() => SayAsync(new KibanaChoice("kibana:5601", "", false, "")));
        Assert.Contains("--kibana is \"kibana:5601\"", fault.Problems.Single(), StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Said)> SayAsync(KibanaChoice choice)
    {
        await using StringWriter output = new() { NewLine = "\n" };
        return (await KibanaSetup.RunAsync(choice, new ElasticsearchOptions(), output, TestContext.Current.CancellationToken), output.ToString());
    }

    private static Task<ImportResult> RunAsync(FakeKibana kibana, string file, ElasticsearchOptions options) =>
        KibanaSetup.RunAsync(KibanaTarget.Of(kibana.Url, "", true), file, null, options, NullLogger.Instance, TestContext.Current.CancellationToken);
}
