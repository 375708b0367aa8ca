using System.Globalization;
using System.Runtime.InteropServices;
using SFlow.Captures;
using SFlow.FlowRecords;
using SFlow.Packets;
using SFlow.Samples;

namespace SFlow.Compare.Machine;

/// <summary>
/// An inventory that fits a capture: the pods whose addresses it shows most, on nodes of a /23 each, and a Service for each of its
/// addresses of the service network. Most of a pod's bytes are what names do not need, as in a real one.
/// </summary>
internal static class Inventory
{
    public const int Pods = 4_000;

    private const int Namespaces = 40;
    private const uint PodNetwork = 10u << 24 | 128u << 16, PodMask = 0xFFFC_0000, ServiceNetwork = 172u << 24 | 30u << 16, ServiceMask = 0xFFFF_0000;

    private static readonly string environment = string.Join(',', Enumerable.Range(0, 20).Select(index =>
        $$$$"""{"name":"SETTING_{{{{index}}}}","valueFrom":{"configMapKeyRef":{"name":"settings-of-the-application","key":"key-{{{{index}}}}"}}}"""));

    private static readonly string conditions = string.Join(',', new[] { "PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady", "PodScheduled" }.Select(type =>
        $$$"""{"type":"{{{type}}}","status":"True","lastProbeTime":null,"lastTransitionTime":"2026-11-24T10:00:00Z"}"""));

    public static void Write(Capture capture, string path)
    {
        Dictionary<uint, int> seen = Count(capture);
        uint[] pods = [.. Within(seen, PodNetwork, PodMask).Take(Pods)], services = [.. Within(seen, ServiceNetwork, ServiceMask).Order()];
        using StreamWriter file = new(path);
        file.Write("""{"apiVersion":"v1","kind":"List","metadata":{"resourceVersion":""},"items":[""");
        string[] items =
        [
            .. pods.Select(Subnet).Distinct().Order().Select(Node),
            .. Enumerable.Range(0, Namespaces).Select(index => $$$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"team-{{{index}}}"},"status":{"phase":"Active"}}"""),
            .. services.Select(Service),
            .. services.Select((_, index) => Slice(index, pods.Where((_, pod) => pod % services.Length == index))),
            .. pods.Select((address, index) => Pod(index, index % Math.Max(1, services.Length), address)),
        ];
        file.Write(string.Join(",\n", items));
        file.Write("]}\n");
    }

    /// <summary>How often each IPv4 address is an end of a sampled packet.</summary>
    private static Dictionary<uint, int> Count(Capture capture)
    {
        Dictionary<uint, int> seen = [];
        using CaptureReader reader = new(File.OpenRead(capture.Path));
        while (reader.TryRead(out CapturedDatagram captured))
        {
            if (Datagram.TryRead(captured.Payload, out Datagram datagram) != DecodeStatus.Ok) continue;
            foreach (Structure sample in datagram.Samples)
            {
                if (!FlowSample.TryRead(sample, out FlowSample flow)) continue;
                foreach (Structure record in flow.Records)
                {
                    if (record.Tag != SampledHeader.Tag || !SampledHeader.TryRead(record.Data, out SampledHeader header)) continue;
                    SampledPacket packet = SampledPacket.Dissect(header.Protocol, header.Header);
                    if (!packet.Source.IsIPv4) continue;
                    CollectionsMarshal.GetValueRefOrAddDefault(seen, (uint)packet.Source.Low, out _)++;
                    CollectionsMarshal.GetValueRefOrAddDefault(seen, (uint)packet.Destination.Low, out _)++;
                }
            }
        }
        return seen;
    }

    /// <summary>Addresses of a network, the most frequent first.</summary>
    private static IEnumerable<uint> Within(Dictionary<uint, int> seen, uint network, uint mask) =>
        seen.Where(entry => (entry.Key & mask) == network).OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key).Select(entry => entry.Key);

    private static uint Subnet(uint address) => (address - PodNetwork) >> 9;

    private static string Node(uint subnet) =>
        $$$"""{"apiVersion":"v1","kind":"Node","metadata":{"name":"node-{{{subnet}}}","labels":{"topology.kubernetes.io/zone":"zone-{{{subnet % 3}}}"},"annotations":{"k8s.ovn.org/node-subnets":"{\"default\":[\"{{{Text(PodNetwork + (subnet << 9))}}}/23\"]}"}},"status":{"addresses":[{"type":"InternalIP","address":"10.0.1.{{{10 + subnet}}}"}]}}""";

    private static string Service(uint address, int index) =>
        $$$"""{"apiVersion":"v1","kind":"Service","metadata":{"name":"app-{{{index}}}","namespace":"team-{{{index % Namespaces}}}"},"spec":{"type":"ClusterIP","clusterIP":"{{{Text(address)}}}","clusterIPs":["{{{Text(address)}}}"],"ports":[{"name":"https","protocol":"TCP","port":443,"targetPort":8443},{"name":"http","protocol":"TCP","port":80,"targetPort":8080}]}}""";

    private static string Slice(int index, IEnumerable<uint> addresses) =>
        $$$"""{"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","metadata":{"name":"app-{{{index}}}-x7k2p","namespace":"team-{{{index % Namespaces}}}","labels":{"kubernetes.io/service-name":"app-{{{index}}}"}},"addressType":"IPv4","endpoints":[{{{string.Join(',', addresses.Select(End))}}}],"ports":[{"name":"https","protocol":"TCP","port":8443},{"name":"http","protocol":"TCP","port":8080}]}""";

    private static string End(uint address) => $$$"""{"addresses":["{{{Text(address)}}}"],"conditions":{"ready":true,"serving":true,"terminating":false}}""";

    private static string Pod(int serial, int application, uint address)
    {
        string name = $"app-{application}", space = $"team-{application % Namespaces}", hash = "6c9f7b5d8";
        string owner = $$$"""{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"{{{name}}}-{{{hash}}}","uid":"00000000-0000-4000-8000-000000000000","controller":true,"blockOwnerDeletion":true}""";
        string metadata = $$$"""{"name":"{{{name}}}-{{{hash}}}-{{{serial:x5}}}","namespace":"{{{space}}}","uid":"00000000-0000-4000-8000-{{{serial:x12}}}","creationTimestamp":"2026-11-24T10:00:00Z","labels":{"app":"{{{name}}}","pod-template-hash":"{{{hash}}}"},"ownerReferences":[{{{owner}}}]}""";
        string spec = $$$$"""{"nodeName":"node-{{{{Subnet(address)}}}}","serviceAccountName":"default","restartPolicy":"Always","containers":[{"name":"main","image":"registry.example/team/application:1.2.3","ports":[{"name":"http","containerPort":8080,"protocol":"TCP"}],"env":[{{{{environment}}}}],"resources":{"requests":{"cpu":"100m","memory":"128Mi"}}}]}""";
        string status = $$$"""{"phase":"Running","hostIP":"10.0.1.{{{10 + Subnet(address)}}}","podIP":"{{{Text(address)}}}","podIPs":[{"ip":"{{{Text(address)}}}"}],"conditions":[{{{conditions}}}],"containerStatuses":[{"name":"main","ready":true,"restartCount":0,"image":"registry.example/team/application:1.2.3"}]}""";
        return $$$"""{"apiVersion":"v1","kind":"Pod","metadata":{{{metadata}}},"spec":{{{spec}}},"status":{{{status}}}}""";
    }

    private static string Text(uint address) => string.Create(CultureInfo.InvariantCulture, $"{address >> 24}.{address >> 16 & 255}.{address >> 8 & 255}.{address & 255}");
}
