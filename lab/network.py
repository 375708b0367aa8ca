"""Builds the cluster's network with real Open vSwitch and OVN: a network namespace a node, a pod and the outside.

The logical network is the one that OVN-Kubernetes makes: a switch a node, one cluster router, a join switch, a gateway
router a node, load balancers for Services. The datapath is Open vSwitch's userspace one, so that no kernel module is needed.
"""
import contextlib
import ctypes
import os
import subprocess
import time

import overlays
from cluster import mac_of

MTU, UNDERLAY_MTU = 1500, 1600  # an underlay with room for Geneve: datagrams of the agents stay in one piece
OUTSIDE = "192.168.100.200"
# Addresses that the outside answers for: two resolvers and a web server of the internet, a database and an object store at home.
RESOLVERS = ["8.8.8.8", "1.1.1.1"]
OUTSIDE_ADDRESSES = [*RESOLVERS, "93.184.215.14", "192.168.200.50", "192.168.200.60"]
COLLECTOR = "172.30.0.63:6343"
PREFIX = "sfl-"

_libc = ctypes.CDLL(None, use_errno=True)
_home = os.open("/proc/self/ns/net", os.O_RDONLY)


@contextlib.contextmanager
def inside(namespace):
    """Sockets that this thread makes in the block belong to the network namespace."""
    there = os.open(f"/var/run/netns/{PREFIX}{namespace}", os.O_RDONLY)
    try:
        if _libc.setns(there, 0):
            raise OSError(ctypes.get_errno(), f"setns {namespace}")
        yield
    finally:
        _libc.setns(_home, 0)
        os.close(there)


def run(*words, **environment):
    done = subprocess.run(" ".join(words).split(), env=os.environ | environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(words)}: {done.stderr.strip()}")
    return done.stdout


def namespace_of(pod):
    return pod.link


class Network:
    """The lab's network; a context manager that leaves nothing behind."""

    def __init__(self, cluster, folder):
        self.cluster, self.folder = cluster, folder
        self.pods = [p for p in cluster.pods if p.live]
        self.namespaces = [n.name for n in cluster.nodes] + ["outside"] + [namespace_of(p) for p in self.pods]
        self.processes = []

    def __enter__(self):
        try:
            self._make_namespaces()
            for node in self.cluster.nodes:
                self._start_switch(node)
            self._start_central()
            self._draw_topology()
            self._draw_services()
            if self.cluster.networks: self._transaction(overlays.draw(self.cluster, self.pods))
            self._northbound("--wait=hv sync")
            return self
        except BaseException:
            self.__exit__()
            raise

    def __exit__(self, *_):
        for process in reversed(self.processes):
            process.terminate()
        for process in self.processes:
            process.wait()
        for namespace in self.namespaces:
            subprocess.run(["ip", "netns", "del", PREFIX + namespace], stderr=subprocess.DEVNULL)

    def ended(self):
        """Names the processes that exited unexpectedly."""
        return [p.args for p in self.processes if p.poll() is not None]

    def set_sflow(self, sampling, polling, collector=COLLECTOR):
        """As OVN-Kubernetes does it, on br-int only; there it says nothing of sampling and polling (1 in 400, 30 s)."""
        for node in self.cluster.nodes:
            self._switch(node, f'-- --id=@s create sflow agent=ovn-k8s-mp0 targets="{collector}" sampling={sampling} polling={polling} '
                               "-- set bridge br-int sflow=@s")

    def _make_namespaces(self):
        for namespace in self.namespaces:
            run(f"ip netns add {PREFIX}{namespace}")
            run(f"ip -n {PREFIX}{namespace} link set lo up")
        outside = PREFIX + "outside"
        run(f"ip -n {outside} link add br0 type bridge")
        run(f"ip -n {outside} addr add {OUTSIDE}/24 dev br0")
        for address in OUTSIDE_ADDRESSES:
            run(f"ip -n {outside} addr add {address}/32 dev br0")
        run(f"ip -n {outside} link set br0 up")
        for node in self.cluster.nodes:
            # The kernel sees what comes by the switch's ports too: it must not answer there for the addresses of others.
            run(f"ip netns exec {PREFIX}{node.name} sysctl -qw net.ipv4.conf.all.arp_ignore=1 net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1")
            self._cable(PREFIX + node.name, "ens5", outside, node.name, UNDERLAY_MTU)
            run(f"ip -n {outside} link set {node.name} master br0")
        for pod in self.pods:
            mine = PREFIX + namespace_of(pod)
            run(f"ip netns exec {mine} sysctl -qw net.ipv6.conf.default.accept_dad=0 net.ipv6.conf.default.router_solicitations=0")
            self._cable(PREFIX + pod.node.name, pod.link, mine, "eth0", MTU, mac_of(pod.address))
            run(f"ip -n {mine} addr add {pod.address}/23 dev eth0")
            run(f"ip -n {mine} addr add {pod.address6}/64 dev eth0 nodad")
            run(f"ip -n {mine} route add default via {pod.node.router}")
            run(f"ip -n {mine} -6 route add default via {pod.node.router6}")
            for a in pod.attachments:
                self._cable(PREFIX + pod.node.name, a.link, mine, a.device, MTU, mac_of(a.address))
                run(f"ip -n {mine} addr add {a.address}/{a.length} dev {a.device}")
                if a.network.topology == "layer3": run(f"ip -n {mine} route add {a.network.subnet} via {a.network.gateway(pod.node)}")

    @staticmethod
    def _cable(namespace, device, peer_namespace, peer, mtu, mac=None):
        address = f"address {mac}" if mac else ""
        run(f"ip -n {namespace} link add {device} mtu {mtu} type veth peer name {peer} netns {peer_namespace} {address} mtu {mtu}")
        for place, end in ((namespace, device), (peer_namespace, peer)):
            run(f"ip -n {place} link set {end} up")
            run(f"ip netns exec {place} ethtool -K {end} tx off sg off tso off gso off gro off")

    def _spawn(self, namespace, name, folder, command):
        log = open(f"{folder}/{name}.log", "w")
        words = (f"ip netns exec {PREFIX}{namespace} " if namespace else "") + command
        places = {"OVS_RUNDIR": folder, "OVN_RUNDIR": folder, "OVS_LOGDIR": folder, "OVN_LOGDIR": folder}
        self.processes.append(subprocess.Popen(words.split(), env=os.environ | places, stdout=log, stderr=log))

    def _database(self, namespace, folder, name, schema):
        run(f"ovsdb-tool create {folder}/{name}.db {schema}")
        self._spawn(namespace, name, folder, f"ovsdb-server {folder}/{name}.db --remote=punix:{folder}/{name}.sock --unixctl={folder}/{name}.ctl")
        deadline = time.monotonic() + 10
        while not os.path.exists(f"{folder}/{name}.sock"):
            if time.monotonic() > deadline:
                raise RuntimeError(f"the database {name} did not start")
            time.sleep(0.05)

    def _switch(self, node, words):
        return run(f"ovs-vsctl --db=unix:{self.folder}/{node.name}/conf.sock --timeout=20 {words}")

    def _northbound(self, words):
        return run(f"ovn-nbctl --db=unix:{self.folder}/nb.sock --timeout=60 {words}")

    def _start_switch(self, node):
        folder = f"{self.folder}/{node.name}"
        os.mkdir(folder)
        self._database(node.name, folder, "conf", "/usr/share/openvswitch/vswitch.ovsschema")
        self._switch(node, f"--no-wait init -- set open_vswitch . external_ids:system-id={node.name} external_ids:hostname={node.name} "
                           f"external_ids:ovn-remote=unix:{self.folder}/sb.sock external_ids:ovn-encap-type=geneve "
                           f"external_ids:ovn-encap-ip={node.address} external_ids:ovn-bridge-datapath-type=netdev "
                           "external_ids:ovn-bridge-mappings=physnet:br-ex external_ids:ovn-monitor-all=true")
        self._spawn(node.name, "vswitchd", folder, f"ovs-vswitchd unix:{folder}/conf.sock --unixctl={folder}/vswitchd.ctl")
        links = [(p.link, f"{p.namespace}_{p.name}") for p in self.pods if p.node == node]
        links += [(a.link, a.port) for p in self.pods if p.node == node for a in p.attachments]
        ports = "".join(f" -- add-port br-int {link} -- set interface {link} external_ids:iface-id={port}" for link, port in links)
        self._switch(node, "add-br br-ex -- set bridge br-ex datapath_type=netdev fail_mode=standalone -- add-port br-ex ens5 "
                           f"-- set interface br-ex mtu_request={UNDERLAY_MTU} "
                           "-- add-br br-int -- set bridge br-int datapath_type=netdev fail_mode=secure -- add-port br-int ovn-k8s-mp0 "
                           f"-- set interface ovn-k8s-mp0 type=internal mtu_request={MTU} external_ids:iface-id=k8s-{node.name} "
                           f'mac="{mac_of(node.management)}"' + ports)
        mine = f"ip -n {PREFIX}{node.name}"
        run(f"{mine} addr add {node.address}/24 dev br-ex")
        run(f"{mine} addr add {node.management}/23 dev ovn-k8s-mp0")
        run(f"{mine} link set br-ex up")
        run(f"{mine} link set ovn-k8s-mp0 up")
        for subnet in ("10.128.0.0/14", "172.30.0.0/16"):
            run(f"{mine} route add {subnet} via {node.router}")

    def _start_central(self):
        for name in ("nb", "sb"):
            self._database(None, self.folder, name, f"/usr/share/ovn/ovn-{name}.ovsschema")
        self._northbound("init")
        run(f"ovn-sbctl --db=unix:{self.folder}/sb.sock init")
        self._spawn(None, "northd", self.folder, f"ovn-northd --ovnnb-db=unix:{self.folder}/nb.sock --ovnsb-db=unix:{self.folder}/sb.sock")
        for node in self.cluster.nodes:
            folder = f"{self.folder}/{node.name}"
            self._spawn(node.name, "controller", folder, f"ovn-controller unix:{folder}/conf.sock")

    def _draw_topology(self):
        words = ["lr-add ovn_cluster_router", "ls-add join", *_router_port("ovn_cluster_router", "join", "join", "0a:58:64:40:00:01", "100.64.0.1/16")]
        for n in self.cluster.nodes:
            gateway, outer = f"GR_{n.name}", f"ext_{n.name}"
            words += [f"ls-add {n.name}", *_router_port("ovn_cluster_router", n.name, n.name, mac_of(n.router), f"{n.router}/23 {n.router6}/64"),
                      f"lsp-add {n.name} k8s-{n.name}", f'lsp-set-addresses k8s-{n.name} "{mac_of(n.management)}\x1f{n.management}"',
                      f'--name=allow_from_management acl-add {n.name} to-lport 1001 ip4.src=={n.management} allow-related',
                      f"lr-add {gateway}", f"set logical_router {gateway} options:chassis={n.name} options:lb_force_snat_ip=router_ip options:snat-ct-zone=0",
                      *_router_port(gateway, "join", gateway, mac_of(n.join), f"{n.join}/16"),
                      f"ls-add {outer}", *_router_port(gateway, outer, outer, mac_of(n.gateway), f"{n.gateway}/24"),
                      f"lsp-add {outer} br-ex_{n.name}", f"lsp-set-type br-ex_{n.name} localnet", f"lsp-set-addresses br-ex_{n.name} unknown",
                      f"lsp-set-options br-ex_{n.name} network_name=physnet",
                      f"lr-route-add {gateway} 0.0.0.0/0 {OUTSIDE}", f"lr-route-add {gateway} 10.128.0.0/14 100.64.0.1",
                      f"lr-route-add ovn_cluster_router {n.join}/32 {n.join}",
                      f"--policy=src-ip lr-route-add ovn_cluster_router {n.subnet} {n.join}", f"lr-nat-add {gateway} snat {n.gateway} {n.subnet}"]
        for p in self.pods:
            port, addresses = f"{p.namespace}_{p.name}", f'"{mac_of(p.address)}\x1f{p.address}\x1f{p.address6}"'
            words += [f"lsp-add {p.node.name} {port}", f"lsp-set-addresses {port} {addresses}", f"lsp-set-port-security {port} {addresses}"]
        self._transaction(words)

    def _draw_services(self):
        words = []
        for service in self.cluster.services:
            for port in service.ports if service.address else ():
                words += self._balancer(service, port)
        # The API server has no pod address: its endpoints are the nodes.
        ends = ",".join(f"{n.address}:6443" for n in self.cluster.nodes)
        words += self._attached("default_kubernetes", "172.30.0.1:443", ends, "tcp")
        self._transaction(words)

    def _balancer(self, service, port):
        ready = [p for p in service.workload.pods if p.state == "ready"]
        name, protocol = f"{service.namespace}_{service.name}_{port.protocol}_{port.port}", port.protocol.lower()
        words = self._attached(name, f"{service.address}:{port.port}", ",".join(f"{p.address}:{port.target}" for p in ready), protocol)
        if service.address6:
            ends6 = ",".join(f"[{p.address6}]:{port.target}" for p in ready)
            words += self._attached(name + "_6", f"[{service.address6}]:{port.port}", ends6, protocol)
        for node in self.cluster.nodes if port.node_port else ():
            ends = ",".join(f"{p.address}:{port.target}" for p in ready)
            words += [f"lb-add {name}_{node.name} {node.gateway}:{port.node_port} {ends} {protocol}", f"lr-lb-add GR_{node.name} {name}_{node.name}"]
        return words

    def _attached(self, name, address, ends, protocol):
        return [f"lb-add {name} {address} {ends} {protocol}"] + [word for n in self.cluster.nodes
                for word in (f"ls-lb-add {n.name} {name}", f"lr-lb-add GR_{n.name} {name}")]

    def _transaction(self, words):
        # \x1f is a blank inside one argument.
        line = " -- ".join(words).replace('"', "").split(" ")
        arguments = [w.replace("\x1f", " ") for w in line if w]
        subprocess.run(["ovn-nbctl", f"--db=unix:{self.folder}/nb.sock", "--timeout=60", "--", *arguments], check=True)


def _router_port(router, switch, name, mac, addresses):
    """A router's port and its peer on a switch."""
    return [f"lrp-add {router} rto_{router}_{name} {mac} {addresses}", f"lsp-add {switch} sto_{router}_{name}",
            f"lsp-set-type sto_{router}_{name} router", f"lsp-set-addresses sto_{router}_{name} router",
            f"lsp-set-options sto_{router}_{name} router-port=rto_{router}_{name}"]
