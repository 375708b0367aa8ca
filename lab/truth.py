"""Counts what each pod and each node's ovn-k8s-mp0 really sent, independent of sFlow: the truth to compare estimates with."""
import collections
import ipaddress
import selectors
import socket
import struct

from network import inside, namespace_of

TRANSPORT = {1: "icmp", 6: "tcp", 17: "udp", 58: "ipv6-icmp"}
OUTGOING = 4  # PACKET_OUTGOING


class Witness:
    """Packet sockets on the senders' side of their links."""

    def __init__(self, ends):
        """Each end is what its rows are to be called, its network namespace and its device there."""
        self.flows = collections.defaultdict(lambda: [0, 0])
        self.selector, self.drops = selectors.DefaultSelector(), 0
        for name, namespace, device in ends:
            with inside(namespace):
                link = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
            link.setsockopt(socket.SOL_SOCKET, 33, 32 << 20)  # SO_RCVBUFFORCE
            link.bind((device, 3))
            link.setblocking(False)
            self.selector.register(link, selectors.EVENT_READ, name)

    def forget(self):
        """Drops what was seen so far: the recording begins now."""
        self._take()
        self.flows.clear()

    def watch(self, until):
        while not until():
            self._take(.1)

    def _take(self, wait=0):
        buffer = bytearray(96)
        for key, _ in self.selector.select(wait):
            for _ in range(512):
                try:
                    length, _, _, origin = key.fileobj.recvmsg_into([buffer], 0, socket.MSG_TRUNC)
                except BlockingIOError:
                    break
                if origin[2] == OUTGOING:
                    flow = self.flows[(key.data, *_who(buffer))]
                    flow[0] += 1
                    flow[1] += length

    def rows(self):
        """One row a sender, destination, protocol and pair of ports; bytes are frames without FCS."""
        for key in self.selector.get_map().values():
            self.drops += struct.unpack("II", key.fileobj.getsockopt(263, 6, 8))[1]  # PACKET_STATISTICS
        names = ("sender", "source", "source_port", "destination", "destination_port", "transport", "packets", "frame_bytes")
        return [dict(zip(names, (*k, *v))) for k, v in self.flows.items()]


def ends_of(network):
    """The links of pods and nodes in the default network."""
    return [(p.name, namespace_of(p), "eth0") for p in network.pods] + [(f"{n.name} mp0", n.name, "ovn-k8s-mp0") for n in network.cluster.nodes]


def by_server(rows):
    """Sums up what differs in the higher port only, which is the client's in the demo."""
    sums = collections.defaultdict(lambda: [0, 0])
    for r in rows:
        sum_ = sums[r["sender"], r["source"], r["destination"], r["transport"], min(r["source_port"], r["destination_port"])]
        sum_[0] += r["packets"]
        sum_[1] += r["frame_bytes"]
    names = ("sender", "source", "destination", "transport", "port", "packets", "frame_bytes")
    return [dict(zip(names, (*k, *v))) for k, v in sorted(sums.items())]


def _who(frame):
    kind = struct.unpack_from(">H", frame, 12)[0]
    if kind == 0x0800: source, destination, protocol, at = frame[26:30], frame[30:34], frame[23], 14 + (frame[14] & 15) * 4
    elif kind == 0x86DD: source, destination, protocol, at = frame[22:38], frame[38:54], frame[20], 54
    else: return "", 0, "", 0, f"ether-{kind:04x}"
    ports = struct.unpack_from(">HH", frame, at) if protocol in (6, 17) else (0, 0)
    return str(ipaddress.ip_address(bytes(source))), ports[0], str(ipaddress.ip_address(bytes(destination))), ports[1], TRANSPORT.get(protocol, str(protocol))
