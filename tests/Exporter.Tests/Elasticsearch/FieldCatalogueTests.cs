using System.Text.Json.Nodes;
using SFlow.Exporter.Elasticsearch;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Pipeline.Fields;
using SFlow.Exporter.Tests.Store;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.Elasticsearch;

public sealed class FieldCatalogueTests
{
    [Fact]
    public void A_name_is_there_once_and_no_field_lies_within_another()
    {
        string[] names = [.. FieldCatalogue.All.Select(field => field.Name)];
        Assert.Equal(names.Length, names.Distinct().Count());
        Assert.DoesNotContain(names, name => names.Any(other => other.StartsWith(name + ".", StringComparison.Ordinal)));
        Assert.All(FieldCatalogue.All, field => Assert.EndsWith(".", field.Meaning, StringComparison.Ordinal));
        Assert.All(FieldCatalogue.All, field => Assert.True(field.InDocuments || field.InSearch, field.Name));
        Assert.All(RenamedFields.All, field => Assert.Contains(FieldCatalogue.Search, other => other.Name == field.ReplacedBy && other.ReplacedBy is null));
    }

    [Fact]
    public void Documents_say_what_the_catalogue_reads()
    {
        SampleFlows flows = new();
        EcsDocument document = new(flows.Registries);
        Field[] both = [.. FieldCatalogue.All.Where(field => field.InDocuments && field.InSearch)];
        HashSet<string> seen = [];
        int tenant = flows.Registries.Endpoints.Intern(new FlowEndpoint { Kind = EndpointKind.Pod, Label = "tenant", Namespace = "tenant", Name = "pod", Network = "tenant_blue" }).Id;
        for (int i = 0; i < 2_000; i++)
        {
            Flow record = flows.Next();
            if (i % 5 == 0) record.Facts |= PacketFacts.Fragment;
            if (i % 7 == 0) record.SourceEndpoint = tenant;
            NamedFlow named = Named(flows.Registries, record);
            Dictionary<string, string> written = Leaves(document, record);
            foreach (Field field in both)
            {
                string expected = Text(field.Read!(named));
                Assert.True(written.GetValueOrDefault(field.Name, "") == expected, $"{field.Name}: {written.GetValueOrDefault(field.Name, "")} instead of {expected}");
                if (expected.Length > 0) seen.Add(field.Name);
            }
            // Each value of a document has a field, and the mapping its type.
            Assert.Empty(written.Keys.Except(FieldCatalogue.Documents.Select(field => field.Name)));
        }
        Assert.Empty(both.Select(field => field.Name).Except(seen));
    }

    private static NamedFlow Named(Registries names, Flow record) => new(record)
    {
        Source = names.Endpoints[record.SourceEndpoint],
        Destination = names.Endpoints[record.DestinationEndpoint],
        ObserverNode = record.ObserverNode < 0 ? null : names.Nodes[record.ObserverNode].Name,
        ServerService = record.ServerService == 0 ? null : names.Services[record.ServerService],
    };

    /// <summary>The values of a document by the whole name of their field; several values separated by spaces.</summary>
    private static Dictionary<string, string> Leaves(EcsDocument document, in Flow record)
    {
        JsonBuffer json = new();
        document.Write(json, record);
        Dictionary<string, string> leaves = [];
        Add(JsonNode.Parse(json.Written)!, "");
        return leaves;

        void Add(JsonNode node, string name)
        {
            if (node is JsonObject members)
            {
                foreach ((string member, JsonNode? value) in members) Add(value!, name.Length == 0 ? member : $"{name}.{member}");
                return;
            }
            leaves.Add(name, node is JsonArray values ? string.Join(' ', values.Select(value => value!.ToString())) : node.ToString());
        }
    }

    private static string Text(FieldValue value) => value.Kind switch
    {
        FieldKind.Text => value.Text!,
        FieldKind.Number => value.Number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        FieldKind.Boolean => value.Number != 0 ? "true" : "false",
        _ => "",
    };
}
