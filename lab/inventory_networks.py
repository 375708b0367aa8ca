"""User-defined networks in the inventory: their objects, and what OVN-Kubernetes notes on pods and nodes."""
import json

from cluster import generated, mac_of


def dense(value): return json.dumps(value, separators=(",", ":"))


def of_node(n, networks):
    """Annotations of a node: a subnet a layer-3 network, an id a network."""
    if not networks: return {}
    layer3 = {net.full_name: [str(net.node_subnet(n))] for net in networks if net.topology == "layer3"}
    ids = {"default": "0"} | {net.full_name: str(net.number) for net in networks}
    return {"k8s.ovn.org/node-subnets": {"default": [n.subnet, n.subnet6]} | layer3, "k8s.ovn.org/network-ids": ids}


def of_pod(p):
    """Annotations of a pod: the addresses that are not in its status."""
    if not p.attachments: return {}
    role = "infrastructure-locked" if any(a.network.role == "primary" for a in p.attachments) else "primary"
    whole = {"default": {"ip_addresses": [f"{p.address}/23", f"{p.address6}/64"], "mac_address": mac_of(p.address), "role": role}}
    for a in p.attachments:
        entry = {"ip_addresses": [f"{a.address}/{a.length}"], "mac_address": mac_of(a.address), "ip_address": f"{a.address}/{a.length}"}
        if a.network.role == "primary": entry |= {"gateway_ips": [a.network.gateway(p.node)], "gateway_ip": a.network.gateway(p.node)}
        if a.network.topology == "layer2": entry["tunnel_id"] = a.tunnel_id
        whole[a.definition] = entry | {"role": a.network.role}
    notes = {"k8s.ovn.org/pod-networks": dense(whole)}
    secondary = [a.network.name for a in p.attachments if a.network.role == "secondary"]
    return notes | ({"k8s.v1.cni.cncf.io/networks": ",".join(secondary)} if secondary else {})


def objects(thing, networks):
    """A NetworkAttachmentDefinition a namespace, and what it was made from."""
    for net in networks:
        owner = None if net.kind == "NetworkAttachmentDefinition" else ("k8s.ovn.org/v1", net.kind, net.name)
        if owner: yield _request(thing, net)
        for namespace in net.namespaces:
            config = {"cniVersion": "1.0.0", "name": net.full_name, "type": "ovn-k8s-cni-overlay", "netAttachDefName": f"{namespace}/{net.name}",
                      "topology": net.topology, "role": net.role, "subnets": net.subnet + ("/24" if net.topology == "layer3" else "")}
            if net.role == "primary": config["joinSubnet"] = "100.65.0.0/16,fd99::/64"
            yield thing("k8s.cni.cncf.io/v1", "NetworkAttachmentDefinition", namespace, net.name, owner,
                        labels={"k8s.ovn.org/user-defined-network": ""} if owner else None,
                        annotations={"k8s.ovn.org/network-id": str(net.number), "k8s.ovn.org/network-name": net.full_name}, spec={"config": dense(config)})


def _request(thing, net):
    layer = {"role": net.role.capitalize(), "subnets": [net.subnet]}
    spec = {"topology": net.topology.capitalize(), net.topology: layer}
    if net.kind == "UserDefinedNetwork": return thing("k8s.ovn.org/v1", net.kind, net.namespaces[0], net.name, spec=spec)
    chosen = {"matchExpressions": [{"key": "kubernetes.io/metadata.name", "operator": "In", "values": list(net.namespaces)}]}
    return thing("k8s.ovn.org/v1", net.kind, None, net.name, spec={"namespaceSelector": chosen, "network": spec})


def mirrored(thing, service, source):
    """The slice that OVN-Kubernetes adds for a Service whose pods have a primary network: the same pods by their addresses there."""
    ends = [(p, a) for p in service.workload.pods for a in p.attachments if a.network.role == "primary"]
    if not ends or source["addressType"] != "IPv4": return []
    network = ends[0][1].network.full_name
    by_pod = {p.name: a.address for p, a in ends}
    endpoints = [e | {"addresses": [by_pod[e["targetRef"]["name"]]]} for e in source["endpoints"]]
    labels = {"endpointslice.kubernetes.io/managed-by": "endpointslice-mirror-controller.k8s.ovn.org", "k8s.ovn.org/service-name": service.name,
              "k8s.ovn.org/source-endpointslice-version": source["metadata"]["resourceVersion"]}
    notes = {"k8s.ovn.org/source-endpointslice": source["metadata"]["name"], "k8s.ovn.org/endpointslice-network": network}
    name = f"{service.name}-{generated(service.namespace + service.name + network, 5)}"
    return [thing("discovery.k8s.io/v1", "EndpointSlice", service.namespace, name, ("v1", "Service", service.name), labels=labels, annotations=notes,
                  addressType="IPv4", endpoints=endpoints, ports=source["ports"])]
