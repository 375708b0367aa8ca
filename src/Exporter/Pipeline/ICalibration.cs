namespace SFlow.Exporter.Pipeline;

/// <summary>Estimates compared with the interface counters of agents, for readers. A read changes nothing.</summary>
internal interface ICalibration
{
    /// <summary>Interfaces that are tracked.</summary>
    int Ports { get; }

    /// <summary>Maximum interfaces.</summary>
    int MaximumPorts { get; }

    /// <summary>Counter samples of interfaces for which there was no room.</summary>
    long RefusedPorts { get; }

    /// <summary>Sums of an agent.</summary>
    /// <param name="agent">Id of the agent.</param>
    /// <param name="recent">Those of the last ten to twenty minutes, otherwise all.</param>
    CalibrationSums Read(int agent, bool recent);
}
