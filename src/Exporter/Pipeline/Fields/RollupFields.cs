namespace SFlow.Exporter.Pipeline.Fields;

/// <summary>What only the documents of combined records have.</summary>
internal static class RollupFields
{
    public static readonly Field[] Event =
    [
        Only(Field.Time("event.start", "Time of the first record that the document combines. Only with --elasticsearch-rollup.", flow => flow.Record.TimestampNanoseconds)),
        Only(Field.Time("event.end", "Time of the last record that the document combines. Only with --elasticsearch-rollup.", flow => flow.Rolled!.Last)),
        Only(Field.Number("event.duration", "Time from event.start to event.end. Only with --elasticsearch-rollup.", flow => flow.Rolled!.Last - flow.Record.TimestampNanoseconds, "nanoseconds")),
    ];

    public static readonly Field[] Sums =
    [
        Only(Field.Number("sflow.rollup.samples", "Number of records that the document combines.", flow => flow.Rolled!.Samples, "samples")),
        Only(Field.Real("sflow.rollup.bytes_variance", "Estimated variance of network.bytes. Add it over documents: 1.96 times the root of the sum is the error of the sum.", flow => flow.Rolled!.BytesVariance, "bytes squared")),
        Only(Field.Real("sflow.rollup.bytes_error", "95 % confidence interval of network.bytes, as a share of it. Absent with less than 30 samples.", flow => flow.Rolled!.Error.Share)),
    ];

    private static Field Only(Field field) => field.OnlyInDocuments() with { Scope = FieldScope.Rollup };
}
