using YamlDotNet.RepresentationModel;

namespace SFlow.Packaging.Kustomize;

/// <summary>Renders folders of <c>deploy</c> with kubectl.</summary>
internal static class Kustomization
{
    /// <summary>Where the base gets the image.</summary>
    public const string Registry = "image-registry.openshift-image-registry.svc:5000/sflow/sflow-exporter";

    /// <summary>The objects of a base or overlay with components, as a kustomization of a user would list them.</summary>
    /// <param name="repository">Root of the repository.</param>
    /// <param name="root">Base or overlay, below <c>deploy</c>.</param>
    /// <param name="components">Components below <c>deploy/components</c>, in their order.</param>
    /// <param name="image">Name of the image instead of that of the base; null keeps it.</param>
    /// <exception cref="PackagingException">kubectl is absent, or rejects the folders.</exception>
    public static IReadOnlyList<YamlMappingNode> Render(string repository, string root, IEnumerable<string> components, string? image = null)
    {
        DirectoryInfo own = Directory.CreateTempSubdirectory("sflow-kustomization-");
        try
        {
            string deploy = Path.GetRelativePath(own.FullName, Path.Combine(repository, "deploy"));
            string list = string.Concat(components.Select(component => $"  - {deploy}/components/{component}\n"));
            File.WriteAllText(Path.Combine(own.FullName, "kustomization.yaml"), $"""
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                namespace: sflow
                labels:
                  - pairs:
                      app.kubernetes.io/part-of: sflow-exporter
                resources:
                  - {deploy}/{root}
                {(list.Length > 0 ? "components:\n" + list : "")}
                {(image is null ? "" : $"images: [{{ name: {Registry}, newName: {image} }}]")}
                """);
            YamlStream stream = [];
            stream.Load(new StringReader(Tool.Run("kubectl", "kustomize", own.FullName)));
            return [.. stream.Documents.Select(document => (YamlMappingNode)document.RootNode)];
        }
        finally
        {
            own.Delete(recursive: true);
        }
    }

    /// <summary>A scalar below an object, by the names of the fields on the way.</summary>
    /// <returns>Empty if there is none.</returns>
    public static string Text(this YamlNode node, params string[] path)
    {
        foreach (string name in path)
        {
            if (node is not YamlMappingNode fields || !fields.Children.TryGetValue(name, out YamlNode? child)) return "";
            node = child;
        }
        return (node as YamlScalarNode)?.Value ?? "";
    }
}
