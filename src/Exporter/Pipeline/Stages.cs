namespace SFlow.Exporter.Pipeline;

/// <summary>Where and when a datagram came from.</summary>
/// <param name="TimestampNanoseconds">Arrival or capture time in nanoseconds of Unix time.</param>
/// <param name="Sender">Source address of the UDP datagram.</param>
/// <param name="SenderPort">Source port of the UDP datagram.</param>
internal readonly record struct DatagramOrigin(long TimestampNanoseconds, Address Sender, ushort SenderPort)
{
    /// <summary>The same by a clock that nobody sets (<see cref="SteadyClock"/>): for waits and silence. Of a capture it is the capture time.</summary>
    public long SteadyNanoseconds { get; init; } = TimestampNanoseconds;
}

/// <summary>What a receive worker feeds; one instance a worker, called on its thread only.</summary>
internal interface IDatagramIntake
{
    /// <summary>Takes one UDP payload; the span is valid during the call only.</summary>
    void Take(ReadOnlySpan<byte> payload, in DatagramOrigin origin);

    /// <summary>Pushes what is gathered through the stages: after each receive batch.</summary>
    void Flush();

    /// <summary>Nothing came for a while, a second has passed, or the worker stops: part-filled record batches leave too.</summary>
    void Idle();
}

/// <summary>A stage of the line; one instance a worker, called on its thread only.</summary>
internal interface IFlowStage
{
    void Process(Span<Flow> records);

    /// <summary>Lets go of what is held back (a part-filled batch).</summary>
    void Idle();
}

/// <summary>Takes counter samples as they are decoded.</summary>
internal interface ICounterStage
{
    void Process(in CounterRecord record);
}
