using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Agents;

/// <summary>What is known of one agent (address and sub-agent); figures are written by receive workers and read by any scrape.</summary>
internal sealed class Agent
{
    public required int Id { get; init; }
    public required Address Address { get; init; }
    public required uint SubAgentId { get; init; }

    /// <summary>Datagrams taken, duplicates left out.</summary>
    public long Datagrams { get; internal set; }
    /// <summary>Datagrams that the sequence says were sent and that never came.</summary>
    public long Lost { get; internal set; }
    public long Duplicates { get; internal set; }
    /// <summary>Datagrams that came out of order; no loss.</summary>
    public long Reordered { get; internal set; }
    /// <summary>Times that sequence and uptime began again.</summary>
    public long Restarts { get; internal set; }
    /// <summary>Datagrams that came while another sender claimed the same agent address.</summary>
    public long Conflicts { get; internal set; }
    public long FlowSamples { get; internal set; }
    public long CounterSamples { get; internal set; }
    /// <summary>Sampling rate of the newest flow sample; 0 when none came yet.</summary>
    public uint SamplingRate { get; internal set; }
    /// <summary>Arrival of the newest datagram, nanoseconds of Unix time.</summary>
    public long LastSeen { get; internal set; }
    public Address Sender { get; internal set; }
    /// <summary>The node whose agent this is, or null; set by Identify, which knows the addresses of nodes.</summary>
    public Node? Node { get; set; }
    /// <summary>Index into <see cref="NodeRegistry"/> of <see cref="Node"/>, or -1.</summary>
    public int ObserverNode => Node?.Id ?? -1;
}
