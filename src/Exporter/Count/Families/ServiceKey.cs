using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Count.Families;

/// <summary>Keys of namespace pair and service: 20 bits for each namespace label, 24 for the service, more names than any cluster has.</summary>
internal static class ServiceKey
{
    private const ulong Destination = 0xF_FFFF, Service = 0xFF_FFFF;

    /// <summary>Parts of the limit: a pair has at most one in 16 series before they weigh less, a label such as @internet or @tcp/443 one in 4.</summary>
    private const int PairShare = 16, LabelShare = 4;

    public static FamilyLabel[] Labels =>
    [
        new(FamilyLabels.SourceNamespace, ~0UL << 44),
        new(FamilyLabels.DestinationNamespace, Destination << 24),
        new(FamilyLabels.ServerService, Service),
    ];

    public static ulong Of(int source, int destination, int service) => (ulong)(uint)source << 44 | (ulong)(uint)destination << 24 | (uint)service;

    public static string[] ValuesOf(Registries names, ulong key) =>
        [names.Namespaces[(int)(key >> 44)], names.Namespaces[(int)(key >> 24 & Destination)], names.Services[(int)(key & Service)]];

    public static bool IsDoubtful(DoubtfulPorts services, ulong key) => services.IsDoubtful((int)(key & Service));

    /// <summary>
    /// The pair, and each label that is no Kubernetes name. A port scan makes many series of one pair; a stranger's traffic makes many of @internet.
    /// </summary>
    public static int GroupsOf(Registries names, ulong key, Span<SeriesGroup> groups)
    {
        string[] values = ValuesOf(names, key);
        int count = 0;
        groups[count++] = new SeriesGroup(key >> 24, PairShare);
        for (int label = 0; label < values.Length; label++)
        {
            if (values[label].StartsWith('@')) groups[count++] = new SeriesGroup(1UL << 60 | (ulong)label << 56 | key & Labels[label].Mask >> (label == 0 ? 44 : label == 1 ? 24 : 0), LabelShare);
        }
        return count;
    }
}
