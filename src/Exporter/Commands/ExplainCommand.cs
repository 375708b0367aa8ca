using SFlow.Exporter.Identify;
using SFlow.Exporter.Identify.Explain;
using SFlow.Exporter.Identify.GeoIp;
using SFlow.Exporter.Identify.Index;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Commands;

/// <summary><c>explain</c>: what an address is by the inventory or the cluster as it is now, and how that is known.</summary>
internal static class ExplainCommand
{
    public static async Task<int> RunAsync(string address, string? at, Settings settings, TextWriter output, CancellationToken stop)
    {
        if (!Address.TryParse(address, out Address parsed)) throw new SettingsException([$"\"{address}\" can't be read as an address. Write an IPv4 or IPv6 address, such as 10.128.0.5 or fd01::5."]);
        DateTimeOffset time = default;
        if (at is not null && !ExplainEndpoint.TryParseTime(at, out time)) throw new SettingsException([$"\"{at}\" can't be read as a time. Write a time such as 2026-11-24T10:31:00Z or 10:31."]);

        ClusterIndex index = new(new Registries(), settings.Identify, settings.Kubernetes, TimeProvider.System);
        AddressBookSource source = AddressBookSource.From(settings);
        if (source.Api is { } connect) await ClusterReading.ReadAsync(connect, index, stop);
        else source.Load(index);

        using GeoIpDatabases? places = GeoIpDatabases.Open(settings.Identify);
        Explanation explanation = index.Explain(parsed, at is null ? null : time).In(places);
        await output.WriteLineAsync($"{explanation.Address}: {explanation.What}");
        await output.WriteLineAsync($"known by: {explanation.How}");
        if (explanation.Namespace is { } space) await output.WriteLineAsync($"namespace: {space}");
        if (explanation.Place is { } place) await output.WriteLineAsync($"place: {place}");
        foreach (AddressOwner owner in explanation.Owners.Where(owner => owner.Since is not null)) await output.WriteLineAsync($"since {owner.Since:u}: {owner.What}");
        return ExitCode.Success;
    }
}
