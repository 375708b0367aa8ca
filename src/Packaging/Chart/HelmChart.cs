using System.Text.RegularExpressions;
using SFlow.Packaging.Kustomize;
using YamlDotNet.RepresentationModel;

namespace SFlow.Packaging.Chart;

/// <summary>The templates of the Helm chart: the renderings of kustomize for several combinations of components, folded into one.</summary>
internal static partial class HelmChart
{
    public const string Folder = "deploy/helm/sflow-exporter";
    private const string Note = "{{- /* Generated from deploy/base and deploy/components: ./build packages writes it. */}}\n";

    /// <exception cref="PackagingException">kubectl is absent, or the components can't be folded.</exception>
    public static IEnumerable<(string Path, string Text)> Files(string repository)
    {
        IReadOnlyList<IReadOnlyList<Switch>> combinations = Switches.Combinations;
        SortedDictionary<string, (string Kind, Slot Object)> objects = new(StringComparer.Ordinal);
        foreach ((int rendering, IReadOnlyList<Switch> combination) in combinations.Index())
            foreach (YamlMappingNode rendered in Kustomization.Render(repository, Switches.Root(combination), combination.Select(choice => choice.Component).Where(component => component.Length > 0), "sflow-exporter"))
            {
                string kind = rendered.Text("kind"), file = Hash().Replace($"{kind}-{rendered.Text("metadata", "name")}".ToLowerInvariant(), "");
                // helm install --create-namespace makes it, and Helm says where everything is.
                if (kind == "Namespace") continue;
                if (kind is "ConsoleLink") ((YamlMappingNode)rendered.Children["metadata"]).Children.Remove("namespace");
                objects.TryAdd(file, (kind, new Slot(file)));
                Folded.Add(objects[file].Object, rendered, rendering);
            }
        Conditions conditions = new(Switches.All, combinations);
        yield return ($"{Folder}/Chart.yaml", Description);
        foreach ((string file, (string kind, Slot folded)) in objects)
            yield return ($"{Folder}/templates/{file}.yaml", Note + TemplateText.Of(conditions, kind, folded, (1L << combinations.Count) - 1));
    }

    private static string Description => $"""
        # Generated: ./build packages writes it.
        apiVersion: v2
        name: sflow-exporter
        description: Receives sFlow of OVN-Kubernetes and shows who talks to whom.
        type: application
        version: {Release.Version}
        appVersion: "{Release.Version}"
        kubeVersion: ">=1.27.0-0"
        keywords:
          - sflow
          - ovn-kubernetes
          - network

        """;

    /// <summary>What kustomize adds to the name of a ConfigMap that it makes.</summary>
    [GeneratedRegex("(?<=^configmap-.*)-[a-z0-9]{10}$", RegexOptions.None, 1000)]
    private static partial Regex Hash();
}
