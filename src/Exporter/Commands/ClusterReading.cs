using SFlow.Exporter.Identify;
using SFlow.Exporter.Identify.Index;
using SFlow.Exporter.Identify.Kubernetes;

namespace SFlow.Exporter.Commands;

/// <summary>The cluster as it is now, for a verb that asks once.</summary>
internal static class ClusterReading
{
    /// <exception cref="BadInputException">A kind that is needed can't be listed; the message says which, and why.</exception>
    public static async Task<AddressBook> ReadAsync(Func<IKubernetesApi> connect, ClusterIndex index, CancellationToken stop)
    {
        using IKubernetesApi api = connect();
        try
        {
            await ClusterList.ReadAsync(api, index, stop);
        }
        catch (KubernetesException fault)
        {
            throw new BadInputException($"The Kubernetes API can't be read: {fault.Message}");
        }
        return index.Publish();
    }
}
