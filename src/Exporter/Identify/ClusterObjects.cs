using System.Text.Json;
using SFlow.Exporter.Identify.Kubernetes;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify;

/// <summary>Reads whole objects from the API or from the inventory file, for a person who asks. The watches keep much less of them.</summary>
internal sealed class ClusterObjects(AddressBookSource source, IdentifyOptions options) : IClusterObjects, IDisposable
{
    /// <summary>Maximum objects of one list.</summary>
    private const int Most = 10_000;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private readonly Lazy<IKubernetesApi>? api = source.Api is { } connect ? new Lazy<IKubernetesApi>(connect) : null;

    public async Task<ObjectReading> ListAsync(string kind, string group, string plural, string? space, CancellationToken cancellation)
    {
        try
        {
            if (api is not null) return await ListAsync(group, plural, space, cancellation);
            return options.Inventory.Length > 0 ? await InventoryAsync(kind, space, cancellation) : new ObjectReading([], "the exporter knows no cluster");
        }
        catch (KubernetesException fault) when (fault.Fault == ApiFault.Forbidden)
        {
            return new ObjectReading([], $"{fault.Message}; grant the verb list on {plural} of API group \"{group}\"");
        }
        catch (Exception fault) when (fault is KubernetesException or IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            return new ObjectReading([], fault.Message);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new ObjectReading([], $"no response within {Duration.Format(Longest)}");
        }
    }

    public void Dispose()
    {
        if (api is { IsValueCreated: true }) api.Value.Dispose();
    }

    private async Task<ObjectReading> ListAsync(string group, string plural, string? space, CancellationToken cancellation)
    {
        using CancellationTokenSource late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        late.CancelAfter(Longest);
        string version = group.Length == 0 ? "/api/v1" : $"/apis/{group}/v1", inside = space is null ? "" : $"/namespaces/{Uri.EscapeDataString(space)}";
        await using Stream body = await api!.Value.GetAsync($"{version}{inside}/{plural}?limit={Most}", "application/json", late.Token);
        using JsonDocument list = await JsonDocument.ParseAsync(body, default, late.Token);
        return new ObjectReading(Items(list.RootElement, null, space));
    }

    private async Task<ObjectReading> InventoryAsync(string kind, string? space, CancellationToken cancellation)
    {
        await using FileStream file = RegularFile.Open(options.Inventory, int.MaxValue);
        using JsonDocument list = await JsonDocument.ParseAsync(file, default, cancellation);
        JsonElement[] found = [.. Items(list.RootElement, kind, space)];
        return new ObjectReading(found, found.Length == 0 && kind == "NetworkPolicy" ? "the inventory has none; add networkpolicies to its kubectl command" : null);
    }

    private static IReadOnlyList<JsonElement> Items(JsonElement list, string? kind, string? space) =>
        list.ValueKind != JsonValueKind.Object || !list.TryGetProperty("items", out JsonElement items) || items.ValueKind != JsonValueKind.Array ? []
        : [.. items.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object && IsOf(item, kind, space)).Take(Most).Select(item => item.Clone())];

    private static bool IsOf(JsonElement item, string? kind, string? space)
    {
        if (kind is not null && (!item.TryGetProperty("kind", out JsonElement own) || own.ValueKind != JsonValueKind.String || own.GetString() != kind)) return false;
        if (!item.TryGetProperty("metadata", out JsonElement metadata) || metadata.ValueKind != JsonValueKind.Object) return false;
        return space is null || metadata.TryGetProperty("namespace", out JsonElement inside) && inside.ValueKind == JsonValueKind.String && inside.GetString() == space;
    }
}
