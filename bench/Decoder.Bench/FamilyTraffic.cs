using SFlow.Exporter.Pipeline;

namespace SFlow.Bench;

/// <summary>Samples between pods as the stages before the families leave them.</summary>
internal static class FamilyTraffic
{
    /// <param name="samples">Gets the samples.</param>
    /// <param name="names">Registries of their ids.</param>
    /// <param name="pods">Pods of the cluster.</param>
    /// <param name="workloads">Workloads that own the pods; 0 for none.</param>
    public static void Fill(Span<Flow> samples, Registries names, int pods, int workloads = 0)
    {
        int[] endpoints = [.. Enumerable.Range(0, pods).Select(pod => names.Endpoints.Intern(new FlowEndpoint
        {
            Kind = EndpointKind.Pod, Label = $"space-{pod % 40}", Name = $"pod-{pod}", NodeName = $"node-{pod % 8}", Zone = $"zone-{pod % 8 % 3}", Region = "eu", HostNode = pod % 8,
            OwnerKind = workloads > 0 ? "Deployment" : null, OwnerName = workloads > 0 ? $"app-{pod % workloads}" : null,
        }).Id)];
        int[] services = [.. Enumerable.Range(0, 100).Select(service => names.Services.Intern($"space-{service % 40}/service-{service}:http"))];
        Random random = new(1);
        foreach (ref Flow sample in samples)
        {
            int service = random.Next(services.Length);
            // A Service's backends and its callers are few, so that the triples fit into the limit.
            int server = (random.Next(100) * 40) + (service % 40), client = (random.Next(100) * 40) + ((service + random.Next(4)) % 40);
            bool answer = random.Next(2) == 0;
            sample = new Flow
            {
                Counted = random.Next(3) > 0, SourceEndpoint = endpoints[answer ? server : client], DestinationEndpoint = endpoints[answer ? client : server],
                ServerService = services[service], AcknowledgedBytes = random.Next(8) == 0 ? 1_000u : 0, FrameLength = (uint)random.Next(70, 1_500), Stripped = 4, SamplingRate = 400,
            };
        }
    }
}
