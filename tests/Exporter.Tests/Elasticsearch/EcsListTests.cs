using System.Text.Json.Nodes;
using SFlow.Exporter.Pipeline.Fields;

namespace SFlow.Exporter.Tests.Elasticsearch;

/// <summary>Documents compared with the published list of the Elastic Common Schema.</summary>
public sealed class EcsListTests
{
    private readonly Flows flows = new();

    [Fact]
    public void A_field_is_in_the_schema_or_under_a_name_of_our_own()
    {
        string[] strange = [.. FieldCatalogue.Documents.Select(field => field.Name).Where(name => !EcsList.Fields.ContainsKey(name))];
        Assert.All(strange, name => Assert.True(name.StartsWith("sflow.", StringComparison.Ordinal) || name.Split('.')[1] == "kubernetes", name));
        Assert.True(FieldCatalogue.Documents.Length - strange.Length > 100);
        Assert.DoesNotContain(EcsList.Fields.Keys, name => name.StartsWith("sflow.", StringComparison.Ordinal));
    }

    [Fact]
    public void A_field_of_the_schema_has_the_type_of_the_schema()
    {
        foreach (Field field in FieldCatalogue.Documents)
        {
            if (!EcsList.Fields.TryGetValue(field.Name, out EcsField? known)) continue;
            // constant_keyword is the same for queries, but OpenSearch has it only from 2.14 on.
            Assert.Equal(known.Type == "constant_keyword" ? Field.Keyword : known.Type, field.Type);
        }
    }

    [Fact]
    public void What_is_a_list_in_the_schema_is_a_list_in_documents()
    {
        JsonObject document = flows.Document(flows.Udp());
        string[] lists = [.. EcsList.Fields.Where(field => field.Value.IsArray).Select(field => field.Key)];
        Assert.Equal(5, lists.Length);
        foreach (string name in lists) Assert.IsType<JsonArray>(name.Split('.').Aggregate((JsonNode)document, (node, step) => node[step]!));
    }

    [Fact]
    public void Documents_name_the_version_of_the_schema() => Assert.Equal(EcsList.Version, (string?)flows.Document(flows.Udp())["ecs"]!["version"]);
}
