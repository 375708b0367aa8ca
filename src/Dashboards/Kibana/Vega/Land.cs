namespace SFlow.Dashboards.Kibana.Vega;

/// <summary>Coasts of the continents and larger islands, in whole degrees: Natural Earth's land at 1:110 million, which is in the public domain, made coarser.</summary>
internal static class Land
{
    /// <summary>A GeoJSON geometry.</summary>
    public static string Outline { get; } = Read();

    private static string Read()
    {
        using Stream stream = typeof(Land).Assembly.GetManifestResourceStream("land.json")!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
