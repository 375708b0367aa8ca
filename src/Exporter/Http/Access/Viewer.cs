using System.Collections.Frozen;

namespace SFlow.Exporter.Http.Access;

/// <summary>
/// What the sender of a request may see: the flows of all namespaces, or the flows with one of some namespaces at either side, and nothing else.
/// Immutable, so a cache can share it.
/// </summary>
internal sealed class Viewer
{
    /// <summary>Sees all flows, and the state of the exporter.</summary>
    public static readonly Viewer Everything = new(null);

    private readonly FrozenSet<string>? namespaces;

    /// <param name="namespaces">Allowed namespaces; null for all.</param>
    private Viewer(FrozenSet<string>? namespaces) => this.namespaces = namespaces;

    /// <summary>False restricts to <see cref="Namespaces"/>.</summary>
    public bool SeesAll => namespaces is null;

    /// <summary>The allowed namespaces; empty if the viewer sees all.</summary>
    public IReadOnlyCollection<string> Namespaces => namespaces ?? FrozenSet<string>.Empty;

    /// <summary>A viewer of these namespaces only.</summary>
    public static Viewer Only(IEnumerable<string> namespaces) => new(namespaces.ToFrozenSet(StringComparer.Ordinal));

    /// <summary>The viewer of a request. Every endpoint that shows flows must ask.</summary>
    /// <exception cref="InvalidOperationException">No <see cref="IAdmission"/> has admitted the request, so nothing may be shown.</exception>
    public static Viewer Of(HttpContext context) =>
        context.Features.Get<Viewer>() ?? throw new InvalidOperationException($"No {nameof(IAdmission)} admitted the request to {context.Request.Path}.");

    /// <summary>Whether an object of this namespace may be shown. Null is an object without a namespace.</summary>
    public bool Sees(string? space) => namespaces is null || space is not null && namespaces.Contains(space);

    /// <summary>Whether a flow between these namespaces, or label values, may be shown.</summary>
    public bool Sees(string? source, string? destination) => Sees(source) || Sees(destination);
}
