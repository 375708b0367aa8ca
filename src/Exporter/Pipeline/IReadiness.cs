namespace SFlow.Exporter.Pipeline;

/// <summary>Whether the program is ready.</summary>
internal interface IReadiness
{
    /// <summary>Null once datagrams are accepted; otherwise the reason in one line.</summary>
    string? NotReadyBecause { get; }
}
