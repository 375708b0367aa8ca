using System.Globalization;
using Microsoft.Extensions.Primitives;
using SFlow.Exporter.Http;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Pipeline.Filters;

namespace SFlow.Exporter.Store;

/// <summary>The parameters of <c>GET /api/flows</c>, listed once.</summary>
internal static class SearchParameters
{
    private const int LongestText = 256;
    private const string AddressAllowed = "an IPv4 or IPv6 address, or a CIDR such as 10.128.0.0/14";

    private const string FilterName = "filter";

    private static readonly Parameter[] All =
    [
        new(FilterName, "terms such as namespace=shop not port=443", (q, _, _) => q),
        Text("namespace", "a namespace, or a label such as @internet", (q, text) => q with { Namespace = text }),
        Text("source_namespace", "a namespace, or a label such as @internet", (q, text) => q with { SourceNamespace = text }),
        Text("destination_namespace", "a namespace, or a label such as @internet", (q, text) => q with { DestinationNamespace = text }),
        Text("workload", "the name of a workload, pod, Service or node, or Kind/name", (q, text) => q with { Workload = text }),
        Text("service", "a service such as namespace/name:port, namespace/name or @tcp/443", (q, text) => q with { Service = text }),
        new("conversation", "a text as in sflow.conversation, such as tcp 10.128.0.5:50443 shop/checkout:https or udp 10.128.0.5:40000 10.128.2.6:9000", (q, text, _) =>
            text.Length <= LongestText && ConversationText.TryParse(text) is { } v ? q with { Conversation = v } : null),
        new("address", AddressAllowed, (q, text, _) => AddressRange.TryParse(text, out AddressRange v) ? q with { Address = v } : null),
        new("source_address", AddressAllowed, (q, text, _) =>
            AddressRange.TryParse(text, out AddressRange v) ? q with { SourceAddress = v } : null),
        new("destination_address", AddressAllowed, (q, text, _) =>
            AddressRange.TryParse(text, out AddressRange v) ? q with { DestinationAddress = v } : null),
        new("port", "a number from 0 to 65535", (q, text, _) =>
            ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort v) ? q with { Port = v } : null),
        new("protocol", "a name such as tcp, udp, icmp, ipv6-icmp, sctp, gre or esp, or a number from 0 to 255", (q, text, _) =>
            ProtocolNames.TryParse(text, out byte v) ? q with { Protocol = v } : null),
        new("from", ApiParameter.TimeAllowed, (q, text, now) => UnixTime.TryParse(text, now, out long v) ? q with { From = v } : null),
        new("to", ApiParameter.TimeAllowed, (q, text, now) => UnixTime.TryParse(text, now, out long v) ? q with { To = v } : null),
        new("counted", "true or false", (q, text, _) => text switch
        {
            "true" => q with { Counted = true },
            "false" => q with { Counted = false },
            _ => null,
        }),
        new("limit", "a number from 1 to 1000", (q, text, _) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int v) && v is >= 1 and <= SearchQuery.MaximumLimit
                ? q with { Limit = v } : null),
        new("before", "a position, as the field next of an answer gives it", (q, text, _) =>
            long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long v) && v >= 1 ? q with { Before = v } : null),
        new("format", "json or csv", (q, text, _) => text switch
        {
            "json" => q with { Csv = false },
            "csv" => q with { Csv = true },
            _ => null,
        }),
    ];

    /// <summary>The parameters as the OpenAPI document has them.</summary>
    public static IReadOnlyList<ApiParameter> Described { get; } = [.. All.Select(known => new ApiParameter(known.Name, known.Allowed))];

    private static IReadOnlyList<string> Names { get; } = [.. All.Select(known => known.Name)];

    /// <summary>Reads a query string; a parameter without value is as good as absent, as forms send it.</summary>
    public static bool TryParse(
        IEnumerable<KeyValuePair<string, StringValues>> given, DateTimeOffset now, out SearchQuery query, out ParameterFault? error)
    {
        query = new SearchQuery();
        error = null;
        foreach ((string name, StringValues values) in given)
        {
            Parameter? parameter = Array.Find(All, known => known.Name == name);
            if (parameter is null) error = ParameterFault.Unknown(name, Names);
            else if (values.Count > 1) error = ParameterFault.Repeated(name, values.Count);
            else if (values.ToString() is { Length: > 0 } text)
            {
                if (name == FilterName) (query, error) = WithFilter(query, text);
                else if (parameter.Apply(query, text, now) is { } next) query = next;
                else error = new(name, $"'{CleanText.Beginning(text)}' is not allowed for parameter {name}.", parameter.Allowed);
            }
            if (error is not null) return false;
        }
        if (query.From >= query.To) error = new("to", "The time 'to' is not after 'from'.", "a time after 'from'");
        return error is null;
    }

    private static (SearchQuery, ParameterFault?) WithFilter(SearchQuery query, string text) =>
        FilterParser.TryParse(text, out FlowFilter filter, out FilterFault? fault) ? (query with { Filter = filter }, null) : (query, ParameterFault.Of(FilterName, fault!));

    private static Parameter Text(string name, string allowed, Func<SearchQuery, string, SearchQuery> apply) =>
        new(name, $"{allowed}; at most {LongestText} characters", (q, text, _) => text.Length <= LongestText ? apply(q, text) : null);

    /// <param name="Name">As in the query string.</param>
    /// <param name="Allowed">What the value may be, for people.</param>
    /// <param name="Apply">The query with the value; null when the value is not allowed.</param>
    private sealed record Parameter(string Name, string Allowed, Func<SearchQuery, string, DateTimeOffset, SearchQuery?> Apply);
}
