namespace SFlow.Exporter.Pipeline;

/// <summary>Whether the program does its job yet.</summary>
internal interface IReadiness
{
    /// <summary>Null once datagrams are taken; else one line for people that says what is missing.</summary>
    string? NotReadyBecause { get; }
}
