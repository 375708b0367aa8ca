using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json.Nodes;
using SFlow.Tests;
using Xunit.Sdk;

namespace SFlow.EndToEnd.Tests.Services;

/// <summary>A real kube-apiserver with its etcd, empty at first; it can be stopped, made to forget, and asked for tokens.</summary>
internal sealed class KubeApiServer : IAsyncDisposable
{
    /// <summary>An API server starts in 4 s, but beside a measurement that goes before all other work it was seen to take 16 times as long.</summary>
    private static readonly TimeSpan patience = TimeSpan.FromMinutes(10);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("sflow-kube-");
    private readonly ConcurrentQueue<string> said = new();
    private readonly Process server;

    private KubeApiServer()
    {
        server = Start(SharedFolder.Require("services", "kube-apiserver", "start"), ["--data", folder.FullName, "--port", "0", "--with-parent"]);
        server.ErrorDataReceived += (_, line) => said.Enqueue(line.Data ?? "");
        server.BeginErrorReadLine();
    }

    public string Kubeconfig => Path.Combine(folder.FullName, "kubeconfig");
    public string Authority => Path.Combine(folder.FullName, "ca.crt");
    public string Port => File.ReadAllText(Path.Combine(folder.FullName, "apiserver.port")).Trim();

    public static async Task<KubeApiServer> StartAsync()
    {
        KubeApiServer started = new();
        try
        {
            using CancellationTokenSource deadline = new(patience);
            string? line = await started.server.StandardOutput.ReadLineAsync(deadline.Token);
            Assert.StartsWith("ready ", line, StringComparison.Ordinal);
            return started;
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a verb of the server's own control program; where it fails, the test says what the servers wrote to the last.</summary>
    public async Task<string> ControlAsync(params string[] words)
    {
        try
        {
            return await RunAsync(SharedFolder.Require("services", "kube-apiserver", "control"), ["--data", folder.FullName, .. words], "");
        }
        catch (Exception fault) when (fault is XunitException or OperationCanceledException)
        {
            throw new XunitException($"{string.Join(' ', words)}: {fault.Message}\n{LastWords()}", fault);
        }
    }

    /// <summary>Fills the server with the objects of a whole cluster.</summary>
    public Task<string> LoadAsync(params string[] words) =>
        RunAsync(SharedFolder.Require("services", "kube-apiserver", "load"), ["--data", folder.FullName, .. words], "");

    /// <summary>Runs kubectl as administrator, with a text on its standard input.</summary>
    public Task<string> KubectlAsync(string input, params string[] words) => RunAsync("kubectl", ["--kubeconfig", Kubeconfig, .. words], input);

    /// <summary>Creates a pod with an address, as scheduler and kubelet would between them.</summary>
    public async Task CreatePodAsync(string space, string name, string node, string address)
    {
        JsonObject pod = new()
        {
            ["apiVersion"] = "v1", ["kind"] = "Pod", ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = space },
            ["spec"] = new JsonObject { ["nodeName"] = node, ["containers"] = new JsonArray(new JsonObject { ["name"] = "main", ["image"] = "example/main" }) },
        };
        await KubectlAsync(pod.ToJsonString(), "create", "-f", "-");
        await PatchStatusAsync(space, name, $$$"""{"status":{"phase":"Running","podIP":"{{{address}}}","podIPs":[{"ip":"{{{address}}}"}]}}""");
    }

    public Task<string> PatchStatusAsync(string space, string pod, string patch) =>
        KubectlAsync("", "-n", space, "patch", "pod", pod, "--subresource=status", "--type=merge", "-p", patch);

    public Task<string> DeletePodAsync(string space, string name) => KubectlAsync("", "-n", space, "delete", "pod", name, "--grace-period=0", "--force");

    /// <summary>Runs a program to its end and returns what it printed; the test fails when it does.</summary>
    public static async Task<string> RunAsync(string program, string[] words, string input)
    {
        using Process process = Start(program, words);
        using CancellationTokenSource deadline = new(patience);
        Task<string> output = process.StandardOutput.ReadToEndAsync(deadline.Token), error = process.StandardError.ReadToEndAsync(deadline.Token);
        await process.StandardInput.WriteAsync(input.AsMemory(), deadline.Token);
        process.StandardInput.Close();
        await process.WaitForExitAsync(deadline.Token);
        Assert.True(process.ExitCode == 0, $"{Path.GetFileName(program)} {string.Join(' ', words)}: {await error}");
        return await output;
    }

    public async ValueTask DisposeAsync()
    {
        using (Process end = Start("kill", ["-TERM", server.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)])) await end.WaitForExitAsync();
        await server.WaitForExitAsync();
        server.Dispose();
        folder.Delete(recursive: true);
    }

    /// <summary>The folder is gone after the test, and the reason of a failure with it.</summary>
    private string LastWords() => string.Join('\n', (string[])["ended: " + server.HasExited, .. said,
        .. ((string[])["apiserver.log", "etcd.log"]).SelectMany(log => File.ReadLines(Path.Combine(folder.FullName, log)).TakeLast(20))]);

    private static Process Start(string program, string[] words)
    {
        ProcessStartInfo start = new(program, words)
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception) when (program == "kubectl")
        {
            Assert.Skip("needs kubectl");
            throw;
        }
    }
}
