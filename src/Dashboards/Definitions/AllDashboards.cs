using SFlow.Dashboards.Model;

namespace SFlow.Dashboards.Definitions;

/// <summary>Every dashboard, in the order in which people need them.</summary>
internal static class AllDashboards
{
    public static IReadOnlyList<Dashboard> List { get; } =
    [
        Overview.Dashboard, NamespaceView.Dashboard, ServiceView.Dashboard, WorkloadView.Dashboard, ExternalView.Dashboard, Cost.Dashboard,
        Nodes.Dashboard, Switches.Dashboard, ExporterView.Dashboard,
    ];
}
