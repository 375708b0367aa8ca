namespace SFlow.Exporter.Pipeline;

/// <summary>
/// How far the source and destination of a sample are apart, as a number: a <see cref="Locality"/>, or <see cref="Locality.Network"/> plus the label id of
/// a named network.
/// </summary>
internal readonly struct Localities(Registries names)
{
    private static readonly string[] Words = [.. Enum.GetValues<Locality>().Select(SnakeCase.Of)];

    private readonly EndpointRegistry endpoints = names.Endpoints;

    public uint Of(in Flow sample)
    {
        ref readonly EndpointSummary from = ref endpoints.Brief(sample.SourceEndpoint), to = ref endpoints.Brief(sample.DestinationEndpoint);
        // Between two outside networks the Internet goes first, because it is what costs.
        if (from.Kind == EndpointKind.Internet || to.Kind == EndpointKind.Internet) return (uint)Locality.Internet;
        if (to.Kind == EndpointKind.NamedNetwork) return (uint)Locality.Network + (uint)to.LabelId;
        if (from.Kind == EndpointKind.NamedNetwork) return (uint)Locality.Network + (uint)from.LabelId;
        // The node answers for backends on any node.
        if (sample.SourceRole == PortRole.NodePort || sample.DestinationRole == PortRole.NodePort) return (uint)Locality.Unknown;
        return (uint)Distance(endpoints.Location(sample.SourceEndpoint), endpoints.Location(sample.DestinationEndpoint));
    }

    /// <summary>The label value: the locality in snake_case, or the label of the network.</summary>
    public string NameOf(uint locality) => locality < (uint)Locality.Network ? Words[locality] : names.Namespaces[(int)(locality - (uint)Locality.Network)];

    /// <summary>The same of two endpoints by their names, as records keep them.</summary>
    public static string Between(FlowEndpoint from, FlowEndpoint to, bool isNodePort)
    {
        if (from.Kind == EndpointKind.Internet || to.Kind == EndpointKind.Internet) return Words[(int)Locality.Internet];
        if (to.Kind == EndpointKind.NamedNetwork) return to.Label;
        if (from.Kind == EndpointKind.NamedNetwork) return from.Label;
        return Words[(int)(isNodePort ? Locality.Unknown : Distance(Place(from, to, from), Place(from, to, to)))];
    }

    /// <summary>Numbers that are the same where the names are.</summary>
    private static EndpointLocation Place(FlowEndpoint one, FlowEndpoint other, FlowEndpoint wanted)
    {
        return new EndpointLocation(Number(one.NodeName, other.NodeName, wanted.NodeName), Number(one.Zone, other.Zone, wanted.Zone), Number(one.Region, other.Region, wanted.Region), 0);

        static int Number(string? first, string? second, string? name) => string.IsNullOrEmpty(name) ? 0 : name == first ? 1 : name == second ? 2 : 0;
    }

    private static Locality Distance(in EndpointLocation one, in EndpointLocation other)
    {
        if (one.Node == other.Node && one.Node != 0) return Locality.SameNode;
        if (one.Region != other.Region && one.Region != 0 && other.Region != 0) return Locality.CrossRegion;
        if (one.Zone == 0 || other.Zone == 0) return Locality.Unknown;
        if (one.Zone != other.Zone) return Locality.CrossZone;
        return one.Node != 0 && other.Node != 0 ? Locality.SameZone : Locality.Unknown;
    }
}
