namespace SFlow.Exporter.Pipeline;

/// <summary>What stages find out about a flow, so that their order can be checked.</summary>
[Flags]
internal enum FlowParts
{
    None = 0,
    /// <summary>Whether the sample can be true: <see cref="Flow.Fault"/>.</summary>
    Plausibility = 1,
    /// <summary>Endpoints, Services at both ports and the observing node.</summary>
    Endpoints = 2,
    /// <summary>Whether the sample counts, and which end serves.</summary>
    Observation = 4,
    /// <summary><see cref="Flow.AcknowledgedBytes"/>.</summary>
    Acknowledged = 8,
    /// <summary><see cref="Flow.Before"/>.</summary>
    Burst = 16,
}
