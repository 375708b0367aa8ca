namespace SFlow.Dashboards.Model;

/// <summary>Where a panel is, on a page of 24 columns.</summary>
internal sealed record Placed(Panel Panel, int Left, int Top);

/// <summary>Places the panels of a row from left to right, and below each other where the page is full.</summary>
internal static class Layout
{
    public const int Columns = 24;

    /// <param name="row">The panels.</param>
    /// <param name="top">First line of the page that is free; after the call, the first one below the row.</param>
    public static IReadOnlyList<Placed> Place(Row row, ref int top)
    {
        List<Placed> placed = [];
        int left = 0, height = 0;
        foreach (Panel panel in row.Panels)
        {
            if (left + panel.Width > Columns)
            {
                top += height;
                (left, height) = (0, 0);
            }
            placed.Add(new Placed(panel, left, top));
            left += panel.Width;
            height = Math.Max(height, panel.Height);
        }
        top += height;
        return placed;
    }
}
