#!/usr/bin/env python3
"""Makes the traffic that its standard input describes on a lab that is up, and prints the truth about it.

Usage: traffic.py FOLDER-OF-OVSLAB INFO.json < traffic.json

    {"servers": [["tcp", "ext", "192.168.100.200", 9443], ..],   beside those that the lab always has
     "flows": [["tcp", "a1", "10.128.0.6", 9090, 40001, 20, 300, 4000], ..]}

A flow is a kind, its client and the arguments of the lab's function of that name; further kinds stand below. Flows run one after the other,
a list of flows in place of a flow runs its flows at once. The truth is counted by the lab's packet sockets on the pods' own interfaces.
"""
import json
import os
import socket
import struct
import sys
import threading
import time

sys.path.insert(0, sys.argv[1])
import ovslab  # noqa: E402


def inside(end, make):
    """What is made in the end's network namespace."""
    ovslab.setns(end["ns"])
    try:
        return make()
    finally:
        ovslab.setns("")


def refused(end, address, port, source, times):
    """Connections to a port where nobody listens: SYN one way, RST the other."""
    for i in range(times):
        client = inside(end, lambda: socket.socket(ovslab.fam_of(address), socket.SOCK_STREAM))
        client.bind((own(end, address), source + i))
        client.settimeout(2)
        try:
            client.connect((address, port))
        except OSError:
            pass
        client.close()


def aborted(end, address, port, source, response):
    """A request whose answer nobody reads to its end: the client resets the connection."""
    client = inside(end, lambda: socket.socket(ovslab.fam_of(address), socket.SOCK_STREAM))
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    client.bind((own(end, address), source))
    client.settimeout(4)
    client.connect((address, port))
    client.sendall(ovslab.HDR.pack(b"OVSL", 100, response).ljust(100, b"Q"))
    client.recv(2000)
    client.close()


def unheard(end, address, port, source, times, size):
    """UDP to a port where nobody listens: ICMP errors come back, each with the head of what caused it."""
    client = inside(end, lambda: socket.socket(ovslab.fam_of(address), socket.SOCK_DGRAM))
    client.bind((own(end, address), source))
    for _ in range(times):
        client.sendto(b"u" * size, (address, port))
        time.sleep(.06)  # the kernel limits its errors
    client.close()


def protocol(end, address, number, times, size):
    """Packets of any IP protocol."""
    raw = inside(end, lambda: socket.socket(ovslab.fam_of(address), socket.SOCK_RAW, number))
    for _ in range(times):
        raw.sendto(b"x" * size, (address, 0))
        time.sleep(.001)
    raw.close()


def join(end, group):
    """Joins a multicast group and leaves it: IGMP or MLD reports."""
    made = inside(end, lambda: socket.socket(ovslab.fam_of(group), socket.SOCK_DGRAM))
    index = struct.pack("@I", inside(end, lambda: socket.if_nametoindex(end["dev"])))
    if ":" in group:
        made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_JOIN_GROUP, socket.inet_pton(socket.AF_INET6, group) + index)
    else:
        made.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, socket.inet_aton(group) + socket.inet_aton(end["ip4"]))
    time.sleep(1)  # a report is sent again within a second
    made.close()
    time.sleep(1.5)


def own(end, address):
    return end["ip6"] if ":" in address else end["ip4"]


def run(flow, ends, errors):
    if isinstance(flow[0], list):
        threads = [threading.Thread(target=run, args=(one, ends, errors)) for one in flow]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return
    kind, end, arguments = flow[0], ends[flow[1]], flow[2:]
    try:
        {"refused": refused, "aborted": aborted, "unheard": unheard, "protocol": protocol, "join": join}[kind](end, *arguments)
    except KeyError:
        ovslab.run_flow((kind, end, *arguments), errors)
    except OSError as error:
        errors.append(f"{flow}: {error}")


def main():
    with open(sys.argv[2]) as file:
        info = json.load(file)
    wanted = json.load(sys.stdin)
    ends = info["pods"] + info.get("hosts", [])
    by_name = {end["name"]: end for end in ends}
    servers, witnesses, errors = ovslab.Servers(), [ovslab.Sniffer(end) for end in ends], []
    for end in ends:
        for address in (end["ip4"], end.get("ip6")):
            if not address: continue
            for port in ovslab.PORTS_T: servers.tcp(end["ns"], ovslab.fam_of(address), address, port)
            for port in ovslab.PORTS_U: servers.udp(end["ns"], ovslab.fam_of(address), address, port)
    for kind, name, address, port in wanted.get("servers", []):
        getattr(servers, kind)(by_name[name]["ns"], ovslab.fam_of(address), address, port)
    servers.start()
    for witness in witnesses: witness.start()
    time.sleep(.15)
    for flow in wanted["flows"]: run(flow, by_name, errors)
    time.sleep(wanted.get("settle", .4))
    servers.done = True
    for witness in witnesses: witness.done = True
    flows = [row for witness in witnesses for row in witness.finish()]
    json.dump({"errors": errors, "drops": sum(witness.drops for witness in witnesses), "made": wanted["flows"], "pods": info["pods"], "hosts": info.get("hosts", []), "flows": flows}, sys.stdout)


if __name__ == "__main__":
    main()
