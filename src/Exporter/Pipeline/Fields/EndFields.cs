namespace SFlow.Exporter.Pipeline.Fields;

/// <summary>The fields of one end of a packet.</summary>
internal static class EndFields
{
    /// <summary>The packet's source or destination.</summary>
    public static Field[] Of(string end, Func<NamedFlow, FlowEndpoint> of, Func<NamedFlow, Address> address, Func<NamedFlow, long> port, Func<NamedFlow, ulong> mac)
    {
        Dictionary<string, Func<NamedFlow, FieldValue>> read = new()
        {
            ["ip"] = flow => flow.IsIp ? address(flow).ToString() : null,
            ["port"] = flow => flow.Record.Has(PacketFacts.Ports) ? port(flow) : default(FieldValue),
            ["mac"] = flow => flow.Record.Has(PacketFacts.Ethernet) ? MacText.Of(mac(flow)) : null,
            ["kubernetes.namespace"] = flow => of(flow).Namespace,
            ["kubernetes.kind"] = flow => of(flow).KubernetesKind,
            ["kubernetes.name"] = flow => of(flow).KubernetesKind is null ? null : of(flow).Name,
            ["kubernetes.owner.kind"] = flow => of(flow).OwnerKind,
            ["kubernetes.owner.name"] = flow => of(flow).OwnerName,
            ["kubernetes.node.name"] = flow => of(flow).NodeName,
            ["kubernetes.zone"] = flow => of(flow).Zone,
            ["kubernetes.region"] = flow => of(flow).Region,
        };
        return [.. Named(end, $"of the {end}").Select(field => read.TryGetValue(field.Name[(end.Length + 1)..], out Func<NamedFlow, FieldValue>? how) ? field with { Read = how } : field)];
    }

    /// <summary>The client or the server: a copy of the source or the destination in documents.</summary>
    public static Field[] CopyOf(string role) => Named(role, $"of the {role}");

    private static Field[] Named(string end, string ofEnd) =>
    [
        new($"{end}.ip", Field.Ip, $"IP address {ofEnd}."),
        new($"{end}.address", Field.Keyword, $"The same as {end}.ip, as ECS wants it."),
        new($"{end}.port", Field.Long, $"Port {ofEnd}."),
        new($"{end}.mac", Field.Keyword, $"MAC address {ofEnd}."),
        new($"{end}.domain", Field.Keyword, $"DNS name {ofEnd}, where it is a Service: name.namespace.svc."),
        new($"{end}.bytes", Field.Long, $"Estimated bytes {ofEnd}, which sent the packet.") { Unit = "bytes" },
        new($"{end}.packets", Field.Long, $"Estimated packets {ofEnd}, which sent the packet.") { Unit = "packets" },
        new($"{end}.kubernetes.namespace", Field.Keyword, $"Namespace {ofEnd}."),
        new($"{end}.kubernetes.kind", Field.Keyword, $"Kind of the object {ofEnd}: Pod, Service or Node."),
        new($"{end}.kubernetes.name", Field.Keyword, $"Name of the object {ofEnd}."),
        new($"{end}.kubernetes.owner.kind", Field.Keyword, $"Kind of the workload {ofEnd}."),
        new($"{end}.kubernetes.owner.name", Field.Keyword, $"Name of the workload {ofEnd}."),
        new($"{end}.kubernetes.node.name", Field.Keyword, $"Node {ofEnd}."),
        new($"{end}.kubernetes.zone", Field.Keyword, $"Zone {ofEnd}, by its node's labels."),
        new($"{end}.kubernetes.region", Field.Keyword, $"Region {ofEnd}, by its node's labels."),
        new($"{end}.geo.continent_code", Field.Keyword, $"Continent {ofEnd}, two letters."),
        new($"{end}.geo.continent_name", Field.Keyword, $"Continent {ofEnd}."),
        new($"{end}.geo.country_iso_code", Field.Keyword, $"Country {ofEnd}, two letters of ISO 3166-1."),
        new($"{end}.geo.country_name", Field.Keyword, $"Country {ofEnd}."),
        new($"{end}.geo.region_iso_code", Field.Keyword, $"Region {ofEnd} by ISO 3166-2."),
        new($"{end}.geo.region_name", Field.Keyword, $"Region {ofEnd}."),
        new($"{end}.geo.city_name", Field.Keyword, $"City {ofEnd}."),
        new($"{end}.geo.timezone", Field.Keyword, $"Time zone {ofEnd}, by its name at IANA."),
        new($"{end}.geo.location", Field.GeoPoint, $"Latitude and longitude {ofEnd}, in degrees."),
        new($"{end}.as.number", Field.Long, $"Autonomous system {ofEnd}."),
        new($"{end}.as.organization.name", Field.Keyword, $"Organization of the autonomous system {ofEnd}."),
    ];
}
