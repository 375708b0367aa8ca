namespace SFlow.Exporter.Pipeline.Fields;

/// <summary>What all documents of one writer have in common: their data stream, the program that writes them, the cluster.</summary>
internal sealed record RecordOrigin
{
    /// <summary>Environment variable with the name of the cluster, which OTLP uses too.</summary>
    public const string ClusterVariable = "CLUSTER_NAME";

    /// <summary>The origin of a record, for <see cref="Field.DependsOn"/>.</summary>
    public static readonly Func<NamedFlow, object?> Of = flow => flow.Origin;

    public string Dataset { get; init; } = "";

    /// <summary>Parts of the name of the data stream; null if it does not keep to Elastic's scheme.</summary>
    public string? StreamType { get; init; }
    public string? StreamDataset { get; init; }
    public string? StreamNamespace { get; init; }

    /// <summary>Name of the cluster; empty if it is unknown.</summary>
    public string Cluster { get; init; } = "";

    /// <summary>Pod or machine on which the program runs.</summary>
    public string Program { get; init; } = "";
    public string Version { get; init; } = "";

    /// <param name="cluster">Name of the cluster by the options; if empty, that of the environment.</param>
    public static RecordOrigin OfThisProgram(string cluster) => new()
    {
        Cluster = cluster.Length > 0 ? cluster : Environment.GetEnvironmentVariable(ClusterVariable) ?? "",
        Program = Environment.GetEnvironmentVariable("POD_NAME") is { Length: > 0 } pod ? pod : Environment.MachineName,
        Version = typeof(RecordOrigin).Assembly.GetName().Version?.ToString(3) ?? "",
    };
}
