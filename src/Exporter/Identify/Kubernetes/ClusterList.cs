using SFlow.Exporter.Identify.Index;
using SFlow.Exporter.Identify.Resources;

namespace SFlow.Exporter.Identify.Kubernetes;

/// <summary>Lists everything once, for commands such as explain.</summary>
internal static class ClusterList
{
    /// <exception cref="KubernetesException">A required kind cannot be listed.</exception>
    public static async Task ReadAsync(IKubernetesApi api, ClusterIndex index, CancellationToken stop)
    {
        ResourceReader reader = new();
        foreach (KubernetesResource resource in KubernetesResource.All)
        {
            try
            {
                index.Replace(resource.Kind, (await ObjectList.ReadAsync(resource, api, reader, new WatchTiming().Patience, stop)).Facts);
            }
            catch (KubernetesException fault) when (resource.CanDoWithout(fault.Fault))
            {
                // Names are available without it, with less detail.
            }
        }
        index.Publish();
    }
}
