"""The cluster as one v1 List, as `kubectl get nodes,namespaces,replicasets,jobs,pods,services,endpointslices -A -o json` prints it."""
import hashlib
import json

import inventory_networks as networks
from cluster import generated

CREATED = "2026-01-05T08:00:00Z"


def uid_of(*words):
    h = hashlib.sha256("/".join(words).encode()).hexdigest()
    return f"{h[:8]}-{h[8:12]}-4{h[13:16]}-a{h[17:20]}-{h[20:32]}"


def thing(api, kind, namespace, name, owner=None, labels=None, annotations=None, **body):
    metadata = {"name": name, "uid": uid_of(kind, namespace or "", name), "resourceVersion": str(int(uid_of(kind, name)[:6], 16)), "creationTimestamp": CREATED}
    if namespace: metadata["namespace"] = namespace
    if labels: metadata["labels"] = labels
    if annotations: metadata["annotations"] = annotations
    if owner:
        owner_api, owner_kind, owner_name = owner
        owner_namespace = "" if owner_kind in ("Node", "ClusterUserDefinedNetwork") else namespace
        metadata["ownerReferences"] = [{"apiVersion": owner_api, "kind": owner_kind, "name": owner_name, "uid": uid_of(owner_kind, owner_namespace, owner_name), "controller": True}]
    return {"apiVersion": api, "kind": kind, "metadata": metadata, **body}


def inventory(cluster):
    namespaces = sorted({"default", "kube-system"} | {w.namespace for w in cluster.workloads})
    items = [node(n, cluster.networks) for n in cluster.nodes]
    tenants = {n for net in cluster.networks if net.role == "primary" for n in net.namespaces}
    items += [thing("v1", "Namespace", None, n, labels={"kubernetes.io/metadata.name": n} | ({"k8s.ovn.org/primary-user-defined-network": ""} if n in tenants else {}), spec={"finalizers": ["kubernetes"]}, status={"phase": "Active"}) for n in namespaces]
    for w in cluster.workloads:
        if w.kind == "Deployment":
            items.append(thing("apps/v1", "ReplicaSet", w.namespace, w.replica_set, ("apps/v1", "Deployment", w.name), labels={"app": w.name},
                               spec={"replicas": len(w.pods), "selector": {"matchLabels": {"app": w.name}}}, status={"replicas": len(w.pods)}))
        if w.kind == "CronJob":
            items.append(thing("batch/v1", "Job", w.namespace, w.job, ("batch/v1", "CronJob", w.name), labels={"app": w.name},
                               spec={"parallelism": 1, "completions": len(w.pods)}, status={"active": 1, "succeeded": 1}))
    items += [pod(p) for p in cluster.pods]
    for s in cluster.services:
        own = list(slices(s))
        items += [service(s), *own, *(m for one in own for m in networks.mirrored(thing, s, one))]
    items += networks.objects(thing, cluster.networks)
    return {"apiVersion": "v1", "kind": "List", "metadata": {"resourceVersion": ""}, "items": items + kubernetes(cluster)}


def node(n, user_networks=()):
    gateway = {"mode": "shared", "interface-id": f"br-ex_{n.name}", "ip-addresses": [f"{n.gateway}/24"], "node-port-enable": "true"}
    annotations = {"k8s.ovn.org/node-subnets": {"default": [n.subnet, n.subnet6]}, "k8s.ovn.org/node-primary-ifaddr": {"ipv4": f"{n.address}/24"},
                   "k8s.ovn.org/node-gateway-router-lrp-ifaddr": {"ipv4": f"{n.join}/16"}, "k8s.ovn.org/host-cidrs": [f"{n.address}/24"],
                   "k8s.ovn.org/l3-gateway-config": {"default": gateway}} | networks.of_node(n, user_networks)
    labels = {"kubernetes.io/hostname": n.name, "topology.kubernetes.io/region": "eu-west", "topology.kubernetes.io/zone": f"eu-west-{n.index + 1}",
              "node-role.kubernetes.io/control-plane": "", "node-role.kubernetes.io/worker": ""}
    return thing("v1", "Node", None, n.name, labels=labels, annotations={k: json.dumps(v, separators=(",", ":")) for k, v in annotations.items()}, spec={},
                 status={"addresses": [{"type": "InternalIP", "address": n.address}, {"type": "Hostname", "address": n.name}]})


def owner_of(p):
    w = p.workload
    return {"Deployment": ("apps/v1", "ReplicaSet", w.replica_set), "CronJob": ("batch/v1", "Job", w.job),
            "Node": ("v1", "Node", p.node.name)}.get(w.kind, ("apps/v1", w.kind, w.name))


def pod(p):
    ports = [{"name": q.name, "containerPort": q.number, "protocol": q.protocol} | ({"hostPort": q.number} if p.workload.host else {}) for q in p.workload.ports]
    spec = {"nodeName": p.node.name, "containers": [{"name": p.workload.name, "image": f"registry.example/{p.workload.namespace}/{p.workload.name}", "ports": ports}]}
    if p.workload.host: spec["hostNetwork"] = True
    status = {"phase": "Succeeded" if p.state == "completed" else "Running", "hostIP": p.node.address, "podIP": p.address,
              "podIPs": [{"ip": a} for a in (p.address, p.address6) if a], "startTime": CREATED,
              "conditions": [{"type": "Ready", "status": "True" if p.state == "ready" else "False"}]}
    return thing("v1", "Pod", p.namespace, p.name, owner_of(p), labels={"app": p.workload.name}, annotations=networks.of_pod(p), spec=spec, status=status)


def service(s):
    addresses = [a for a in (s.address or "None", s.address6) if a]
    families = ["IPv4", "IPv6"][:len(addresses)]
    ports = [{k: v for k, v in (("name", q.name), ("protocol", q.protocol), ("port", q.port), ("targetPort", q.target), ("nodePort", q.node_port)) if v} for q in s.ports]
    spec = {"type": s.type, "clusterIP": addresses[0], "clusterIPs": addresses, "ipFamilies": families, "selector": {"app": s.workload.name}, "ports": ports}
    status = {"loadBalancer": {"ingress": [{"ip": s.load_balancer}]} if s.load_balancer else {}}
    return thing("v1", "Service", s.namespace, s.name, labels={"app": s.workload.name}, spec=spec, status=status)


def slices(s):
    """One EndpointSlice an address family; an end that fails its probe is listed as not ready, a completed pod is not listed."""
    ends = [p for p in s.workload.pods if p.state != "completed"]
    families = [("IPv4", "address")] + ([("IPv6", "address6")] if s.address6 else [])
    for family, attribute in families:
        endpoints = [{"addresses": [getattr(p, attribute)], "nodeName": p.node.name, "zone": f"eu-west-{p.node.index + 1}",
                      "conditions": {"ready": p.state == "ready", "serving": p.state == "ready", "terminating": False},
                      "targetRef": {"kind": "Pod", "namespace": p.namespace, "name": p.name, "uid": uid_of("Pod", p.namespace, p.name)}} for p in ends]
        ports = [{"name": q.name, "protocol": q.protocol, "port": q.target} for q in s.ports]
        yield thing("discovery.k8s.io/v1", "EndpointSlice", s.namespace, f"{s.name}-{generated(s.namespace + s.name + family, 5)}", ("v1", "Service", s.name),
                    labels={"kubernetes.io/service-name": s.name}, addressType=family, endpoints=endpoints, ports=ports)


def kubernetes(cluster):
    """The Service of the API server: its endpoints are nodes, without a targetRef."""
    spec = {"type": "ClusterIP", "clusterIP": "172.30.0.1", "clusterIPs": ["172.30.0.1"], "ipFamilies": ["IPv4"], "ports": [{"name": "https", "protocol": "TCP", "port": 443, "targetPort": 6443}]}
    ends = [{"addresses": [n.address], "conditions": {"ready": True}} for n in cluster.nodes]
    return [thing("v1", "Service", "default", "kubernetes", labels={"component": "apiserver", "provider": "kubernetes"}, spec=spec, status={"loadBalancer": {}}),
            thing("discovery.k8s.io/v1", "EndpointSlice", "default", "kubernetes", labels={"kubernetes.io/service-name": "kubernetes"}, addressType="IPv4",
                  endpoints=ends, ports=[{"name": "https", "protocol": "TCP", "port": 6443}])]
