"""Who talks to whom in the lab, how often and how much: what such a cluster does, at a volume that two cores can carry."""
from dataclasses import dataclass

from cluster import Cluster


@dataclass(frozen=True)
class Conversation:
    clients: str  # namespace/workload, @node (from ovn-k8s-mp0), @outside
    targets: tuple  # (address, port); each request takes the next one
    every: float  # seconds between requests of one client, on average
    request: int = 300  # bytes
    response: int = 1000
    protocol: str = "tcp"  # tcp, dns or icmp
    names: tuple = ()  # dns: what is asked for, in turn
    keep: bool = False  # one connection for all requests
    probe: bool = False  # @node: only to pods of the own node


class Directory:
    """Turns names into targets."""

    def __init__(self, cluster: Cluster):
        self.cluster = cluster

    def service(self, name, port, family=4):
        s = self.cluster.find_service(name)
        return ((s.address6 if family == 6 else s.address, s.port(port).port),)

    def pods(self, workload, port, family=4):
        ready = (p for p in self.cluster.find(workload).pods if p.state == "ready")
        return tuple((p.address6 if family == 6 else p.address, port) for p in ready)

    def nodes(self, port):
        return tuple((n.address, port) for n in self.cluster.nodes)

    def gateways(self, port):
        return tuple((n.gateway, port) for n in self.cluster.nodes)


def conversations(cluster):
    d = Directory(cluster)
    return [*_shop(d), *_monitoring(d), *_control_plane(d), *_platform(d), *_names(d), *_pings(d), *_probes(d)]


def _shop(d):
    return [
        Conversation("@outside", d.gateways(31443), .12, 700, 16000),
        Conversation("openshift-ingress/router-default", d.pods("shop/storefront", 8080), .14, 800, 15000),
        Conversation("shop/storefront", d.service("shop/cart", "http"), .30, 420, 1800),
        Conversation("shop/storefront", d.service("shop/catalog", "http", 6), .22, 350, 9000),
        Conversation("shop/storefront", d.service("shop/checkout", "https"), .9, 1500, 2600),
        Conversation("shop/cart", d.service("shop/redis", "redis"), .06, 140, 420, keep=True),
        Conversation("shop/catalog", (("192.168.200.50", 5432),), .25, 300, 5000, keep=True),
        Conversation("shop/checkout", d.service("shop/orders-db", "postgresql"), .08, 600, 1100, keep=True),
        Conversation("shop/checkout", (("93.184.215.14", 443),), 1.1, 2100, 4200),
        Conversation("shop/checkout", d.service("messaging/kafka-bootstrap", "clients"), .10, 2600, 80, keep=True),
        Conversation("shop/order-report", d.service("shop/orders-db", "postgresql"), .5, 250, 42000, keep=True),
        Conversation("analytics/clickstream", d.pods("messaging/kafka", 9092), .16, 110, 14000, keep=True),
        Conversation("messaging/kafka", d.pods("messaging/kafka", 9092, 6), .15, 3000, 90, keep=True),
        Conversation("analytics/clickstream", (("192.168.200.60", 9000),), .6, 26000, 200),
    ]


def _monitoring(d):
    m, prometheus = "openshift-monitoring", "openshift-monitoring/prometheus-k8s"
    return [
        Conversation(prometheus, d.pods(f"{m}/grafana", 3000), 1.2, 400, 22000),
        Conversation(prometheus, d.nodes(10250), .8, 450, 30000),
        Conversation(prometheus, d.nodes(9100), 1.3, 450, 18000),
        Conversation(prometheus, d.nodes(9979), 1.5, 450, 12000),
        Conversation(prometheus, d.pods(f"{m}/kube-state-metrics", 8443), 2, 400, 90000),
        Conversation(prometheus, d.pods("openshift-dns/dns-default", 9154), 2, 380, 9000),
        Conversation(prometheus, d.pods("openshift-ingress/router-default", 1936), 2, 380, 14000),
        Conversation(prometheus, d.pods("sflow/sflow-exporter", 16343), 2.5, 380, 60000),
        Conversation(prometheus, d.pods(f"{m}/alertmanager-main", 9095), 1.6, 1800, 240),
        Conversation(f"{m}/alertmanager-main", d.pods(f"{m}/alertmanager-main", 9095), 1.5, 600, 300),
        Conversation(f"{m}/grafana", d.service(f"{m}/prometheus-k8s", "web"), .35, 1100, 13000),
        Conversation(f"{m}/thanos-querier", d.pods(prometheus, 10901), .7, 900, 24000, keep=True),
        Conversation("openshift-console/console", d.service(f"{m}/thanos-querier", "web"), .8, 900, 11000),
    ]


def _control_plane(d):
    api = (("172.30.0.1", 443),)
    watchers = {"openshift-monitoring/kube-state-metrics": .3, "openshift-etcd-operator/etcd-operator": .7, "openshift-console/console": 1.1, "openshift-ingress/router-default": .9,
                "openshift-dns/dns-default": 1.2, "openshift-image-registry/image-registry": 1.6, "sflow/sflow-exporter": .8, "openshift-monitoring/prometheus-k8s": .9, "openshift-apiserver/apiserver": .4}
    return [
        Conversation("openshift-apiserver/apiserver", d.nodes(2379), .05, 380, 2200, keep=True),
        Conversation("openshift-oauth-apiserver/apiserver", d.nodes(2379), .25, 320, 900, keep=True),
        Conversation("openshift-etcd-operator/etcd-operator", d.nodes(2379), 1, 260, 700),
        Conversation("@node", d.service("openshift-apiserver/api", "https"), .3, 700, 6500, keep=True),
        Conversation("@node", d.service("openshift-oauth-apiserver/api", "https"), 1.1, 650, 2500),
        *(Conversation(who, api, every, 500, 4000, keep=True) for who, every in watchers.items()),
    ]


def _platform(d):
    return [
        Conversation("openshift-logging/collector", d.service("openshift-logging/logging-loki-gateway-http", "public"), .25, 9500, 120, keep=True),
        Conversation("openshift-logging/logging-loki-gateway", (("192.168.200.60", 9000),), .8, 30000, 200),
        Conversation("@node", d.service("openshift-image-registry/image-registry", "5000-tcp"), 3, 500, 160000),
        Conversation("openshift-image-registry/image-registry", (("192.168.200.60", 9000),), 2, 600, 60000),
        Conversation("openshift-ingress/router-default", d.pods("openshift-console/console", 8443), 1.4, 700, 20000),
        Conversation("openshift-network-diagnostics/network-check-source", d.service("openshift-network-diagnostics/network-check-target", ""), .6, 120, 200),
        Conversation("openshift-network-diagnostics/network-check-source", d.pods("openshift-network-diagnostics/network-check-target", 8080), .6, 120, 200),
    ]


def _names(d):
    dns, dns6 = d.service("openshift-dns/dns-default", "dns"), d.service("openshift-dns/dns-default", "dns", 6)
    askers = [w for w in d.cluster.workloads if not w.host and w.namespace != "openshift-dns"]
    often = {"shop": .35, "analytics": .6, "openshift-monitoring": .7}
    inside = tuple(f"{s.name}.{s.namespace}.svc.cluster.local" for s in d.cluster.services)
    outside, resolvers = ("registry.example.com", "payments.example.net", "telemetry.example.org"), (("8.8.8.8", 53), ("1.1.1.1", 53))
    return [*(Conversation(f"{w.namespace}/{w.name}", dns, often.get(w.namespace, 1.5), protocol="dns", names=inside) for w in askers),
            *(Conversation(f"{w.namespace}/{w.name}", dns6, .9, protocol="dns", names=inside) for w in askers if w.namespace in ("shop", "messaging")),
            Conversation("openshift-dns/dns-default", resolvers, .15, protocol="dns", names=outside)]


def _pings(d):
    source = "openshift-network-diagnostics/network-check-source"
    targets = "openshift-network-diagnostics/network-check-target"
    return [Conversation(source, d.pods(targets, 0), .4, 56, protocol="icmp"), Conversation(source, d.pods(targets, 0, 6), .5, 56, protocol="icmp"),
            Conversation(source, (("8.8.8.8", 0),), 1, 56, protocol="icmp")]


def _probes(d):
    """kubelet asks each pod of its own node whether it is well; this reaches the pod from ovn-k8s-mp0."""
    return [Conversation("@node", tuple((p.address, port.number) for p in w.pods if p.state == "ready"), 4, 110, 180, probe=True)
            for w in d.cluster.workloads if not w.host for port in [next((q for q in w.ports if q.protocol == "TCP"), None)] if port]
