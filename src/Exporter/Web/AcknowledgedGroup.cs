using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Web;

/// <summary>Collects the bytes that pods received from unsampled peers.</summary>
internal static class AcknowledgedGroup
{
    public static AcknowledgedView Read(IFlowFamily family, OverviewQuery query)
    {
        FlowTotals[] totals = new FlowTotals[family.Count];
        family.Read(totals);
        UInt128 bytes = 0;
        List<AcknowledgedRow> rows = [];
        for (int row = 0; row < totals.Length; row++)
        {
            bytes += totals[row].Bytes;
            FlowSeries series = family.Series(row);
            if (totals[row].Bytes > 0 && query.Matches(series))
                rows.Add(new AcknowledgedRow(series.SourceNamespace, series.DestinationNamespace, series.ServerService, totals[row].Bytes));
        }
        return new AcknowledgedView(bytes, rows.Count, [.. rows.OrderByDescending(row => row.Bytes).Take(query.Limit)]);
    }
}
