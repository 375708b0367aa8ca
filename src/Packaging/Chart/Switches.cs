namespace SFlow.Packaging.Chart;

/// <summary>A value of the chart that turns something on.</summary>
/// <param name="Name">Name in errors.</param>
/// <param name="Component">Folder below <c>deploy/components</c>; empty for the platform.</param>
/// <param name="Expression">Whether it is on, as a template writes it.</param>
internal sealed record Switch(string Name, string Component, string Expression)
{
    public static Switch Of(string name, string component) => new(name, component, $".Values.components.{name}");
}

/// <summary>What the chart turns on and off, and the combinations that show how each of them changes the objects.</summary>
internal static class Switches
{
    private static readonly Switch kubernetes = new("kubernetes", "", "(eq .Values.platform \"kubernetes\")");
    private static readonly Switch monitoring = Switch.Of("monitoring", "monitoring");
    private static readonly Switch eck = Switch.Of("eck", "eck");
    private static readonly Switch opensearch = Switch.Of("opensearch", "opensearch");
    private static readonly Switch setupJob = Switch.Of("setupJob", "setup-job");
    private static readonly Switch pageRoute = Switch.Of("pageRoute", "page-route");
    private static readonly Switch kibanaRoute = Switch.Of("kibanaRoute", "kibana-route");

    /// <summary>
    /// In the order in which a kustomization lists their components. Dashboards of operators are not among them: <c>oc apply -k</c> takes their folders as they are.
    /// </summary>
    public static IReadOnlyList<Switch> All { get; } =
    [
        kubernetes, monitoring, Switch.Of("networkPolicy", "network-policy"), Switch.Of("persistence", "persistence"), pageRoute, eck, opensearch, setupJob, kibanaRoute,
    ];

    /// <summary>None, each alone as far as it works alone, and each with what it needs.</summary>
    public static IReadOnlyList<IReadOnlyList<Switch>> Combinations { get; } =
    [
        [],
        .. All.Where(choice => choice != pageRoute && choice != setupJob && choice != kibanaRoute).Select(choice => (IReadOnlyList<Switch>)[choice]),
        [monitoring, pageRoute], [eck, setupJob], [opensearch, setupJob], [eck, kibanaRoute],
    ];

    /// <summary>The folder that a combination starts from.</summary>
    public static string Root(IEnumerable<Switch> combination) => combination.Contains(kubernetes) ? "overlays/kubernetes" : "base";
}
