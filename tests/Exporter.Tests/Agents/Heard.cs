using System.Net;
using SFlow.Captures;
using SFlow.Exporter.Agents;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Agents;

/// <summary>A registry that hears what a test says, at the second a test says.</summary>
internal sealed class Heard(AgentOptions? options = null)
{
    public const long Second = 1_000_000_000;
    private const long Start = 1_800_000_000 * Second;

    private static readonly Address OneAgent = Parse("10.128.0.2");
    public static Address FirstSender { get; } = Parse("192.168.100.11");

    public static Address OtherSender { get; } = Parse("192.168.100.12");

    public AgentRegistry Registry { get; } = new(options ?? new AgentOptions());

    /// <summary>The first agent that was heard.</summary>
    public Agent Agent => Registry[0];

    /// <summary>Lost, reordered, duplicates, restarts, conflicts.</summary>
    public (long Lost, long Reordered, long Duplicates, long Restarts, long Conflicts) Figures =>
        (Agent.Lost, Agent.Reordered, Agent.Duplicates, Agent.Restarts, Agent.Conflicts);

    public static Address Parse(string text) => Address.From(IPAddress.Parse(text));

    /// <summary>A datagram at <paramref name="second"/> (by default its uptime) after the agent's start.</summary>
    public DatagramOutcome Hear(uint sequence, uint uptime, double? second = null, int length = 1_000, Address? sender = null) =>
        Registry.Observe(
            new DatagramIdentity(OneAgent, 0, sequence, uptime, length),
            new DatagramOrigin(At(second ?? uptime / 1e3), sender ?? FirstSender, 40_000), out _);

    /// <summary>Datagrams of an agent that sends ten a second; sequence and uptime may wrap.</summary>
    public Heard HearRun(uint from, int count, Address? sender = null, uint uptimeAtZero = 0)
    {
        for (uint i = 0; i < count; i++) Hear(from + i, (from + i) * 100 + uptimeAtZero, (uint)((from + i) * 100) / 1e3, sender: sender);
        return this;
    }

    public void Settle(double second, bool final = false) => Registry.Settle(At(second), final);

    /// <summary>Hears a whole capture; returns the datagrams that were taken.</summary>
    public int HearCapture(string file)
    {
        int taken = 0;
        using CaptureReader capture = new(File.OpenRead(file));
        while (capture.TryRead(out CapturedDatagram captured))
        {
            Assert.Equal(DecodeStatus.Ok, Datagram.TryRead(captured.Payload, out Datagram datagram));
            DatagramIdentity identity = new(
                datagram.Agent, datagram.SubAgentId, datagram.Sequence, datagram.UptimeMilliseconds, captured.Payload.Length);
            DatagramOrigin origin = new(captured.TimestampNanoseconds, captured.Source, captured.SourcePort);
            if (Registry.Observe(identity, origin, out _) == DatagramOutcome.Ok) taken++;
        }
        Assert.Equal(CaptureStatus.Ok, capture.Status);
        return taken;
    }

    public static long At(double second) => Start + (long)(second * Second);
}
