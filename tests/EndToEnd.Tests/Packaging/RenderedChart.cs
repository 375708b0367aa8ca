using System.Diagnostics;
using System.Text.Json.Nodes;
using SFlow.Tests;
using YamlDotNet.RepresentationModel;

namespace SFlow.EndToEnd.Tests.Packaging;

/// <summary>The Helm chart, rendered by Go's templates with Helm's functions: the engine that Helm uses. Helm itself is in no package of Debian.</summary>
internal static class RenderedChart
{
    private const string Sources = "/usr/share/gocode/src";

    public static string Folder => Path.Combine(SharedFolder.Repository, "deploy", "helm", "sflow-exporter");

    /// <summary>The texts of all templates, for each set of values.</summary>
    public static async Task<IReadOnlyList<IReadOnlyList<string>>> RenderAsync(string @namespace, params JsonObject[] sets)
    {
        if (!File.Exists("/usr/bin/go") || !Directory.Exists($"{Sources}/github.com/Masterminds/sprig") || !Directory.Exists($"{Sources}/sigs.k8s.io/yaml"))
            Assert.Skip("needs the packages golang-go, golang-github-masterminds-sprig-dev and golang-k8s-sigs-yaml-dev");
        ProcessStartInfo start = new("/usr/bin/go", ["run", Path.Combine(SharedFolder.Repository, "tests", "EndToEnd.Tests", "Packaging", "render.go"), Folder])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
            Environment = { ["GO111MODULE"] = "off", ["GOPATH"] = "/usr/share/gocode", ["GOFLAGS"] = "" },
        };
        using Process engine = Process.Start(start)!;
        Task<string> output = engine.StandardOutput.ReadToEndAsync(), errors = engine.StandardError.ReadToEndAsync();
        JsonObject request = new() { ["release"] = new JsonObject { ["Namespace"] = @namespace, ["Name"] = "sflow", ["Service"] = "Helm" }, ["sets"] = new JsonArray([.. sets.Select(set => set.DeepClone())]) };
        await engine.StandardInput.WriteAsync(request.ToJsonString());
        engine.StandardInput.Close();
        await engine.WaitForExitAsync();
        Assert.True(engine.ExitCode == 0, await errors);
        return [.. (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => (IReadOnlyList<string>)[.. JsonNode.Parse(line)!.AsArray().Select(text => text!.GetValue<string>())])];
    }

    /// <summary>The objects of rendered texts, without the notes for people.</summary>
    public static IReadOnlyList<YamlMappingNode> Objects(IEnumerable<string> texts)
    {
        YamlStream stream = [];
        stream.Load(new StringReader(string.Join("\n---\n", texts.Where(text => text.Contains("apiVersion:", StringComparison.Ordinal)))));
        return [.. stream.Documents.Select(document => document.RootNode).OfType<YamlMappingNode>()];
    }

    /// <summary>An object as one text, whatever the order of its fields and of named items, and whatever the quotes.</summary>
    public static string Canonical(YamlNode node) => node switch
    {
        YamlMappingNode fields => $"{{{string.Join(',', fields.Children.Select(pair => $"{Canonical(pair.Key)}:{Canonical(pair.Value)}").Order(StringComparer.Ordinal))}}}",
        YamlSequenceNode items when items.All(item => item is YamlMappingNode fields && fields.Children.ContainsKey("name")) => $"[{string.Join(',', items.Select(Canonical).Order(StringComparer.Ordinal))}]",
        YamlSequenceNode items => $"[{string.Join(',', items.Select(Canonical))}]",
        YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain } plain when double.TryParse(plain.Value, out _) || plain.Value is "true" or "false" or "null" or "" => plain.Value!,
        YamlScalarNode text => $"\"{text.Value}\"",
        _ => throw new ArgumentException($"{node.NodeType} is no value"),
    };
}
