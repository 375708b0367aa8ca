namespace SFlow.EndToEnd.Tests.Kibana;

/// <summary>In OpenSearch 2.</summary>
public sealed class OpenSearchPanelTests(OpenSearchRecords records, ITestOutputHelper output) : PanelTests(records, output), IClassFixture<OpenSearchRecords>;

/// <summary>In Elasticsearch 7.10.</summary>
public sealed class OldElasticsearchPanelTests(OldElasticsearchRecords records, ITestOutputHelper output) : PanelTests(records, output), IClassFixture<OldElasticsearchRecords>;
