namespace SFlow.Exporter.Pipeline.Fields;

/// <summary>A record with its names instead of the ids of registries. What only documents have is null elsewhere.</summary>
internal class NamedFlow(in Flow flow)
{
    private Flow record = flow;

    public ref readonly Flow Record => ref record;

    public required FlowEndpoint Source { get; set; }
    public required FlowEndpoint Destination { get; set; }

    /// <summary>Node whose agent took the sample.</summary>
    public string? ObserverNode { get; set; }
    public string? SourceService { get; set; }
    public string? DestinationService { get; set; }
    public string? ServerService { get; set; }

    /// <summary>Zone and region of the observing node.</summary>
    public string? ObserverZone { get; set; }
    public string? ObserverRegion { get; set; }

    /// <summary>Location of an outside address.</summary>
    public Place? SourcePlace { get; set; }
    public Place? DestinationPlace { get; set; }

    /// <summary>Distance between source and destination, as the metrics name it.</summary>
    public string? Locality { get; set; }

    /// <summary>When the document is written, in nanoseconds of Unix time.</summary>
    public long? Written { get; set; }

    /// <summary>The combined records of which <see cref="Record"/> is the first; null for a record by itself.</summary>
    public RolledFlow? Rolled { get; set; }

    /// <summary>Estimated bytes and packets.</summary>
    public long Bytes => (long)(Rolled?.Bytes ?? record.Bytes);
    public long Packets => (long)(Rolled?.Packets ?? record.Packets);

    public long AcknowledgedBytes => (long)(Rolled?.AcknowledgedBytes ?? record.AcknowledgedBytes);

    public RecordOrigin? Origin { get; init; }

    public bool IsIp => (record.Facts & (PacketFacts.IPv4 | PacketFacts.IPv6)) != PacketFacts.None;

    /// <summary>Takes another record; the names are the caller's to set.</summary>
    protected void Replace(in Flow other) => record = other;
}
