using System.Net;
using System.Text;
using SFlow.EndToEnd.Tests.Services;

namespace SFlow.EndToEnd.Tests.Kubernetes;

/// <summary><c>check</c> contacts the cluster that it is to use: a real API server, one behind a path, one that redirects, one that is away.</summary>
public sealed class CheckTests : IDisposable
{
    private const string Prefix = "/k8s/clusters/c-m-7x2f";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("sflow-check-");
    private readonly HttpListener listener = new();
    private readonly List<string> asked = [];

    [Fact]
    public async Task The_cluster_of_a_kubeconfig_is_listed_and_counted_and_KUBECONFIG_names_it_too()
    {
        await using KubeApiServer server = await KubeApiServer.StartAsync();
        await server.KubectlAsync("", "create", "namespace", "depot");
        await server.CreatePodAsync("depot", "crane", "worker-1", "10.128.0.90");
        await server.CreatePodAsync("depot", "lift", "worker-1", "10.128.0.91");

        (int code, string output, string errors) = await ExporterProcess.RunAsync("check", "--kubeconfig", server.Kubeconfig);
        Assert.True(code == 0, errors);
        Assert.Contains("cluster: 0 nodes, 2 pods, 1 services", output, StringComparison.Ordinal);

        string named = await KubeApiServer.RunAsync("env", [$"KUBECONFIG=/nowhere/config:{server.Kubeconfig}", ExporterProcess.Path, "check"], "");
        Assert.Equal(output, named);
    }

    [Fact]
    public async Task Every_request_has_the_path_that_the_server_lies_behind()
    {
        string kubeconfig = Serve(request => request.StartsWith(Prefix + "/api", StringComparison.Ordinal)
            ? (200, """{"kind":"List","apiVersion":"v1","metadata":{"resourceVersion":"9"},"items":[]}""", null) : (404, "404 page not found", null));
        (int code, string output, string errors) = await ExporterProcess.RunAsync("check", "--kubeconfig", kubeconfig);
        Assert.True(code == 0, errors);
        Assert.Contains("cluster: 0 nodes", output, StringComparison.Ordinal);
        Assert.Contains(asked, path => path.StartsWith(Prefix + "/apis/discovery.k8s.io/v1/endpointslices", StringComparison.Ordinal));
        Assert.All(asked, path => Assert.StartsWith(Prefix + "/api", path, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_redirect_is_named_with_its_target_and_not_followed()
    {
        string kubeconfig = Serve(_ => (302, "", "https://login.example/oauth?next=1"));
        (int code, _, string errors) = await ExporterProcess.RunAsync("check", "--kubeconfig", kubeconfig);
        Assert.NotEqual(0, code);
        Assert.Contains("redirects to https://login.example/oauth?next=1", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cluster_that_does_not_answer_is_an_error_that_names_it()
    {
        string kubeconfig = Serve(_ => (200, "", null));
        listener.Stop();
        (int code, string output, string errors) = await ExporterProcess.RunAsync("check", "--kubeconfig", kubeconfig);
        Assert.NotEqual(0, code);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
        Assert.Contains("The Kubernetes API can't be read: 127.0.0.1:", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("ok", output, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        listener.Close();
        folder.Delete(recursive: true);
    }

    /// <summary>Answers every request, and writes a kubeconfig whose server has the path.</summary>
    private string Serve(Func<string, (int Status, string Body, string? Location)> answer)
    {
        int port = FreePort();
        listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        listener.Start();
        _ = Task.Run(async () =>
        {
            while (listener.IsListening)
            {
                HttpListenerContext context = await listener.GetContextAsync();
                lock (asked) asked.Add(context.Request.RawUrl!);
                (int status, string body, string? location) = answer(context.Request.RawUrl!);
                context.Response.StatusCode = status;
                if (location is not null) context.Response.RedirectLocation = location;
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
                context.Response.Close();
            }
        });
        string file = Path.Combine(folder.FullName, "kubeconfig");
        File.WriteAllText(file, $$"""
            apiVersion: v1
            kind: Config
            current-context: main
            contexts: [{ name: main, context: { cluster: main, user: main } }]
            clusters: [{ name: main, cluster: { server: "http://127.0.0.1:{{port}}{{Prefix}}" } }]
            users: [{ name: main, user: { token: secret } }]
            """);
        return file;
    }

    private static int FreePort()
    {
        using System.Net.Sockets.TcpListener probe = new(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
