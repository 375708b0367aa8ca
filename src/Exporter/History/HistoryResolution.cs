namespace SFlow.Exporter.History;

/// <summary>Length of the windows that the history keeps sums of. Windows begin at multiples of their length in UTC.</summary>
internal enum HistoryResolution : byte { Minute, Hour, Day }

internal static class HistoryResolutions
{
    public static readonly HistoryResolution[] All = Enum.GetValues<HistoryResolution>();

    /// <summary>Length of a window in seconds.</summary>
    public static long Seconds(this HistoryResolution resolution) => resolution switch
    {
        HistoryResolution.Minute => 60,
        HistoryResolution.Hour => 3_600,
        _ => 86_400,
    };

    /// <summary>Start of the window that contains a time, both in seconds of Unix time.</summary>
    public static long StartOf(this HistoryResolution resolution, long seconds) => seconds - seconds % resolution.Seconds();
}
