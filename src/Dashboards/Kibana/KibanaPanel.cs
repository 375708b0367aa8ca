using System.Globalization;
using System.Text.Json.Nodes;
using SFlow.Dashboards.Text;

namespace SFlow.Dashboards.Kibana;

/// <summary>A panel, which is a saved object of its own.</summary>
/// <param name="Title">Heading.</param>
/// <param name="Description">What it shows, in which unit, and what it leaves out.</param>
internal abstract record KibanaPanel(string Title, string Description)
{
    /// <summary>Of the 48 columns of a page.</summary>
    public int Width { get; init; } = 24;

    /// <summary>In rows of a page, about 20 pixels each.</summary>
    public int Height { get; init; } = 14;

    public IReadOnlyList<Condition> Conditions { get; init; } = [];

    /// <summary>Whether it shows counted records alone. Only panels about the samples themselves do not.</summary>
    public bool CountedOnly { get; init; } = true;

    /// <summary>Id of a panel that several dashboards share; null for one that belongs to a single dashboard.</summary>
    public string? SharedId { get; init; }

    public virtual string ObjectType => SavedObject.VisualizationType;

    /// <summary>Kibana's name of the kind of visualization.</summary>
    protected abstract string Kind { get; }

    /// <summary>The records it asks for; null if it asks for none, or in its own way.</summary>
    protected virtual SearchSource? Source => new(CountedOnly, [.. Conditions]);

    protected virtual JsonArray Aggregations() => [];

    protected virtual Reference[] OwnReferences => [];

    protected abstract JsonObject Parameters();

    public KibanaPanel Size(int width, int height) => this with { Width = width, Height = height };

    /// <summary>Only records that meet all of these.</summary>
    public KibanaPanel Where(params Condition[] conditions) => this with { Conditions = [.. Conditions, .. conditions] };

    public KibanaPanel AllSamples() => this with { CountedOnly = false };

    public string IdIn(KibanaDashboard dashboard) => SharedId ?? $"{SavedObject.Prefix}{dashboard.Name}-{Slug(Title)}";

    public virtual SavedObject Object(KibanaDashboard dashboard)
    {
        string title = SharedId is null ? $"sFlow {dashboard.Title}: {Title}" : $"sFlow: {Title}";
        JsonObject state = new() { ["title"] = title, ["type"] = Kind, ["params"] = Parameters(), ["aggs"] = Aggregations() };
        return new SavedObject(ObjectType, IdIn(dashboard), new JsonObject
        {
            ["title"] = title,
            ["description"] = Description,
            ["version"] = 1,
            ["uiStateJSON"] = "{}",
            ["visState"] = JsonText.Line(state),
            ["kibanaSavedObjectMeta"] = Source?.Attribute() ?? SearchSource.Empty(),
        }, [.. Source?.References ?? [], .. OwnReferences]);
    }

    /// <summary>Letters and digits in lower case, with dashes between words.</summary>
    private static string Slug(string text) =>
        string.Join('-', string.Concat(text.ToLower(CultureInfo.InvariantCulture).Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
