using System.Diagnostics.CodeAnalysis;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Pipeline.Fields;

namespace SFlow.Exporter.Elasticsearch;

/// <summary>The record of which a document is written: one instance, filled again for each.</summary>
internal sealed class DocumentFlow : NamedFlow
{
    private readonly Registries names;
    private readonly Localities localities;
    private readonly PlaceCache? places;

    [SetsRequiredMembers]
    public DocumentFlow(Registries names, RecordOrigin origin, IGeoIp? places)
        : base(default)
    {
        (this.names, localities, Origin) = (names, new Localities(names), origin);
        this.places = places is null ? null : new PlaceCache(places);
        Source = Destination = names.Endpoints[0];
    }

    /// <param name="flow">The record.</param>
    /// <param name="group">The combined records of which it is the first; null for a record by itself.</param>
    public void Take(in Flow flow, RolledFlow? group)
    {
        Replace(flow);
        Rolled = group;
        (Source, Destination) = (names.Endpoints[flow.SourceEndpoint], names.Endpoints[flow.DestinationEndpoint]);
        ServerService = flow.ServerService > 0 ? names.Services[flow.ServerService] : null;
        Node? observer = flow.ObserverNode < 0 ? null : names.Nodes[flow.ObserverNode];
        (ObserverNode, ObserverZone, ObserverRegion) = (observer?.Name, observer?.Zone, observer?.Region);
        Locality = localities.NameOf(localities.Of(flow));
        if (places is null) return;
        SourcePlace = PlaceOf(Source, flow.Source);
        DestinationPlace = PlaceOf(Destination, flow.Destination);
    }

    private Place? PlaceOf(FlowEndpoint endpoint, Address address) => endpoint.Kind == EndpointKind.Internet ? places!.Of(address) : null;
}
