"""The cluster of the lab: nodes, workloads, pods and Services. Network, traffic and inventory are all derived from it."""
import hashlib
import ipaddress
from dataclasses import dataclass, field

from usernetworks import Attachment, UserNetwork

# Letters and digits that Kubernetes uses in generated names.
ALPHABET = "bcdfghjklmnpqrstvwxz2456789"


def generated(seed, length):
    """A suffix as Kubernetes generates them, always the same for the same seed."""
    return "".join(ALPHABET[b % len(ALPHABET)] for b in hashlib.sha256(seed.encode()).digest()[:length])


def mac_of(address):
    """The MAC address that OVN-Kubernetes derives from an IPv4 address."""
    return "0a:58:" + ":".join(f"{b:02x}" for b in ipaddress.IPv4Address(address).packed)


@dataclass(frozen=True)
class Node:
    index: int

    @property
    def name(self): return f"master-{self.index}"
    @property
    def address(self): return f"192.168.100.{11 + self.index}"
    @property
    def gateway(self):
        """Address of the node's gateway router; on a real cluster it is the node's own address."""
        return f"192.168.100.{101 + self.index}"
    @property
    def join(self): return f"100.64.0.{2 + self.index}"
    @property
    def subnet(self): return f"10.128.{2 * self.index}.0/23"
    @property
    def subnet6(self): return f"fd01:0:0:{1 + self.index}::/64"
    @property
    def router(self): return f"10.128.{2 * self.index}.1"
    @property
    def router6(self): return f"fd01:0:0:{1 + self.index}::1"
    @property
    def management(self):
        """Address of ovn-k8s-mp0, which is the agent address of the node."""
        return f"10.128.{2 * self.index}.2"


@dataclass(frozen=True)
class Port:
    name: str
    number: int
    protocol: str = "TCP"


@dataclass
class Pod:
    workload: "Workload"
    name: str
    node: Node
    address: str
    address6: str | None
    state: str = "ready"  # ready, unready (runs, fails its probe) or completed
    attachments: list = field(default_factory=list)  # to user-defined networks

    @property
    def namespace(self): return self.workload.namespace
    @property
    def live(self):
        """True when the lab gives the pod a network namespace of its own."""
        return not self.workload.host and self.state == "ready"
    @property
    def sandbox(self): return hashlib.sha256(self.name.encode()).hexdigest()
    @property
    def link(self):
        """Host side of the pod's veth: as on a node, the first 15 characters of a sandbox id."""
        return self.sandbox[:15]


@dataclass
class Workload:
    kind: str  # Deployment, StatefulSet, DaemonSet, CronJob or Node (a static pod)
    namespace: str
    name: str
    places: str  # one digit a pod: the index of its node
    ports: tuple = ()
    host: bool = False
    states: tuple = ()  # of the pods, in order; ready where nothing is said
    pods: list = field(default_factory=list)

    @property
    def replica_set(self): return f"{self.name}-{generated(self.namespace + self.name, 10)}"
    @property
    def job(self): return f"{self.name}-29397600"

    def pod_name(self, index, node):
        suffix = generated(f"{self.namespace}/{self.name}/{index}", 5)
        match self.kind:
            case "Deployment": return f"{self.replica_set}-{suffix}"
            case "StatefulSet": return f"{self.name}-{index}"
            case "CronJob": return f"{self.job}-{suffix}"
            case "Node": return f"{self.name}-{node.name}"
            case _: return f"{self.name}-{suffix}"


@dataclass
class ServicePort:
    name: str
    port: int
    target: int
    protocol: str = "TCP"
    node_port: int | None = None


@dataclass
class Service:
    namespace: str
    name: str
    address: str | None  # None: headless
    workload: Workload
    ports: list
    address6: str | None = None
    type: str = "ClusterIP"
    load_balancer: str | None = None

    def port(self, name):
        return next(p for p in self.ports if p.name == name)


class Cluster:
    """Two nodes and what runs on them; addresses are handed out in the order in which workloads are added."""

    def __init__(self):
        self.nodes = [Node(0), Node(1)]
        self.workloads, self.services, self.networks = [], [], []
        self._next = [5, 5]

    def workload(self, kind, namespace, name, places, *ports, host=False, states=()):
        added = Workload(kind, namespace, name, places, ports, host, states)
        for index, place in enumerate(places):
            node = self.nodes[int(place)]
            address, address6 = (node.address, None) if host else self._hand_out(node)
            state = states[index] if index < len(states) else "ready"
            added.pods.append(Pod(added, added.pod_name(index, node), node, address, address6, state))
        self.workloads.append(added)
        return added

    def network(self, *words, **more):
        """Adds a user-defined network; its id, as OVN-Kubernetes counts them, is its place in the list."""
        self.networks.append(UserNetwork(len(self.networks) + 1, *words, **more))
        return self.networks[-1]

    def attach(self, workload, network, *addresses):
        """Attaches the workload's pods to the network, one address a pod."""
        for pod, address in zip(workload.pods, addresses, strict=True):
            taken = sum(len(p.attachments) for p in self.pods)
            pod.attachments.append(Attachment(network, pod, address, tunnel_id=taken + 3))
        return workload

    def service(self, workload, name, address, *ports, **more):
        self.services.append(Service(workload.namespace, name, address, workload, list(ports), **more))

    def find(self, workload):
        """The workload called namespace/name."""
        return next(w for w in self.workloads if f"{w.namespace}/{w.name}" == workload)

    def find_service(self, service):
        return next(s for s in self.services if f"{s.namespace}/{s.name}" == service)

    @property
    def pods(self): return [p for w in self.workloads for p in w.pods]

    def _hand_out(self, node):
        host = self._next[node.index]
        self._next[node.index] += 1
        subnet6 = ipaddress.ip_network(node.subnet6)
        return str(ipaddress.ip_network(node.subnet)[host]), str(subnet6[host])
