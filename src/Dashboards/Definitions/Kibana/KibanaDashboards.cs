using SFlow.Dashboards.Kibana;

namespace SFlow.Dashboards.Definitions.Kibana;

/// <summary>Every dashboard of Kibana, in the order of the navigation.</summary>
internal static class KibanaDashboards
{
    public static IReadOnlyList<KibanaDashboard> List { get; } =
    [
        TrafficOverview.Dashboard, TopN.Dashboard, Flows.Dashboard, TrafficTypes.Dashboard, TrafficAttributes.Dashboard, Services.Dashboard,
        InternetTraffic.Dashboard, Agents.Dashboard, Security.Dashboard, Records.Dashboard,
    ];
}
