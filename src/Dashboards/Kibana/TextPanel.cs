using System.Text.Json.Nodes;

namespace SFlow.Dashboards.Kibana;

/// <summary>Text in Markdown.</summary>
internal sealed record TextPanel(string Title, string Description, string Markdown) : KibanaPanel(Title, Description)
{
    protected override string Kind => "markdown";

    protected override SearchSource? Source => null;

    protected override JsonObject Parameters() => new() { ["fontSize"] = 12, ["openLinksInNewTab"] = false, ["markdown"] = Markdown };
}
