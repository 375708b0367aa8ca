using SFlow.Exporter.Http.Access;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Web;

/// <summary>Collects the bytes that pods received from unsampled peers.</summary>
internal static class AcknowledgedGroup
{
    public static AcknowledgedView Read(IFamily family, OverviewQuery query, Viewer viewer)
    {
        (int source, int destination, int service) = FlowLabels.Of(family);
        UInt128 bytes = 0;
        List<AcknowledgedRow> rows = [];
        foreach ((FamilyRow series, FlowTotals totals) in family.Read().Rows())
        {
            if (!viewer.Sees(series[source], series[destination])) continue;
            bytes += totals.Bytes;
            if (totals.Bytes > 0 && query.Matches(series)) rows.Add(new AcknowledgedRow(series[source], series[destination], series[service], totals.Bytes));
        }
        return new AcknowledgedView(bytes, rows.Count, [.. rows.OrderByDescending(row => row.Bytes).Take(query.Limit)]);
    }
}
