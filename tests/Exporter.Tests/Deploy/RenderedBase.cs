using System.ComponentModel;
using System.Diagnostics;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.Deploy;

/// <summary>What <c>kubectl kustomize deploy/base</c> prints.</summary>
internal static class RenderedBase
{
    private static readonly Lazy<(string? Output, string Error)> rendered = new(Render);

    public static IReadOnlyList<Manifest> Objects
    {
        get
        {
            if (rendered.Value.Output is not { } output)
            {
                Assert.SkipUnless(rendered.Value.Error != NoKubectl, NoKubectl);
                throw new InvalidOperationException(rendered.Value.Error);
            }
            return Manifest.Parse(output);
        }
    }

    public static Manifest Pod => One("Deployment", "sflow-exporter")["spec"]["template"];
    public static Manifest Container => Assert.Single(Pod["spec"]["containers"].Items);

    public static Manifest One(string kind, string name) =>
        Assert.Single(Objects, candidate => candidate["kind"].Text == kind && candidate.Name == name);

    private const string NoKubectl = "needs kubectl, which renders deploy/base";

    private static (string?, string) Render()
    {
        ProcessStartInfo start = new("kubectl", ["kustomize", Path.Combine(SharedFolder.Repository, "deploy", "base")])
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
            return kubectl.ExitCode == 0 && error.Result.Length == 0 ? (output, "") : (null, $"kubectl kustomize: {error.Result}");
        }
        catch (Win32Exception)
        {
            return (null, NoKubectl);
        }
    }
}
