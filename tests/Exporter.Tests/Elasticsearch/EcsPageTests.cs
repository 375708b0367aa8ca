using System.Text;
using SFlow.Exporter.Pipeline.Fields;

namespace SFlow.Exporter.Tests.Elasticsearch;

/// <summary><c>docs/ecs.md</c>: the catalogue of fields as a page.</summary>
public sealed class EcsPageTests
{
    private const string Introduction = $"""
        # Fields

        Each record is a document of the [Elastic Common Schema](https://www.elastic.co/docs/reference/ecs) {EcsList.Version} in Elasticsearch and OpenSearch. The search
        (`GET /api/flows`) and its CSV use the same names. [Records](records.md) explains what the values mean. This page is generated from the code.

        - **ECS**: the schema defines the field, and the type is that of the schema. The other fields are under `sflow` and `*.kubernetes`.
        - **search**: the search and CSV have the field. The search also has `position`, the place in the order of writing.
        - A value that a record does not have is left out.
        - `*.domain` is a DNS name, so only Services have one. Names of pods, workloads and nodes are in `*.kubernetes`.
        - `event.ingested` comes from the clock of the exporter, because most servers have no ingest pipeline. Its distance from `event.created` is the delay within
          the exporter, without the time in the spool. An ingest pipeline that sets it replaces the value.
        - sFlow does not carry the version of the switch, so `observer.version` is absent.
        - An answer of the search has four names of the release before. Its header `Sflow-Renamed-Fields` lists them with their replacements. The next release drops them.

        """;

    [Fact]
    [Trait(GeneratedPage.Trait, GeneratedPage.Docs)]
    public void The_page_of_fields_is_the_catalogue() => GeneratedPage.Check("ecs.md", Page());

    private static string Page()
    {
        StringBuilder page = new(Introduction.ReplaceLineEndings("\n"));
        foreach (IGrouping<string, Field> group in FieldCatalogue.All.GroupBy(Heading))
        {
            page.Append($"\n## {group.Key}\n\n");
            if (group.First().IsCopied)
            {
                page.Append($"A copy of `source` or `destination`: the same {group.Count()} fields, in documents only.\n");
                continue;
            }
            page.Append("| field | type | unit | ECS | documents | search | meaning |\n|---|---|---|---|---|---|---|\n");
            foreach (Field field in group)
                page.Append($"| `{field.Name}` | {field.Type} | {field.Unit} | {Yes(EcsList.Fields.ContainsKey(field.Name))} | {Yes(field.InDocuments)} | {Yes(field.InSearch)} | {field.Meaning} |\n");
        }
        return page.ToString();
    }

    private static string Heading(Field field) => field.ReplacedBy is not null ? "Old names" : field.Name.Contains('.', StringComparison.Ordinal) ? field.Name.Split('.')[0] : "Document";

    private static string Yes(bool truth) => truth ? "yes" : "";
}
