namespace SFlow.Exporter.Agents;

/// <summary>What the header of a datagram says about its sender.</summary>
/// <param name="Agent">Address of the agent, as it claims it.</param>
/// <param name="SubAgentId">Which of the agent's streams.</param>
/// <param name="Sequence">Number of the datagram within the stream, modulo 2^32.</param>
/// <param name="UptimeMilliseconds">Time since the agent started, modulo 2^32 (49.7 days).</param>
/// <param name="Length">Bytes of the UDP payload.</param>
/// <param name="Print">A hash of bytes that cannot be predicted. It distinguishes two datagrams with one number.</param>
internal readonly record struct DatagramIdentity(Address Agent, uint SubAgentId, uint Sequence, uint UptimeMilliseconds, int Length, uint Print = 0)
{
    /// <summary>Length and print in 16 bits: what is remembered of each datagram.</summary>
    public ushort Mark => (ushort)(((uint)Length ^ Print) * 0x9E37_79B1 >> 16);
}
