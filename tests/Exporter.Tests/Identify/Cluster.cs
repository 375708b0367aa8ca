using System.Text.Json;
using SFlow.Exporter.Identify;
using SFlow.Exporter.Identify.Index;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;


namespace SFlow.Exporter.Tests.Identify;

/// <summary>A small cluster, written as kubectl would print it.</summary>
internal static class Cluster
{
    public const string Json = """
        {"apiVersion":"v1","kind":"List","items":[
         {"kind":"Node","metadata":{"name":"worker-1","labels":{"topology.kubernetes.io/zone":"zone-a","topology.kubernetes.io/region":"eu-west"},"annotations":{
           "k8s.ovn.org/node-subnets":"{\"default\":[\"10.128.0.0/23\",\"fd01:0:0:1::/64\"]}",
           "k8s.ovn.org/l3-gateway-config":"{\"default\":{\"mode\":\"shared\",\"ip-addresses\":[\"192.168.100.101/24\"],\"next-hops\":[\"192.168.100.1\"]}}",
           "k8s.ovn.org/node-gateway-router-lrp-ifaddr":"{\"ipv4\":\"100.64.0.2/16\"}",
           "k8s.ovn.org/node-transit-switch-port-ifaddr":"{\"ipv4\":\"100.88.0.2/16\",\"ipv6\":\"fd97::2/64\"}"}},
          "status":{"addresses":[{"type":"InternalIP","address":"192.168.100.11"},{"type":"Hostname","address":"worker-1"}]}},
         {"kind":"Node","metadata":{"name":"worker-2","annotations":{"k8s.ovn.org/node-subnets":"{\"default\":\"10.128.2.0/23\"}",
           "k8s.ovn.org/node-gateway-router-lrp-ifaddrs":"{\"default\":{\"ipv4\":\"100.64.0.3/16\",\"ipv6\":\"fd98::3/64\"}}",
           "k8s.ovn.org/host-addresses":"[\"192.168.100.112\"]"}},
          "status":{"addresses":[{"type":"InternalIP","address":"192.168.100.12"}]}},
         {"kind":"ReplicaSet","metadata":{"name":"web-5d9","namespace":"shop","ownerReferences":[{"kind":"Deployment","name":"web","controller":true}]}},
         {"kind":"Job","metadata":{"name":"backup-28","namespace":"shop","ownerReferences":[{"kind":"CronJob","name":"backup","controller":true}]}},
         {"kind":"Pod","metadata":{"name":"web-5d9-x","namespace":"shop","ownerReferences":[{"kind":"ReplicaSet","name":"web-5d9","controller":true}]},
          "spec":{"nodeName":"worker-1","containers":[{"ports":[{"containerPort":8080},{"containerPort":9999}]}]},
          "status":{"phase":"Running","podIP":"10.128.0.5","podIPs":[{"ip":"10.128.0.5"},{"ip":"fd01:0:0:1::5"}]}},
         {"kind":"Pod","metadata":{"name":"orphan-7c4-y","namespace":"shop","labels":{"pod-template-hash":"7c4"},
           "ownerReferences":[{"kind":"ReplicaSet","name":"orphan-7c4","controller":true}]},
          "spec":{"nodeName":"worker-2"},"status":{"phase":"Running","podIP":"10.128.2.6"}},
         {"kind":"Pod","metadata":{"name":"backup-28-z","namespace":"shop","ownerReferences":[{"kind":"Job","name":"backup-28","controller":true}]},
          "spec":{"nodeName":"worker-2"},"status":{"phase":"Running","podIP":"10.128.2.7"}},
         {"kind":"Pod","metadata":{"name":"legacy-1-q","namespace":"shop","labels":{"deploymentconfig":"legacy"},"ownerReferences":[{"kind":"ReplicationController","name":"legacy-1","controller":true}]},
          "spec":{"nodeName":"worker-1"},"status":{"phase":"Running","podIP":"10.128.0.9"}},
         {"kind":"Pod","metadata":{"name":"db-0","namespace":"shop","ownerReferences":[{"kind":"StatefulSet","name":"db","controller":true}]},
          "spec":{"nodeName":"worker-2"},"status":{"phase":"Running","podIP":"10.128.2.9"}},
         {"kind":"Pod","metadata":{"name":"agent-w","namespace":"shop","ownerReferences":[{"kind":"DaemonSet","name":"agent","controller":true}]},
          "spec":{"nodeName":"worker-2"},"status":{"phase":"Running","podIP":"10.128.2.10"}},
         {"kind":"Pod","metadata":{"name":"canary-55-v","namespace":"shop","ownerReferences":[{"kind":"ReplicaSet","name":"canary-55","controller":true}]},
          "spec":{"nodeName":"worker-2"},"status":{"phase":"Running","podIP":"10.128.2.11"}},
         {"kind":"ReplicaSet","metadata":{"name":"canary-55","namespace":"shop","ownerReferences":[{"kind":"Rollout","name":"canary","controller":true}]}},
         {"kind":"Pod","metadata":{"name":"proxy-worker-2","namespace":"shop","ownerReferences":[{"kind":"Node","name":"worker-2","controller":true}]},
          "spec":{"nodeName":"worker-2"},"status":{"phase":"Running","podIP":"10.128.2.12"}},
         {"kind":"Pod","metadata":{"name":"done","namespace":"shop"},"spec":{"nodeName":"worker-2"},"status":{"phase":"Succeeded","podIP":"10.128.2.8"}},
         {"kind":"Pod","metadata":{"name":"etcd-1","namespace":"openshift-etcd"},"spec":{"nodeName":"worker-1","hostNetwork":true,
           "containers":[{"ports":[{"containerPort":19979}]}]},
          "status":{"phase":"Running","podIP":"192.168.100.11","hostIP":"192.168.100.11"}},
         {"kind":"Pod","metadata":{"name":"twin-a","namespace":"blue"},"spec":{"nodeName":"worker-1"},"status":{"podIP":"10.200.0.1"}},
         {"kind":"Pod","metadata":{"name":"twin-b","namespace":"red"},"spec":{"nodeName":"worker-2"},"status":{"podIP":"10.200.0.1"}},
         {"kind":"Service","metadata":{"name":"web","namespace":"shop"},"spec":{"type":"NodePort","clusterIP":"172.30.1.1","clusterIPs":["172.30.1.1","fd02::1:1"],"externalIPs":["203.0.113.77"],
           "ports":[{"name":"http","port":80,"targetPort":8080,"nodePort":30080}]},"status":{"loadBalancer":{"ingress":[{"ip":"203.0.113.9"}]}}},
         {"kind":"Service","metadata":{"name":"all","namespace":"shop"},"spec":{"clusterIP":"172.30.1.2","ports":[{"port":81,"targetPort":8080}]}},
         {"kind":"Service","metadata":{"name":"api","namespace":"default"},"spec":{"clusterIP":"172.30.0.1","ports":[{"name":"https","port":443}]}},
         {"kind":"EndpointSlice","metadata":{"name":"web-1","namespace":"shop","labels":{"kubernetes.io/service-name":"web"}},
          "endpoints":[{"addresses":["10.128.0.5"],"conditions":{"ready":true}},{"addresses":["10.128.2.6"],"conditions":{"ready":false}}],
          "ports":[{"name":"http","port":8080,"protocol":"TCP"}]},
         {"kind":"EndpointSlice","metadata":{"name":"all-1","namespace":"shop","labels":{"kubernetes.io/service-name":"all"}},
          "endpoints":[{"addresses":["10.128.0.5"]}],"ports":[{"name":"","port":8080,"protocol":"TCP"}]},
         {"kind":"EndpointSlice","metadata":{"name":"api-1","namespace":"default","labels":{"kubernetes.io/service-name":"api"}},
          "endpoints":[{"addresses":["192.168.100.200"]}],"ports":[{"name":"https","port":6443}]}
        ]}
        """;

    public static IReadOnlyList<KubernetesObject> Objects { get; } = JsonSerializer.Deserialize(Json, KubernetesJson.Default.KubernetesList)!.Items!;

    public static AddressBook Build(Registries names, string networks = "") =>
        Index(names, networks).Publish();

    /// <summary>The index that knows this cluster.</summary>
    public static ClusterIndex Index(Registries names, string networks = "", TimeProvider? time = null)
    {
        ClusterIndex index = new(names, new IdentifyOptions { Networks = networks }, new KubernetesOptions(), time ?? TimeProvider.System);
        index.Replace(Objects);
        return index;
    }

    public static Address Address(string text) => SFlow.Address.TryParse(text, out Address address) ? address : throw new FormatException(text);
}
