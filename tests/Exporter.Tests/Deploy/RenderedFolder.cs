using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.Deploy;

/// <summary>What <c>kubectl kustomize</c> prints of a folder below <c>deploy</c>, without a warning.</summary>
internal sealed class RenderedFolder
{
    private const string NoKubectl = "needs kubectl, which renders the folders of deploy";

    private static readonly ConcurrentDictionary<string, Lazy<RenderedFolder>> rendered = new(StringComparer.Ordinal);

    private RenderedFolder(string folder)
    {
        ProcessStartInfo start = new("kubectl", ["kustomize", Path.Combine(SharedFolder.Repository, "deploy", folder)])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using Process kubectl = Process.Start(start)!;
            Task<string> error = kubectl.StandardError.ReadToEndAsync();
            string output = kubectl.StandardOutput.ReadToEnd();
            kubectl.WaitForExit();
            Fault = kubectl.ExitCode == 0 && error.Result.Length == 0 ? null : $"kubectl kustomize {folder}: {error.Result}";
            Found = Manifest.Parse(output);
        }
        catch (Win32Exception)
        {
            Fault = NoKubectl;
        }
    }

    private string? Fault { get; }
    private IReadOnlyList<Manifest> Found { get; } = [];

    public IReadOnlyList<Manifest> Objects
    {
        get
        {
            Assert.SkipWhen(Fault == NoKubectl, NoKubectl);
            return Fault is null ? Found : throw new InvalidOperationException(Fault);
        }
    }

    public static RenderedFolder Of(string folder) => rendered.GetOrAdd(folder, path => new Lazy<RenderedFolder>(() => new RenderedFolder(path))).Value;

    public Manifest One(string kind, string name) => Assert.Single(Objects, candidate => candidate["kind"].Text == kind && candidate.Name == name);

    public IEnumerable<Manifest> All(string kind) => Objects.Where(candidate => candidate["kind"].Text == kind);

    /// <summary>Deployments and DaemonSets.</summary>
    public IEnumerable<Manifest> Workloads => Objects.Where(candidate => candidate["kind"].Text is "Deployment" or "DaemonSet");
}
