using System.Text.Json;

namespace SFlow.Exporter.Pipeline;

/// <summary>Objects of the cluster, or why there are none.</summary>
/// <param name="Items">The objects as JSON.</param>
/// <param name="Refusal">Why they can't be read; null if they can.</param>
internal sealed record ObjectReading(IReadOnlyList<JsonElement> Items, string? Refusal = null);

/// <summary>Reads objects of the cluster when a person asks, from the API or from the inventory. Nothing of them is kept.</summary>
internal interface IClusterObjects
{
    /// <param name="kind">Kind, such as Pod.</param>
    /// <param name="group">API group; empty for the core.</param>
    /// <param name="plural">Name of the resource in paths.</param>
    /// <param name="space">Only those of this namespace; null for objects without one.</param>
    /// <param name="cancellation">Ends the reading.</param>
    Task<ObjectReading> ListAsync(string kind, string group, string plural, string? space, CancellationToken cancellation);
}
