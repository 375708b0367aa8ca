namespace SFlow.Exporter.Elasticsearch;

/// <summary>A field of the documents and its type in the mapping.</summary>
internal sealed record EcsField(string Name, string Type);

/// <summary>All fields that documents have, listed once; the mapping is made of it. Types are those that every server from 7.9 on has, forks included.</summary>
internal static class EcsFields
{
    private const string Keyword = "keyword", Long = "long", Ip = "ip", Date = "date", Boolean = "boolean";

    public static readonly EcsField[] All =
    [
        new("@timestamp", Date),
        .. Many(Keyword, "ecs.version", "tags", "host.name", "data_stream.type", "data_stream.dataset", "data_stream.namespace"),
        .. Many(Keyword, "event.kind", "event.category", "event.type", "event.action", "event.dataset", "event.module"),
        new("event.sequence", Long),
        new("event.created", Date),
        new("observer.ip", Ip),
        .. Many(Keyword, "cloud.availability_zone", "cloud.region", "observer.name", "observer.type", "observer.ingress.interface.id", "observer.egress.interface.id"),
        .. Many(Keyword, "network.name", "network.type", "network.transport", "network.protocol", "network.iana_number", "network.vlan.id", "network.inner.vlan.id", "network.community_id"),
        .. Many(Long, "network.bytes", "network.packets"),
        .. End("source"),
        .. End("destination"),
        .. End("client"),
        .. End("server"),
        new("related.ip", Ip),
        new("sflow.counted", Boolean),
        new("sflow.is_initiator", Boolean),
        .. Many(Keyword, "sflow.observation", "sflow.server_reason", "sflow.service_origin", "sflow.conversation", "sflow.fault"),
        .. Many(Keyword, "sflow.source_namespace", "sflow.destination_namespace", "sflow.server_service"),
        new("sflow.acknowledged_bytes", Long),
        new("sflow.agent.address", Ip),
        .. Many(Long, "sflow.agent.sub_id", "sflow.agent.uptime_milliseconds", "sflow.datagram.sequence"),
        new("sflow.sample.type", Keyword),
        .. Many(Long, "sflow.sample.sequence", "sflow.sample.rate", "sflow.sample.pool", "sflow.sample.drops"),
        .. Many(Long, "sflow.source_id.type", "sflow.source_id.index"),
        new("sflow.output.state", Keyword),
        .. Many(Long, "sflow.input.format", "sflow.input.value", "sflow.output.format", "sflow.output.value"),
        .. Many(Long, "sflow.header.protocol", "sflow.header.frame_length", "sflow.header.stripped"),
        new("sflow.header.cut", Boolean),
        .. Many(Long, "sflow.ether_type", "sflow.ip.length", "sflow.ip.ttl", "sflow.ip.tos", "sflow.ip.fragment_offset"),
        new("sflow.tcp.flags", Keyword),
        .. Many(Long, "sflow.tcp.sequence", "sflow.tcp.acknowledgement", "sflow.icmp.type", "sflow.icmp.code", "sflow.tunnel.vni"),
        .. Many(Ip, "sflow.tunnel.source", "sflow.tunnel.destination"),
    ];

    private static EcsField[] End(string end) =>
    [
        new($"{end}.address", Keyword),
        new($"{end}.ip", Ip),
        new($"{end}.port", Long),
        new($"{end}.mac", Keyword),
        new($"{end}.domain", Keyword),
        .. Many(Long, $"{end}.bytes", $"{end}.packets"),
        .. Many(Keyword, $"{end}.kubernetes.namespace", $"{end}.kubernetes.kind", $"{end}.kubernetes.name"),
        .. Many(Keyword, $"{end}.kubernetes.owner.kind", $"{end}.kubernetes.owner.name"),
        .. Many(Keyword, $"{end}.kubernetes.node.name", $"{end}.kubernetes.zone", $"{end}.kubernetes.region"),
        .. Many(Keyword, $"{end}.geo.continent_code", $"{end}.geo.continent_name", $"{end}.geo.country_iso_code", $"{end}.geo.country_name"),
        .. Many(Keyword, $"{end}.geo.region_iso_code", $"{end}.geo.region_name", $"{end}.geo.city_name", $"{end}.geo.timezone"),
        new($"{end}.geo.location", "geo_point"),
        new($"{end}.as.number", Long),
        new($"{end}.as.organization.name", Keyword),
    ];

    private static EcsField[] Many(string type, params string[] names) => [.. names.Select(name => new EcsField(name, type))];
}
