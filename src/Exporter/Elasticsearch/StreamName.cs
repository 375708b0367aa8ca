using SFlow.Exporter.Options;

namespace SFlow.Exporter.Elasticsearch;

/// <summary>The name of the data stream, and what follows from Elastic's scheme of names where it keeps to it: type-dataset-namespace.</summary>
internal sealed class StreamName
{
    private const string DefaultDataset = "sflow.flow";

    public StreamName(string name)
    {
        Name = name;
        string[] parts = name.Split('-');
        if (parts.Length != 3 || parts.Contains("")) return;
        (Type, Dataset, Namespace) = (parts[0], parts[1], parts[2]);
    }

    public static StreamName Default { get; } = new(new ElasticsearchOptions().DataStream);

    public string Name { get; }

    /// <summary>The parts; null where the name has not just three.</summary>
    public string? Type { get; }
    public string? Dataset { get; }
    public string? Namespace { get; }

    public string EventDataset => Dataset ?? DefaultDataset;

    /// <summary>What the index template applies to: all namespaces of the dataset, or just this name.</summary>
    public string Pattern => Namespace is null ? Name : $"{Type}-{Dataset}-*";

    /// <summary>Name of the index template: one for each pattern, so that two exporters with different streams do not overwrite each other's.</summary>
    public string Template => Pattern == Default.Pattern ? "sflow-flow" : $"sflow-flow-{Pattern.TrimEnd('*', '-')}";
}
