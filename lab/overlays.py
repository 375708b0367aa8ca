"""Draws user-defined networks in OVN's northbound database, as OVN-Kubernetes does.

In a real cluster each node has an OVN of its own, and the nodes' databases meet in switches that all of them know by one tunnel key
(interconnect). Here all nodes share one database. The keys are the same, so the tunnels look the same.
"""
from cluster import mac_of


def draw(cluster, pods):
    """Words for ovn-nbctl."""
    words = []
    for network in cluster.networks:
        words += [f"ls-add {network.shared_switch}", f"set logical_switch {network.shared_switch} other_config:requested-tnl-key={network.tunnel_key}"]
        if network.topology == "layer3": words += _routed(network, cluster.nodes)
    for a in (a for p in pods for a in p.attachments):
        addresses = f"{mac_of(a.address)}\x1f{a.address}"
        words += [f"lsp-add {a.network.switch(a.pod.node)} {a.port}", f"lsp-set-addresses {a.port} {addresses}", f"lsp-set-port-security {a.port} {addresses}"]
        if a.network.topology == "layer2": words.append(f"lsp-set-options {a.port} requested-tnl-key={a.tunnel_id}")
    for service in cluster.services:
        words += _balanced(service)
    return words


def _balanced(service):
    """The load balancer of a Service in the network of its pods; with it, connection tracking sees each packet, as in a real network."""
    ends = [a for p in service.workload.pods for a in p.attachments if a.network.topology == "layer2"]
    words = []
    for port in service.ports if ends else ():
        network, name = ends[0].network, f"{ends[0].network.prefix}{service.namespace}_{service.name}_{port.protocol}_{port.port}"
        backends = ",".join(f"{a.address}:{port.target}" for a in ends)
        words += [f"lb-add {name} {service.address}:{port.port} {backends} {port.protocol.lower()}", f"ls-lb-add {network.shared_switch} {name}"]
    return words


def _routed(network, nodes):
    """A switch and a router a node; the routers meet in the transit switch, so that its key is the one in the tunnels."""
    words = []
    for n in nodes:
        router, switch, own = f"{network.prefix}ovn_cluster_router_{n.name}", network.switch(n), network.node_subnet(n)
        words += [f"ls-add {switch}", f"lr-add {router}", f"set logical_router {router} options:chassis={n.name}",
                  *_joined(router, switch, f"{network.prefix}{n.name}", network.gateway(n), own.prefixlen),
                  *_joined(router, network.shared_switch, f"{network.prefix}transit_{n.name}", _transit(n), 16)]
        words += [f"lr-route-add {router} {network.node_subnet(other)} {_transit(other)}" for other in nodes if other != n]
    return words


def _joined(router, switch, name, address, length):
    return [f"lrp-add {router} rto_{name} {mac_of(address)} {address}/{length}", f"lsp-add {switch} sto_{name}", f"lsp-set-type sto_{name} router",
            f"lsp-set-addresses sto_{name} router", f"lsp-set-options sto_{name} router-port=rto_{name}"]


def _transit(node): return f"100.88.0.{2 + node.index}"
