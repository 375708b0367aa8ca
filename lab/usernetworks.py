"""User-defined networks and the pods' attachments to them, named and numbered as OVN-Kubernetes does it."""
import ipaddress
from dataclasses import dataclass

# Tunnel key of the switch that all nodes share: this plus the network's id (OVN-Kubernetes with interconnect, its default).
FIRST_TUNNEL_KEY = 16711683


def prefix(name):
    """What OVN-Kubernetes puts before the names of a network's switches and ports."""
    return name.replace("-", ".").replace("/", ".") + "_"


@dataclass(frozen=True)
class UserNetwork:
    number: int  # the network's id
    kind: str  # UserDefinedNetwork, ClusterUserDefinedNetwork or NetworkAttachmentDefinition
    name: str
    namespaces: tuple  # those whose pods may attach; the first one owns a network that is not the cluster's
    subnet: str
    topology: str = "layer2"  # layer2: one switch across all nodes; layer3: a subnet and a switch a node
    role: str = "primary"

    @property
    def full_name(self):
        match self.kind:
            case "UserDefinedNetwork": return f"{self.namespaces[0]}_{self.name}"
            case "ClusterUserDefinedNetwork": return f"cluster_udn_{self.name}"
            case _: return self.name

    @property
    def prefix(self): return prefix(self.full_name)
    @property
    def tunnel_key(self): return FIRST_TUNNEL_KEY + self.number
    @property
    def shared_switch(self):
        """The switch whose tunnel key is the VNI of what goes from node to node."""
        return self.prefix + ("ovn_layer2_switch" if self.topology == "layer2" else "transit_switch")

    def switch(self, node):
        """The switch that a pod of the node is attached to."""
        return self.shared_switch if self.topology == "layer2" else self.prefix + node.name

    def node_subnet(self, node):
        """The part of the subnet that the node's pods have their addresses from."""
        whole = ipaddress.ip_network(self.subnet)
        return whole if self.topology == "layer2" else list(whole.subnets(new_prefix=24))[node.index]

    def gateway(self, node): return str(self.node_subnet(node)[1])


@dataclass(frozen=True, eq=False)
class Attachment:
    """A pod's interface in a user-defined network."""
    network: UserNetwork
    pod: "Pod"
    address: str
    tunnel_id: int  # key of the port within its switch

    @property
    def definition(self):
        """Namespace and name of the NetworkAttachmentDefinition, which is the key in the annotation k8s.ovn.org/pod-networks."""
        return f"{self.pod.namespace}/{self.network.name}"

    @property
    def port(self): return f"{prefix(self.definition)}{self.pod.namespace}_{self.pod.name}"
    @property
    def device(self): return "ovn-udn1" if self.network.role == "primary" else "net1"
    @property
    def link(self):
        """Host side of the veth: the sandbox id again, but ending in the interface's index inside the pod (eth0 is 2)."""
        return self.pod.sandbox[:13] + "_3"
    @property
    def length(self): return self.network.node_subnet(self.pod.node).prefixlen
