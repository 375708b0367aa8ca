namespace SFlow.Exporter.Pipeline;

/// <summary>Where and when a datagram came from.</summary>
/// <param name="TimestampNanoseconds">Arrival or capture time in nanoseconds of Unix time.</param>
/// <param name="Sender">Source address of the UDP datagram.</param>
/// <param name="SenderPort">Source port of the UDP datagram.</param>
internal readonly record struct DatagramOrigin(long TimestampNanoseconds, Address Sender, ushort SenderPort)
{
    /// <summary>The same by <see cref="SteadyClock"/>, for delays and silence. For a capture it is the capture time.</summary>
    public long SteadyNanoseconds { get; init; } = TimestampNanoseconds;
}

/// <summary>Input of the pipeline; one instance per worker, called on its thread only.</summary>
internal interface IDatagramIntake
{
    /// <summary>Processes one UDP payload. The span is valid during the call only.</summary>
    void Take(ReadOnlySpan<byte> payload, in DatagramOrigin origin);

    /// <summary>Passes the collected records through the stages, after each receive batch.</summary>
    void Flush();

    /// <summary>Flushes partial record batches too: after silence, after a second, or at the stop.</summary>
    void Idle();
}

/// <summary>A stage of the pipeline; one instance per worker, called on its thread only.</summary>
internal interface IFlowStage
{
    /// <summary>What stages before this one must have found.</summary>
    FlowParts Reads => FlowParts.None;

    /// <summary>What this stage finds.</summary>
    FlowParts Writes => FlowParts.None;

    void Process(Span<Flow> records);

    /// <summary>Flushes records that the stage holds back (a partial batch).</summary>
    void Idle();
}

/// <summary>Receives counter samples as they are decoded.</summary>
internal interface ICounterStage
{
    void Process(in CounterRecord record);
}
