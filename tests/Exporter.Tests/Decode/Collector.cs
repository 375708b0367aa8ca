using System.Net;
using SFlow.Exporter.Agents;
using SFlow.Exporter.Decode;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Decode;

/// <summary>A decode stage with ends that keep what comes out of it.</summary>
internal sealed class Collector : IFlowStage, ICounterStage
{
    private readonly DatagramDecoder decoder;

    public Collector(CountOptions? options = null) =>
        decoder = new DatagramDecoder(Agents, Worker, new StageSequence([new PlausibilityStage(Agents, Worker), this]), [this], options ?? new CountOptions(), kept: true);

    public AgentRegistry Agents { get; } = new(new AgentOptions());
    public WorkerCounters Worker { get; } = new();
    public List<Flow> Records { get; } = [];
    public List<CounterRecord> Counters { get; } = [];
    public int Batches { get; private set; }

    public static DatagramOrigin Origin { get; } = new(1_700_000_000_000_000_123, Address.From(IPAddress.Parse("192.0.2.7")), 40_001);

    public IDatagramIntake Intake => decoder;

    public Collector Take(params byte[][] payloads)
    {
        foreach (byte[] payload in payloads) decoder.Take(payload, Origin);
        decoder.Flush();
        return this;
    }

    public void Process(Span<Flow> records)
    {
        Batches++;
        foreach (ref Flow record in records) Records.Add(record);
    }

    public void Idle()
    {
    }

    void ICounterStage.Process(in CounterRecord record) => Counters.Add(record);
}
