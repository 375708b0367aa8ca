using SFlow.Exporter.Http.WebConfig;
using SFlow.Exporter.Identify;
using SFlow.Exporter.Identify.GeoIp;
using SFlow.Exporter.Identify.Index;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Commands;

/// <summary><c>check</c>: the configuration was validated before; reads the inventory, or lists the cluster, and prints what was found.</summary>
internal static class CheckCommand
{
    /// <exception cref="BadInputException">The cluster can't be read.</exception>
    public static async Task<int> RunAsync(Settings settings, TextWriter output, CancellationToken stop)
    {
        ClusterIndex index = new(new Registries(), settings.Identify, settings.Kubernetes, TimeProvider.System);
        AddressBookSource source = AddressBookSource.From(settings);
        AddressBook book = source.Api is { } connect ? await ClusterReading.ReadAsync(connect, index, stop) : source.Load(index);
        WebConfiguration web = WebConfigurationFile.Read(settings.Http.WebConfig).Configuration;
        output.WriteLine("configuration: ok");
        if (settings.Http.WebConfig.Length > 0) output.WriteLine($"page, API and metrics: {(web.Tls is null ? "HTTP" : "HTTPS")}, {(web.Users.Count == 0 ? "no login" : $"{web.Users.Count} users")}");
        using GeoIpDatabases? places = GeoIpDatabases.Open(settings.Identify);
        foreach (GeoIpStats database in places?.Figures ?? [])
            output.WriteLine($"places: {database.File}, built {DateTimeOffset.FromUnixTimeSeconds(database.Built):yyyy-MM-dd}");
        if (source.Api is null && source.File is null)
        {
            output.WriteLine("inventory: none. Addresses get the name of their network only. Set --inventory, --kubeconfig or KUBECONFIG to name pods and Services.");
            return ExitCode.Success;
        }
        string origin = source.Api is null ? "inventory" : "cluster";
        AddressBookStats facts = book.Facts;
        output.WriteLine($"{origin}: {facts.Nodes} nodes, {facts.Pods} pods, {facts.Services} services, {facts.Addresses} addresses");
        if (facts.AmbiguousAddresses > 0) output.WriteLine($"{origin}: {facts.AmbiguousAddresses} addresses belong to several live pods. Samples of them are assigned by port, tunnel, node and network.");
        if (facts.SkippedEntries > 0) output.WriteLine($"{origin}: {facts.SkippedEntries} entries were skipped (null, of a wrong type, or without a valid address)");
        if (source.FirstFault is { } fault) output.WriteLine($"{origin}: first skipped entry: {fault}");
        if (facts.Pods == 0) output.WriteLine($"{origin}: no pods were found, so addresses of pods get no name. Write an inventory of all kinds with: {InventoryFile.Command}");
        return ExitCode.Success;
    }
}
