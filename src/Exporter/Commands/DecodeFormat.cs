namespace SFlow.Exporter.Commands;

/// <summary>Forms in which <c>decode</c> prints.</summary>
internal enum DecodeFormat
{
    /// <summary>One JSON object a datagram.</summary>
    Json,

    /// <summary>One line of name=value pairs a datagram, a sample and a record.</summary>
    WorkerPipeline,
}
