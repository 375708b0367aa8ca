using System.Globalization;

namespace SFlow.Bench.Kubernetes;

/// <summary>Objects of a made-up cluster by their number, written as an API server writes them: most of a pod is what names do not need.</summary>
internal static class SyntheticObjects
{
    public const int Nodes = 1_000, Namespaces = 500, PodsOfApplication = 10;

    private static readonly string ballast = string.Join(',', Enumerable.Range(0, 24).Select(index =>
        $$$$"""{"name":"SETTING_{{{{index}}}}","valueFrom":{"configMapKeyRef":{"name":"settings-of-the-application","key":"key-{{{{index}}}}"}}}"""));

    private static readonly string fields = string.Join(',', Enumerable.Range(0, 40).Select(index => $$$$"""  "f:field-{{{{index}}}}":{".":{},"f:value":{}}"""));

    /// <summary>Address of the pod in place <paramref name="place"/>; a pod that is replaced gets the address of another place.</summary>
    public static string PodAddress(int place) => string.Create(CultureInfo.InvariantCulture, $"10.{128 + (place >> 16)}.{place >> 8 & 255}.{place & 255}");

    public static string Node(int index) => string.Create(CultureInfo.InvariantCulture,
        $$$$"""{"metadata":{"name":"node-{{{{index}}}}","resourceVersion":"1","labels":{"topology.kubernetes.io/zone":"zone-{{{{index % 3}}}}"},"annotations":{"k8s.ovn.org/node-subnets":"{\"default\":[\"10.{{{{200 + index / 128}}}}.{{{{index % 128 * 2}}}}.0/23\"]}"}},"status":{"addresses":[{"type":"InternalIP","address":"192.168.{{{{index / 256}}}}.{{{{index % 256}}}}"}]}}""");

    public static string Namespace(int index) => $$$"""{"kind":"PartialObjectMetadata","metadata":{"name":"{{{Space(index)}}}","resourceVersion":"1","creationTimestamp":"2026-11-24T10:00:00Z"}}""";

    public static string ReplicaSet(int application) => string.Create(CultureInfo.InvariantCulture,
        $$$$"""{"kind":"PartialObjectMetadata","metadata":{"name":"app-{{{{application}}}}-6c9f7b5d8","namespace":"{{{{Space(application)}}}}","resourceVersion":"1","ownerReferences":[{"apiVersion":"apps/v1","kind":"Deployment","name":"app-{{{{application}}}}","controller":true}]}}""");

    public static string Service(int application) => string.Create(CultureInfo.InvariantCulture,
        $$$$"""{"metadata":{"name":"app-{{{{application}}}}","namespace":"{{{{Space(application)}}}}","resourceVersion":"1"},"spec":{"clusterIP":"172.30.{{{{application / 256}}}}.{{{{application % 256}}}}","ports":[{"name":"http","protocol":"TCP","port":80,"targetPort":8080}]}}""");

    public static string Slice(int application, IEnumerable<string> addresses) =>
        $$$$"""{"metadata":{"name":"app-{{{{application}}}}-x7k2p","namespace":"{{{{Space(application)}}}}","resourceVersion":"1","labels":{"kubernetes.io/service-name":"app-{{{{application}}}}"}},"addressType":"IPv4","endpoints":[{{{{string.Join(',', addresses.Select(address => $$$$"""{"addresses":["{{{{address}}}}"],"conditions":{"ready":true,"serving":true,"terminating":false},"targetRef":{"kind":"Pod"}}"""))}}}}],"ports":[{"name":"http","protocol":"TCP","port":8080}]}""";

    /// <param name="application">Whose pod it is.</param>
    /// <param name="serial">Counts the pods there ever were: the end of its name.</param>
    /// <param name="address">Its address, or null while it has none.</param>
    public static string Pod(int application, int serial, string? address)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"app-{application}-6c9f7b5d8-{serial:x5}"), node = $"node-{serial % Nodes}";
        string status = address is null ? """{"phase":"Pending"}"""
            : $$$$"""{"phase":"Running","podIP":"{{{{address}}}}","podIPs":[{"ip":"{{{{address}}}}"}],"hostIP":"192.168.0.1","conditions":[{"type":"Ready","status":"True","lastTransitionTime":"2026-11-24T10:00:00Z"},{"type":"ContainersReady","status":"True","lastTransitionTime":"2026-11-24T10:00:00Z"}],"containerStatuses":[{"name":"main","ready":true,"image":"registry.example/team/application:1.2.3"}]}""";
        return $$$$"""{"metadata":{"name":"{{{{name}}}}","namespace":"{{{{Space(application)}}}}","resourceVersion":"1","creationTimestamp":"2026-11-24T10:00:00Z","labels":{"app":"app-{{{{application}}}}","pod-template-hash":"6c9f7b5d8"},"ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"app-{{{{application}}}}-6c9f7b5d8","uid":"00000000-0000-4000-8000-000000000000","controller":true,"blockOwnerDeletion":true}],"managedFields":[{"manager":"kubelet","operation":"Update","fieldsV1":{{{{{fields}}}}}}]},"spec":{"nodeName":"{{{{node}}}}","containers":[{"name":"main","image":"registry.example/team/application:1.2.3","ports":[{"name":"http","containerPort":8080,"protocol":"TCP"}],"env":[{{{{ballast}}}}],"resources":{"requests":{"cpu":"100m","memory":"128Mi"}} }]},"status":{{{{status}}}}}""";
    }

    private static string Space(int application) => $"team-{application % Namespaces}";
}
