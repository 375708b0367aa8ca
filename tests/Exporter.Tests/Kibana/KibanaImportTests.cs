using System.Net.Http.Headers;
using System.Text;
using SFlow.Dashboards.Kibana;
using SFlow.Exporter.Elasticsearch;
using SFlow.Exporter.Kibana;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.Kibana;

/// <summary>The import into a Kibana that checks requests as the real one does.</summary>
public sealed class KibanaImportTests
{
    private static readonly byte[] objects = SavedObjectsFile.Read("", StreamName.Default.Pattern);
    private static readonly int count = KibanaFile.Objects().Count;

    [Theory]
    [InlineData("kbn-xsrf", "", "default")]
    [InlineData("kbn-xsrf", "team", "team")]
    [InlineData("osd-xsrf", "", "default")]
    public async Task All_objects_arrive_behind_a_path_prefix_in_the_space(string header, string space, string there)
    {
        await using FakeKibana kibana = await FakeKibana.StartAsync(header);
        ImportResult result = await ImportAsync(kibana, space: space);
        Assert.True(result.Succeeded, result.Problem);
        Assert.Equal($"{count} saved objects were imported.", result.ToString());
        Assert.Equal(KibanaFile.Objects().Select(made => $"{there} {made.Type} {made.Id}").Order(StringComparer.Ordinal), kibana.Objects.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Objects_that_are_there_stay_and_are_named_unless_they_are_to_be_replaced()
    {
        await using FakeKibana kibana = await FakeKibana.StartAsync();
        await ImportAsync(kibana);
        ImportResult again = await ImportAsync(kibana, overwrite: false);
        Assert.True(again.Succeeded);
        Assert.Equal((0, count), (again.Imported, again.Kept.Count));
        Assert.StartsWith($"0 saved objects were imported. {count} were there already and were not replaced: logs-sflow.flow-*, ", again.ToString(), StringComparison.Ordinal);
        Assert.Contains($" and {count - 5} more", again.ToString(), StringComparison.Ordinal);
        Assert.Equal(count, (await ImportAsync(kibana, overwrite: true)).Imported);
    }

    [Fact]
    public async Task Credentials_are_sent_and_their_absence_is_named()
    {
        await using FakeKibana kibana = await FakeKibana.StartAsync(authorization: "ApiKey a2V5");
        Assert.True((await ImportAsync(kibana, credentials: new AuthenticationHeaderValue("ApiKey", "a2V5"))).Succeeded);
        Assert.Contains("wants credentials (status 401). Give an API key", (await ImportAsync(kibana)).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_space_is_named() =>
        Assert.Contains("does not have the space nowhere", await ProblemAsync(kibana => ImportAsync(kibana, space: "nowhere")), StringComparison.Ordinal);

    [Theory]
    [InlineData(302, "", "redirects the import (status 302)")]
    [InlineData(403, """{"message":"Unable to bulk_create dashboard"}""", "does not allow the import (status 403). The user needs all privileges for saved objects management in this space. The server says: Unable to bulk_create dashboard")]
    [InlineData(413, "<html>too large</html>", "does not accept a file of this size (status 413)")]
    [InlineData(503, """{"message":"Kibana server is not ready yet"}""", "answered with status 503. The server says: Kibana server is not ready yet")]
    [InlineData(200, "<html>hello</html>", "does not answer like Kibana or OpenSearch Dashboards")]
    [InlineData(200, """{"success":false,"successCount":3}""", "3 saved objects were imported, others were refused: the server does not say why")]
    public async Task Refusals_are_explained_in_plain_words(int status, string body, string expected) =>
        Assert.Contains(expected, await ProblemAsync(kibana =>
        {
            kibana.Instead = () => (status, body, status == 302 ? "/login" : null);
            return ImportAsync(kibana);
        }), StringComparison.Ordinal);

    [Fact]
    public async Task An_object_that_the_server_does_not_know_is_named() =>
        Assert.Contains("Flow records: the server does not know this type", await ProblemAsync(kibana =>
        {
            kibana.UnknownType = "search";
            return ImportAsync(kibana);
        }), StringComparison.Ordinal);

    [Fact]
    public async Task A_server_that_is_away_is_named()
    {
        FakeKibana kibana = await FakeKibana.StartAsync();
        await kibana.DisposeAsync();
        Assert.Contains("cannot be reached: ", (await ImportAsync(kibana)).Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kibana:5601")]
    [InlineData("ftp://kibana")]
    [InlineData("https://user:secret@kibana")]
    public void A_wrong_address_is_refused(string url) => Assert.Throws<ArgumentException>(() => KibanaTarget.Of(url, "", true));

    [Fact]
    public void The_program_carries_the_committed_file_and_asks_for_the_stream_of_the_records()
    {
        Assert.Equal(File.ReadAllBytes(Path.Combine(SharedFolder.Repository, KibanaFile.Path)), objects);
        Assert.Equal(SavedObjectsFile.Indices, StreamName.Default.Pattern);
        string other = Encoding.UTF8.GetString(SavedObjectsFile.Read("", "logs-sflow.flow-blue"));
        Assert.DoesNotContain(SavedObjectsFile.Indices, other, StringComparison.Ordinal);
        Assert.Contains("logs-sflow.flow-blue", other, StringComparison.Ordinal);
    }

    private static async Task<string> ProblemAsync(Func<FakeKibana, Task<ImportResult>> import)
    {
        await using FakeKibana kibana = await FakeKibana.StartAsync();
        return (await import(kibana)).Problem;
    }

    private static async Task<ImportResult> ImportAsync(FakeKibana kibana, string space = "", bool overwrite = true, AuthenticationHeaderValue? credentials = null)
    {
        using HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false });
        return await new KibanaImport(client, credentials).RunAsync(KibanaTarget.Of(kibana.Url, space, overwrite), objects, TestContext.Current.CancellationToken);
    }
}
