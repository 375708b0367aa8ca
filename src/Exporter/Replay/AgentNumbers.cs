namespace SFlow.Exporter.Replay;

/// <summary>The sequence numbers and counters of one agent and sub-agent.</summary>
internal sealed class AgentNumbers
{
    public ContinuedNumber Sequence;
    public ContinuedNumber Uptime;

    /// <summary>Flow samples (true) and counter samples (false) of a data source have separate sequences.</summary>
    public Dictionary<(bool Flow, DataSource Source), SourceNumbers> Sources { get; } = [];

    /// <param name="milliseconds">Time between the starts of two rounds.</param>
    public void NextRound(uint milliseconds)
    {
        Sequence.NextRound(step: 1);
        Uptime.NextRoundAfter(milliseconds);
        foreach (SourceNumbers source in Sources.Values)
        {
            source.Sequence.NextRound(step: 1);
            source.SamplePool.NextRound(source.SamplingRate);
            source.Drops.NextRound(step: 0);
        }
    }
}

/// <summary>The numbers of one data source. Only flow samples have pool and drops.</summary>
internal sealed class SourceNumbers
{
    public ContinuedNumber Sequence;
    public ContinuedNumber SamplePool;
    public ContinuedNumber Drops;

    /// <summary>Sampling rate of the newest sample: the growth of the pool from one sample to the next.</summary>
    public uint SamplingRate { get; set; }
}
