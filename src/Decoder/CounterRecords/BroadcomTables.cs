using SFlow.Internals;
using SFlow.Xdr;

namespace SFlow.CounterRecords;

/// <summary>Use of a switch's tables (sFlow Broadcom table structures, <c>hw_tables</c>): entries and how many fit. Unknown values are all ones.</summary>
public readonly struct BroadcomTables : IRecord<BroadcomTables>
{
    /// <summary>Data format 4413:3.</summary>
    public const uint Tag = 4413 << 12 | 3;

    /// <summary>Hosts.</summary>
    public readonly XdrUInt32 Hosts;

    /// <summary>Hosts that fit.</summary>
    public readonly XdrUInt32 HostsMaximum;

    /// <summary>IPv4 routes.</summary>
    public readonly XdrUInt32 IPv4Hosts;

    /// <summary>IPv4 routes that fit.</summary>
    public readonly XdrUInt32 IPv4HostsMaximum;

    /// <summary>IPv6 routes.</summary>
    public readonly XdrUInt32 IPv6Hosts;

    /// <summary>IPv6 routes that fit.</summary>
    public readonly XdrUInt32 IPv6HostsMaximum;

    /// <summary>Entries that IPv4 and IPv6 share.</summary>
    public readonly XdrUInt32 SharedIPv4;

    /// <summary>Such entries that fit.</summary>
    public readonly XdrUInt32 SharedIPv6Maximum;

    /// <summary>IPv6 routes with prefixes above 64 bits.</summary>
    public readonly XdrUInt32 LongIPv6;

    /// <summary>Such routes that fit.</summary>
    public readonly XdrUInt32 LongIPv6Maximum;

    /// <summary>Routes.</summary>
    public readonly XdrUInt32 Routes;

    /// <summary>Routes that fit.</summary>
    public readonly XdrUInt32 RoutesMaximum;

    /// <summary>Next hops of equal-cost paths.</summary>
    public readonly XdrUInt32 EcmpNextHops;

    /// <summary>Such next hops that fit.</summary>
    public readonly XdrUInt32 EcmpNextHopsMaximum;

    /// <summary>MAC addresses.</summary>
    public readonly XdrUInt32 Macs;

    /// <summary>MAC addresses that fit.</summary>
    public readonly XdrUInt32 MacsMaximum;

    /// <summary>IPv4 neighbours.</summary>
    public readonly XdrUInt32 IPv4Neighbors;

    /// <summary>IPv6 neighbours.</summary>
    public readonly XdrUInt32 IPv6Neighbors;

    /// <summary>IPv4 routes of the routing table.</summary>
    public readonly XdrUInt32 IPv4Routes;

    /// <summary>IPv6 routes of the routing table.</summary>
    public readonly XdrUInt32 IPv6Routes;

    /// <summary>Entries of ingress access lists.</summary>
    public readonly XdrUInt32 AclIngressEntries;

    /// <summary>Such entries that fit.</summary>
    public readonly XdrUInt32 AclIngressEntriesMaximum;

    /// <summary>Counters of ingress access lists.</summary>
    public readonly XdrUInt32 AclIngressCounters;

    /// <summary>Such counters that fit.</summary>
    public readonly XdrUInt32 AclIngressCountersMaximum;

    /// <summary>Meters of ingress access lists.</summary>
    public readonly XdrUInt32 AclIngressMeters;

    /// <summary>Such meters that fit.</summary>
    public readonly XdrUInt32 AclIngressMetersMaximum;

    /// <summary>Slices of ingress access lists.</summary>
    public readonly XdrUInt32 AclIngressSlices;

    /// <summary>Such slices that fit.</summary>
    public readonly XdrUInt32 AclIngressSlicesMaximum;

    /// <summary>Entries of egress access lists.</summary>
    public readonly XdrUInt32 AclEgressEntries;

    /// <summary>Such entries that fit.</summary>
    public readonly XdrUInt32 AclEgressEntriesMaximum;

    /// <summary>Counters of egress access lists.</summary>
    public readonly XdrUInt32 AclEgressCounters;

    /// <summary>Such counters that fit.</summary>
    public readonly XdrUInt32 AclEgressCountersMaximum;

    /// <summary>Meters of egress access lists.</summary>
    public readonly XdrUInt32 AclEgressMeters;

    /// <summary>Such meters that fit.</summary>
    public readonly XdrUInt32 AclEgressMetersMaximum;

    /// <summary>Slices of egress access lists.</summary>
    public readonly XdrUInt32 AclEgressSlices;

    /// <summary>Such slices that fit.</summary>
    public readonly XdrUInt32 AclEgressSlicesMaximum;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out BroadcomTables record) => FixedSize.TryRead(data, out record);

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Number("host_entries"u8, Hosts);
        visitor.Number("host_entries_max"u8, HostsMaximum);
        visitor.Number("ipv4_entries"u8, IPv4Hosts);
        visitor.Number("ipv4_entries_max"u8, IPv4HostsMaximum);
        visitor.Number("ipv6_entries"u8, IPv6Hosts);
        visitor.Number("ipv6_entries_max"u8, IPv6HostsMaximum);
        visitor.Number("ipv4_ipv6_entries"u8, SharedIPv4);
        visitor.Number("ipv6_ipv6_entries_max"u8, SharedIPv6Maximum);
        visitor.Number("long_ipv6_entries"u8, LongIPv6);
        visitor.Number("long_ipv6_entries_max"u8, LongIPv6Maximum);
        visitor.Number("total_routes"u8, Routes);
        visitor.Number("total_routes_max"u8, RoutesMaximum);
        visitor.Number("ecmp_nexthops"u8, EcmpNextHops);
        visitor.Number("ecmp_nexthops_max"u8, EcmpNextHopsMaximum);
        visitor.Number("mac_entries"u8, Macs);
        visitor.Number("mac_entries_max"u8, MacsMaximum);
        visitor.Number("ipv4_neighbors"u8, IPv4Neighbors);
        visitor.Number("ipv6_neighbors"u8, IPv6Neighbors);
        visitor.Number("ipv4_routes"u8, IPv4Routes);
        visitor.Number("ipv6_routes"u8, IPv6Routes);
        visitor.Number("acl_ingress_entries"u8, AclIngressEntries);
        visitor.Number("acl_ingress_entries_max"u8, AclIngressEntriesMaximum);
        visitor.Number("acl_ingress_counters"u8, AclIngressCounters);
        visitor.Number("acl_ingress_counters_max"u8, AclIngressCountersMaximum);
        visitor.Number("acl_ingress_meters"u8, AclIngressMeters);
        visitor.Number("acl_ingress_meters_max"u8, AclIngressMetersMaximum);
        visitor.Number("acl_ingress_slices"u8, AclIngressSlices);
        visitor.Number("acl_ingress_slices_max"u8, AclIngressSlicesMaximum);
        visitor.Number("acl_egress_entries"u8, AclEgressEntries);
        visitor.Number("acl_egress_entries_max"u8, AclEgressEntriesMaximum);
        visitor.Number("acl_egress_counters"u8, AclEgressCounters);
        visitor.Number("acl_egress_counters_max"u8, AclEgressCountersMaximum);
        visitor.Number("acl_egress_meters"u8, AclEgressMeters);
        visitor.Number("acl_egress_meters_max"u8, AclEgressMetersMaximum);
        visitor.Number("acl_egress_slices"u8, AclEgressSlices);
        visitor.Number("acl_egress_slices_max"u8, AclEgressSlicesMaximum);
    }
}
