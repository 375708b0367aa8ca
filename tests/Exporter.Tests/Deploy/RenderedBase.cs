namespace SFlow.Exporter.Tests.Deploy;

/// <summary>What <c>kubectl kustomize deploy/base</c> prints.</summary>
internal static class RenderedBase
{
    public static IReadOnlyList<Manifest> Objects => RenderedFolder.Of("base").Objects;
    public static Manifest Pod => One("Deployment", "sflow-exporter")["spec"]["template"];
    public static Manifest Container => Assert.Single(Pod["spec"]["containers"].Items);

    public static Manifest One(string kind, string name) => RenderedFolder.Of("base").One(kind, name);
}
