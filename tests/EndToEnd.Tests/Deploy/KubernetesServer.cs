using System.ComponentModel;
using System.Diagnostics;
using SFlow.Tests;

namespace SFlow.EndToEnd.Tests.Deploy;

/// <summary>A real kube-apiserver with the shared folder's CustomResourceDefinitions; ends with the test, and its folder with it.</summary>
internal sealed class KubernetesServer : IAsyncDisposable
{
    private static readonly TimeSpan patience = TimeSpan.FromMinutes(3);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("sflow-kubernetes-");
    private readonly Process server;

    private KubernetesServer()
    {
        server = Start(SharedFolder.Require("services", "kube-apiserver", "start"), ["--data", folder.FullName, "--port", "0", "--with-parent"]);
        server.BeginErrorReadLine();
    }

    private string Configuration => Path.Combine(folder.FullName, "kubeconfig");

    public static async Task<KubernetesServer> StartAsync()
    {
        string definitions = SharedFolder.Require("services", "crds", "apply");
        KubernetesServer started = new();
        try
        {
            using CancellationTokenSource deadline = new(patience);
            string? line = await started.server.StandardOutput.ReadLineAsync(deadline.Token);
            Assert.StartsWith("ready ", line, StringComparison.Ordinal);
            (int code, _, string error) = await RunAsync(definitions, [started.Configuration], "");
            Assert.True(code == 0, error);
            return started;
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs kubectl against the server, with a text on its standard input.</summary>
    public Task<(int Code, string Output, string Error)> KubectlAsync(string input, params string[] words) =>
        RunAsync("kubectl", ["--kubeconfig", Configuration, .. words], input);

    public async Task<string> MustKubectlAsync(string input, params string[] words)
    {
        (int code, string output, string error) = await KubectlAsync(input, words);
        Assert.True(code == 0, $"kubectl {string.Join(' ', words)}: {error}");
        return output;
    }

    public static async Task<(int Code, string Output, string Error)> RunAsync(string program, string[] words, string input)
    {
        using Process process = Start(program, words);
        using CancellationTokenSource deadline = new(patience);
        Task<string> output = process.StandardOutput.ReadToEndAsync(deadline.Token), error = process.StandardError.ReadToEndAsync(deadline.Token);
        await process.StandardInput.WriteAsync(input.AsMemory(), deadline.Token);
        process.StandardInput.Close();
        await process.WaitForExitAsync(deadline.Token);
        return (process.ExitCode, await output, await error);
    }

    public async ValueTask DisposeAsync()
    {
        using (Process end = Start("kill", ["-TERM", server.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)])) await end.WaitForExitAsync();
        await server.WaitForExitAsync();
        server.Dispose();
        folder.Delete(recursive: true);
    }

    private static Process Start(string program, string[] words)
    {
        ProcessStartInfo start = new(program, words)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
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
