"""What runs on the cluster: a small OpenShift with real names, and a shop on top of it."""
from cluster import Cluster, Port, ServicePort as To

UDP = "UDP"


def openshift():
    c = Cluster()
    control_plane(c)
    monitoring(c)
    platform(c)
    shop(c)
    return c


def control_plane(c):
    etcd = c.workload("Node", "openshift-etcd", "etcd", "01", Port("etcd", 2379), Port("etcd-metrics", 9979), host=True)
    c.service(etcd, "etcd", "172.30.41.17", To("etcd", 2379, 2379), To("etcd-metrics", 9979, 9979))
    api = c.workload("Node", "openshift-kube-apiserver", "kube-apiserver", "01", Port("https", 6443), host=True)
    c.service(api, "apiserver", "172.30.18.4", To("https", 443, 6443))
    c.workload("DaemonSet", "openshift-ovn-kubernetes", "ovnkube-node", "01", Port("metrics", 29103), host=True)
    c.workload("Deployment", "openshift-etcd-operator", "etcd-operator", "0", Port("metrics", 8443))
    aggregated = c.workload("Deployment", "openshift-apiserver", "apiserver", "01", Port("https", 8443))
    c.service(aggregated, "api", "172.30.62.201", To("https", 443, 8443))
    oauth = c.workload("Deployment", "openshift-oauth-apiserver", "apiserver", "1", Port("https", 8443))
    c.service(oauth, "api", "172.30.140.9", To("https", 443, 8443))


def monitoring(c):
    ns = "openshift-monitoring"
    prometheus = c.workload("StatefulSet", ns, "prometheus-k8s", "01", Port("web", 9091), Port("grpc", 10901))
    c.service(prometheus, "prometheus-k8s", "172.30.77.8", To("web", 9091, 9091))
    c.service(prometheus, "prometheus-operated", None, To("web", 9091, 9091), To("grpc", 10901, 10901))
    grafana = c.workload("Deployment", ns, "grafana", "0", Port("https", 3000))
    c.service(grafana, "grafana", "172.30.77.30", To("https", 3000, 3000))
    alertmanager = c.workload("StatefulSet", ns, "alertmanager-main", "10", Port("web", 9095))
    c.service(alertmanager, "alertmanager-main", "172.30.77.93", To("web", 9094, 9095))
    thanos = c.workload("Deployment", ns, "thanos-querier", "10", Port("web", 9091))
    c.service(thanos, "thanos-querier", "172.30.77.19", To("web", 9091, 9091))
    state = c.workload("Deployment", ns, "kube-state-metrics", "1", Port("https-main", 8443))
    c.service(state, "kube-state-metrics", None, To("https-main", 8443, 8443))
    exporter = c.workload("DaemonSet", ns, "node-exporter", "01", Port("https", 9100), host=True)
    c.service(exporter, "node-exporter", None, To("https", 9100, 9100))


def platform(c):
    dns = c.workload("DaemonSet", "openshift-dns", "dns-default", "01", Port("dns", 5353, UDP), Port("dns-tcp", 5353), Port("metrics", 9154))
    c.service(dns, "dns-default", "172.30.0.10", To("dns", 53, 5353, UDP), To("dns-tcp", 53, 5353), To("metrics", 9154, 9154), address6="fd02::a")
    router = c.workload("Deployment", "openshift-ingress", "router-default", "01", Port("https", 443), Port("metrics", 1936))
    c.service(router, "router-default", "172.30.55.80", To("https", 443, 443, node_port=31443), type="LoadBalancer", load_balancer="192.168.100.150")
    c.service(router, "router-internal-default", "172.30.55.81", To("https", 443, 443), To("metrics", 1936, 1936))
    console = c.workload("Deployment", "openshift-console", "console", "1", Port("https", 8443))
    c.service(console, "console", "172.30.90.12", To("https", 443, 8443))
    registry = c.workload("Deployment", "openshift-image-registry", "image-registry", "1", Port("https", 5000))
    c.service(registry, "image-registry", "172.30.12.50", To("5000-tcp", 5000, 5000))
    c.workload("DaemonSet", "openshift-logging", "collector", "01")
    loki = c.workload("Deployment", "openshift-logging", "logging-loki-gateway", "0", Port("public", 8080))
    c.service(loki, "logging-loki-gateway-http", "172.30.201.8", To("public", 8080, 8080))
    c.workload("Deployment", "openshift-network-diagnostics", "network-check-source", "0")
    target = c.workload("DaemonSet", "openshift-network-diagnostics", "network-check-target", "01", Port("http", 8080))
    c.service(target, "network-check-target", "172.30.6.6", To("", 80, 8080))
    exporter = c.workload("Deployment", "sflow", "sflow-exporter", "1", Port("sflow", 6343, UDP), Port("http", 16343))
    c.service(exporter, "sflow-exporter", "172.30.0.63", To("sflow", 6343, 6343, UDP))
    c.service(exporter, "sflow-exporter-metrics", None, To("http-metrics", 16343, 16343))


def shop(c):
    ns = "shop"
    storefront = c.workload("Deployment", ns, "storefront", "011", Port("http", 8080), states=("ready", "ready", "unready"))
    c.service(storefront, "storefront", "172.30.99.20", To("http", 80, 8080, node_port=30080), type="NodePort")
    cart = c.workload("Deployment", ns, "cart", "01", Port("http", 8080))
    c.service(cart, "cart", "172.30.99.21", To("http", 80, 8080))
    catalog = c.workload("Deployment", ns, "catalog", "01", Port("http", 8080))
    c.service(catalog, "catalog", "172.30.99.22", To("http", 80, 8080), address6="fd02::9:22")
    checkout = c.workload("Deployment", ns, "checkout", "1", Port("https", 8443))
    c.service(checkout, "checkout", "172.30.88.9", To("https", 443, 8443))
    redis = c.workload("StatefulSet", ns, "redis", "0", Port("redis", 6379))
    c.service(redis, "redis", "172.30.99.63", To("redis", 6379, 6379))
    database = c.workload("StatefulSet", ns, "orders-db", "0", Port("postgresql", 5432))
    c.service(database, "orders-db", "172.30.99.54", To("postgresql", 5432, 5432))
    c.workload("CronJob", ns, "order-report", "10", states=("ready", "completed"))
    kafka = c.workload("StatefulSet", "messaging", "kafka", "10", Port("clients", 9092))
    c.service(kafka, "kafka-bootstrap", "172.30.150.92", To("clients", 9092, 9092))
    c.service(kafka, "kafka-brokers", None, To("clients", 9092, 9092))
    c.workload("Deployment", "analytics", "clickstream", "01", Port("metrics", 9464))
