using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Web;

/// <summary>Estimated traffic of a row or a group of rows: since start, and in the two windows.</summary>
internal readonly record struct Volume(FlowTotals Total, FlowTotals Last10, FlowTotals Last60)
{
    public static Volume operator +(Volume a, Volume b) => new(a.Total + b.Total, a.Last10 + b.Last10, a.Last60 + b.Last60);
}

/// <summary>The two windows of rates.</summary>
internal readonly record struct Windows(FlowWindow Last10, FlowWindow Last60)
{
    public static Windows Of(FlowHistory history) => new(history.Window(TimeSpan.FromSeconds(10)), history.Window(FlowHistory.Longest));

    /// <summary>The newest snapshot; null before the first.</summary>
    public FamilyReading? Newest => Last10.To?.Rows;

    public Volume this[int slot] => new(Newest?[slot] ?? default, Last10.Grown(slot), Last60.Grown(slot));

    public VolumeView View(Volume volume) => new(
        volume.Total.Bytes, volume.Total.Packets, volume.Total.Samples, ErrorView.Of(volume.Total), Rate(volume.Last10, Last10.Seconds), Rate(volume.Last60, Last60.Seconds));

    private static RateView Rate(FlowTotals grown, double seconds) =>
        seconds > 0
            ? new RateView((double)grown.Bytes / seconds, (double)grown.Packets / seconds, grown.Samples, ErrorView.Of(grown))
            : new RateView(0, 0, 0, ErrorView.Of(default));
}
