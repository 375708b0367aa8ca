using SFlow.Exporter.Identify.Index;
using SFlow.Exporter.Identify.Resources;

namespace SFlow.Exporter.Identify.Kubernetes;

/// <summary>Everything at once, for a question that is asked once.</summary>
internal static class ClusterList
{
    /// <exception cref="KubernetesException">A kind that is needed can't be listed.</exception>
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
                // Names can be had without it, if less well.
            }
        }
        index.Publish();
    }
}
