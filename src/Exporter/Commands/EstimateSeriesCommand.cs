using System.Globalization;
using SFlow.Exporter.Identify;
using SFlow.Exporter.Identify.Index;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Commands;

/// <summary><c>estimate-series</c>: how many series there will be, and what a Prometheus pays for them, before anything is installed.</summary>
internal static class EstimateSeriesCommand
{
    /// <summary>Memory of one active series in Prometheus' head, in bytes: a figure to plan with, between 3 and 8 KiB in practice.</summary>
    private const double MemoryOfSeries = 4_096;

    /// <summary>Disk space of one sample after compression, in bytes: Prometheus' documentation says 1 to 2.</summary>
    private const double DiskOfSample = 1.5;

    private static readonly TimeSpan ScrapeInterval = TimeSpan.FromSeconds(30);

    /// <param name="given">Numbers from the command line; null where they come from an inventory or a cluster.</param>
    /// <param name="peers">Others that each namespace and workload talks to.</param>
    /// <param name="settings">Where to read the size, and the limits.</param>
    /// <param name="output">Destination.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="SettingsException">There is neither a number nor an inventory or cluster.</exception>
    public static async Task<int> RunAsync(ClusterSize? given, int peers, Settings settings, TextWriter output, CancellationToken stop)
    {
        if (peers < 1) throw new SettingsException([$"--peers is {peers}. Set it to a whole number of at least 1."]);
        ClusterSize size = given ?? await ReadAsync(settings, stop);
        await output.WriteLineAsync(Text($"{size.Namespaces} namespaces, {size.Workloads} workloads, {size.Services} Services, {size.Backends} backends, {size.Nodes} nodes, {size.Networks} named networks; {peers} peers each (assumed){(given is null ? "" : ". Numbers that were not given are assumed, too")}"));
        await output.WriteLineAsync();
        await output.WriteLineAsync(Row("family", "likely", "limit", "series", "metrics", "samples"));
        IReadOnlyList<FamilyEstimate> families = SeriesEstimate.Of(size, settings.Count, peers);
        foreach (FamilyEstimate family in families) await output.WriteLineAsync(Row(family.Family, family.Likely, family.Limit, family.InUse, family.Columns, family.Samples));
        long samples = families.Sum(family => family.Samples);
        double perDay = samples * (TimeSpan.FromDays(1) / ScrapeInterval);
        await output.WriteLineAsync(Row("total", "", "", families.Sum(family => family.InUse), "", samples));
        await output.WriteLineAsync();
        await output.WriteLineAsync(Text($"Prometheus: about {ByteText(samples * MemoryOfSeries)} of memory at 4 KiB a series, and {ByteText(perDay * DiskOfSample)} of disk a day at one scrape in 30 s."));
        foreach (FamilyEstimate family in families.Where(family => family.Likely > family.Limit))
            await output.WriteLineAsync(Text($"{family.Family}: the lightest {family.Likely - family.Limit} series share __other__. To keep them all: --series-limits {family.Family}={family.Likely + (family.Likely / 5)}"));
        return ExitCode.Success;
    }

    private static async Task<ClusterSize> ReadAsync(Settings settings, CancellationToken stop)
    {
        Registries names = new();
        ClusterIndex index = new(names, settings.Identify, settings.Kubernetes, TimeProvider.System);
        AddressBookSource source = AddressBookSource.From(settings);
        if (source.Api is { } connect) await ClusterReading.ReadAsync(connect, index, stop);
        else if (source.File is not null) source.Load(index);
        else throw new SettingsException(["The size of the cluster is not known. Give numbers (--namespaces 120 --services 200 --nodes 12), an inventory (--inventory FILE) or a cluster (--kubeconfig FILE)."]);
        return ClusterSize.Of(names, NamedNetworks.Count(settings.Identify.Networks));
    }

    private static string Row(params object[] cells) => string.Format(CultureInfo.InvariantCulture, "{0,-16}{1,10}{2,10}{3,10}{4,9}{5,11}", cells).TrimEnd();

    private static string Text(FormattableString text) => FormattableString.Invariant(text);

    private static string ByteText(double bytes) => bytes < 1 << 30 ? Text($"{Math.Ceiling(bytes / (1 << 20))} MiB") : Text($"{bytes / (1 << 30):F1} GiB");
}
