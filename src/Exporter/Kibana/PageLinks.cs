using System.Text.Json.Nodes;

namespace SFlow.Exporter.Kibana;

/// <summary>
/// Makes values in Kibana links to the records of that value on the exporter's page, and adds a link to the page above each dashboard. A format of a field
/// knows the value alone: the page shows the last day, not the time range of Kibana.
/// </summary>
internal static class PageLinks
{
    private const string View = "sflow-flows", Navigation = "sflow-navigation";

    /// <summary>Fields and the parameter of the page that selects their value, which Kibana puts behind it.</summary>
    private static readonly Dictionary<string, string> parameters = new(StringComparer.Ordinal)
    {
        ["sflow.source_namespace"] = "filter=from_namespace%3D",
        ["sflow.destination_namespace"] = "filter=to_namespace%3D",
        ["client.kubernetes.namespace"] = "filter=namespace%3D",
        ["server.kubernetes.namespace"] = "filter=namespace%3D",
        ["source.kubernetes.owner.name"] = "filter=from_workload%3D",
        ["destination.kubernetes.owner.name"] = "filter=to_workload%3D",
        ["client.kubernetes.owner.name"] = "filter=workload%3D",
        ["server.kubernetes.owner.name"] = "filter=workload%3D",
        ["source.kubernetes.name"] = "workload=",
        ["destination.kubernetes.name"] = "workload=",
        ["client.kubernetes.name"] = "workload=",
        ["server.kubernetes.name"] = "workload=",
        ["source.kubernetes.node.name"] = "filter=from_node%3D",
        ["destination.kubernetes.node.name"] = "filter=to_node%3D",
        ["source.ip"] = "filter=from_address%3D",
        ["destination.ip"] = "filter=to_address%3D",
        ["client.ip"] = "filter=address%3D",
        ["server.ip"] = "filter=address%3D",
        ["sflow.server_service"] = "filter=service%3D",
        ["sflow.conversation"] = "conversation=",
    };

    /// <summary>Fields of documents that become links.</summary>
    public static IEnumerable<string> Fields => parameters.Keys;

    /// <summary>The address of the page for a field, with Kibana's word for the value.</summary>
    public static string Template(Uri page, string field) => $"{Base(page)}/?tab=records&from=now-1d&{parameters[field]}{{{{value}}}}";

    /// <param name="objects">Saved objects, one a line.</param>
    /// <param name="page">Address of the page, as browsers reach it.</param>
    /// <exception cref="InvalidDataException">The objects have no data view of the records.</exception>
    public static string Add(string objects, Uri page)
    {
        bool isFound = false;
        string[] lines = [.. objects.Split('\n').Select(line =>
        {
            if (line.Length == 0 || JsonNode.Parse(line) is not JsonObject one) return line;
            switch ((string?)one["id"])
            {
                case View:
                    isFound = true;
                    Change(one, "fieldFormatMap", formats => AddFormats(formats, page));
                    return one.ToJsonString();
                case Navigation:
                    Change(one, "visState", state => AddLink(state, page));
                    return one.ToJsonString();
                default:
                    return line;
            }
        })];
        return isFound ? string.Join('\n', lines) : throw new InvalidDataException($"the objects have no data view {View}");
    }

    /// <summary>Changes JSON that is the text of an attribute.</summary>
    private static void Change(JsonObject one, string name, Action<JsonNode> change)
    {
        if (one["attributes"] is not JsonObject attributes) return;
        JsonNode nested = JsonNode.Parse((string?)attributes[name] ?? "{}")!;
        change(nested);
        attributes[name] = nested.ToJsonString();
    }

    private static void AddFormats(JsonNode formats, Uri page)
    {
        foreach (string field in Fields)
            formats[field] = new JsonObject { ["id"] = "url", ["params"] = new JsonObject { ["urlTemplate"] = Template(page, field), ["labelTemplate"] = "{{value}}", ["openLinkInCurrentTab"] = false } };
    }

    private static void AddLink(JsonNode state, Uri page)
    {
        if (state["params"] is JsonObject parameters) parameters["markdown"] = $"[Page of the exporter]({Base(page)}/) · {(string?)parameters["markdown"]}";
    }

    private static string Base(Uri page) => page.GetLeftPart(UriPartial.Path).TrimEnd('/');
}
