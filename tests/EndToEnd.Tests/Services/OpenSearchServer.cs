using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using SFlow.Tests;

namespace SFlow.EndToEnd.Tests.Services;

/// <summary>A real OpenSearch on loopback, which can be killed and started again on the same data and port. Ends with the test, and only its own process.</summary>
internal sealed class OpenSearchServer : IAsyncDisposable
{
    /// <summary>Address of a server elsewhere, for tests only and without security: tests that need none of its own use it, and delete its data stream.</summary>
    private const string Elsewhere = "SFLOW_TEST_ES_URL";

    /// <summary>Tests share the server elsewhere and its data stream: one at a time.</summary>
    private static readonly SemaphoreSlim turn = new(1);

    private readonly string program;
    private readonly string[] arguments;
    private readonly DirectoryInfo folder;
    private readonly HttpClient client = new() { Timeout = TimeSpan.FromMinutes(2) };
    private Process? process;

    private OpenSearchServer(string program, string[] arguments, DirectoryInfo folder, Process? process, Uri address)
    {
        (this.program, this.arguments, this.folder, this.process, Address) = (program, arguments, folder, process, address);
        client.BaseAddress = address;
    }

    /// <summary>Stays the same over restarts.</summary>
    public Uri Address { get; }

    /// <summary>Starts a server; skips the test where it, or Java, is absent.</summary>
    /// <param name="service">Folder of the server: <c>opensearch</c>, or <c>elasticsearch710</c> for an old one without data streams.</param>
    /// <param name="arguments">Further arguments of its <c>start</c>.</param>
    public static async Task<OpenSearchServer> StartAsync(string service = "opensearch", params string[] arguments)
    {
        if (service == "opensearch" && Environment.GetEnvironmentVariable(Elsewhere) is { Length: > 0 } url) return await UseAsync(new Uri(url), arguments);
        string start = SharedFolder.Require("services", service, "start");
        if (!HasJava()) Assert.Skip("needs Java 17 (apt-get install openjdk-17-jre-headless)");
        DirectoryInfo scratch = Directory.CreateTempSubdirectory("sflow-search-");
        (Process server, Uri address) = await LaunchAsync(start, arguments, scratch, 0);
        return new OpenSearchServer(start, arguments, scratch, server, address);
    }

    /// <summary>Ends the process at once, as a crash would.</summary>
    public async Task KillAsync()
    {
        if (process is null) Assert.Skip($"kills the server, and that of {Elsewhere} is not the test's own");
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Starts it again after <see cref="KillAsync"/>.</summary>
    public async Task RestartAsync()
    {
        process!.Dispose();
        (process, _) = await LaunchAsync(program, arguments, folder, Address.Port);
    }

    /// <summary>Sends a request and reads its answer; fails the test with the server's own words when it is refused.</summary>
    public async Task<JsonNode> AskAsync(HttpMethod method, string path, string? json = null)
    {
        using HttpRequestMessage request = new(method, path);
        if (json is not null) request.Content = new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using HttpResponseMessage response = await client.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{method} {path}: {text}");
        return JsonNode.Parse(text)!;
    }

    /// <summary>Makes everything that was written visible to searches, and searches.</summary>
    public async Task<JsonNode> SearchAsync(string stream, string json)
    {
        await AskAsync(HttpMethod.Post, $"/{stream}/_refresh");
        return await AskAsync(HttpMethod.Post, $"/{stream}/_search", json);
    }

    public async ValueTask DisposeAsync()
    {
        if (process is null)
        {
            try
            {
                await ClearAsync();
            }
            finally
            {
                turn.Release();
            }
        }
        client.Dispose();
        if (process is { HasExited: false }) await KillAsync();
        process?.Dispose();
        folder.Delete(recursive: true);
    }

    private static async Task<OpenSearchServer> UseAsync(Uri address, string[] arguments)
    {
        if (arguments.Length > 0) Assert.Skip($"starts the server with options, and that of {Elsewhere} runs already");
        await turn.WaitAsync();
        OpenSearchServer server = new("", [], Directory.CreateTempSubdirectory("sflow-search-"), null, address);
        try
        {
            await server.ClearAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Deletes records of an earlier test; there may be none.</summary>
    private async Task ClearAsync()
    {
        using HttpResponseMessage response = await client.DeleteAsync("/_data_stream/logs-sflow.flow-default");
        Assert.True(response.IsSuccessStatusCode || response.StatusCode == System.Net.HttpStatusCode.NotFound, await response.Content.ReadAsStringAsync());
    }

    private static async Task<(Process Process, Uri Address)> LaunchAsync(string program, string[] arguments, DirectoryInfo folder, int port)
    {
        Process server = Process.Start(new ProcessStartInfo(program, ["--data", folder.FullName, "--port", $"{port}", "--heap", "512m", .. arguments])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        string line = await server.StandardOutput.ReadLineAsync()
            ?? throw new InvalidOperationException($"{program} ended before it was ready; see {folder.FullName}/server.log");
        return (server, new Uri(line["ready ".Length..]));
    }

    private static bool HasJava()
    {
        string? home = Environment.GetEnvironmentVariable("JAVA_HOME");
        if (home is not null && File.Exists(Path.Combine(home, "bin", "java"))) return true;
        return Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "java")));
    }
}
