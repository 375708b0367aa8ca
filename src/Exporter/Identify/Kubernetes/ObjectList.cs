using System.Text.Json;
using SFlow.Exporter.Identify.Resources;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify.Kubernetes;

/// <summary>All objects of a kind at one moment, read in pages. At most one page of JSON is in memory.</summary>
/// <param name="Facts">The resource of each object.</param>
/// <param name="Version">Resource version of that moment, to watch from.</param>
internal sealed record ObjectList(List<ObjectResource> Facts, string Version)
{
    private const int PageSize = 500;

    /// <exception cref="KubernetesException">The list failed. No part of it is used.</exception>
    public static async Task<ObjectList> ReadAsync(KubernetesResource resource, IKubernetesApi api, ResourceReader reader, TimeSpan patience, CancellationToken stop)
    {
        List<ObjectResource> facts = [];
        string next = "";
        while (true)
        {
            using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
            limit.CancelAfter(patience);
            KubernetesList page = await PageAsync(resource, api, next, limit.Token, stop);
            foreach (KubernetesObject item in page.Items ?? [])
            {
                // Items of a list do not repeat their kind, or have the kind PartialObjectMetadata.
                item.Kind = resource.Kind;
                if (reader.Read(item) is { } read) facts.Add(read);
            }
            next = page.Metadata?.Continue ?? "";
            if (next.Length == 0) return new ObjectList(facts, page.Metadata?.ResourceVersion ?? "");
        }
    }

    private static async Task<KubernetesList> PageAsync(KubernetesResource resource, IKubernetesApi api, string next, CancellationToken limit, CancellationToken stop)
    {
        string query = next.Length == 0 ? $"?limit={PageSize}" : $"?limit={PageSize}&continue={Uri.EscapeDataString(next)}";
        try
        {
            await using Stream body = await api.GetAsync(resource.Path + query, resource.Accept(list: true), limit);
            return await JsonSerializer.DeserializeAsync(body, KubernetesJson.Default.KubernetesList, limit)
                ?? throw new KubernetesException(ApiFault.Malformed, "the response is empty");
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new KubernetesException(ApiFault.Silent, "no response in time");
        }
        catch (JsonException fault)
        {
            throw new KubernetesException(ApiFault.Malformed, $"the response can't be read as a list: {KubernetesClientApi.Plain(fault.Message)}");
        }
        catch (Exception fault) when (fault is IOException or HttpRequestException or ObjectDisposedException)
        {
            throw new KubernetesException(ApiFault.Connection, fault.Message);
        }
    }
}
