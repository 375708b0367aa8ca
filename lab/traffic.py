"""Carries the conversations out with real sockets in the pods' network namespaces."""
import asyncio
import collections
import itertools
import random
import socket
import struct
import threading
import zlib

import names
from network import OUTSIDE, RESOLVERS, inside, namespace_of

HEAD = struct.Struct(">II")  # a request begins with its own length and the length of the answer it asks for
TIMEOUT = 8


class Place:
    """Where a client or server lives: its network namespace, its addresses, its source ports."""

    def __init__(self, name, namespace, address, address6, ports, node=None):
        self.name, self.namespace, self.address, self.address6, self.node = name, namespace, address, address6, node
        self._ports = ports

    def socket(self, kind, family=socket.AF_INET, protocol=0):
        with inside(self.namespace):
            made = socket.socket(family, kind, protocol)
        made.setblocking(False)
        return made

    def client(self, kind, target):
        """A socket bound to a source port that was not used before: Open vSwitch 3.1's userspace connection tracking
        aborts when a translated 5-tuple comes back soon after it closed."""
        family = socket.AF_INET6 if ":" in target else socket.AF_INET
        made = self.socket(kind, family)
        made.bind((self.address6 if family == socket.AF_INET6 else self.address, next(self._ports)))
        return made


class Traffic:
    def __init__(self, network, conversations):
        self.cluster, self.conversations = network.cluster, conversations
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()))
        self.requests, self.failures = 0, collections.Counter()
        starts = itertools.count(0, 1200)
        def ports():
            start = next(starts)
            return (20000 + (start + i) % 40000 for i in itertools.count())
        self.pods = {id(p): Place(p.name, namespace_of(p), p.address, p.address6, ports(), p.node) for p in network.pods}
        self.hosts = [Place(f"@{n.name}", n.name, n.management, None, ports(), n) for n in self.cluster.nodes]
        self.outside = Place("@outside", "outside", OUTSIDE, None, ports())
        self.resolvers = [Place("resolver", "outside", address, None, ports()) for address in RESOLVERS]

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._loop.call_soon_threadsafe(self._stopped.set)
        self._thread.join()

    def forget(self):
        self.requests = 0
        self.failures.clear()

    async def _run(self):
        self._loop, self._stopped = asyncio.get_running_loop(), asyncio.Event()
        servers = await self._serve()
        clients = [asyncio.create_task(self._converse(c, place)) for c in self.conversations for place in self._clients(c)]
        await self._stopped.wait()
        for task in clients:
            task.cancel()
        for server in servers:
            server.close()

    def _clients(self, conversation):
        if conversation.clients == "@node": return self.hosts
        if conversation.clients == "@outside": return [self.outside]
        return [self.pods[id(p)] for p in self.cluster.find(conversation.clients).pods if p.live]

    async def _serve(self):
        wanted = [(self.pods[id(p)], port.number, port.protocol) for w in self.cluster.workloads for p in w.pods if p.live for port in w.ports]
        wanted += [(host, port, "TCP") for host in self.hosts for port in (2379, 6443, 9100, 9979, 10250)]
        wanted += [(self.outside, port, "TCP") for port in (443, 5432, 9000)]
        wanted += [(resolver, 53, "UDP") for resolver in self.resolvers]
        loop, servers = asyncio.get_running_loop(), []
        for place, port, protocol in wanted:
            listener = place.socket(socket.SOCK_STREAM if protocol == "TCP" else socket.SOCK_DGRAM, socket.AF_INET6 if place.address6 else socket.AF_INET)
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(("::" if place.address6 else "0.0.0.0" if protocol == "TCP" else place.address, port))
            if protocol == "TCP": servers.append(await asyncio.start_server(answer, sock=listener, limit=1 << 18))
            else: servers.append((await loop.create_datagram_endpoint(_Resolver, sock=listener))[0])
        return servers

    async def _converse(self, c, place):
        targets = [t for t in c.targets if t[0] not in (place.address, place.address6)]
        if c.probe: targets = [t for t in targets if any(p.node == place.node and p.address == t[0] for p in self.cluster.pods)]
        if not targets: return
        open_ = {}
        own = random.Random(zlib.crc32(f"{place.name}{place.address}{c}".encode()))
        await asyncio.sleep(own.random() * c.every)
        for target in itertools.cycle(targets):
            begun = asyncio.get_running_loop().time()
            try:
                async with asyncio.timeout(TIMEOUT):
                    await self._ask(c, place, target, open_)
                self.requests += 1
            except (OSError, TimeoutError, asyncio.IncompleteReadError) as e:
                open_.pop(target, None)
                self.failures[f"{place.name} -> {target[0]}:{target[1]}/{c.protocol}: {type(e).__name__}"] += 1
            # Evenly jittered, so that the rates at the end are those of the beginning.
            pause = c.every * (.6 + .8 * own.random())
            await asyncio.sleep(max(0, begun + pause - asyncio.get_running_loop().time()))

    async def _ask(self, c, place, target, open_):
        match c.protocol:
            case "dns": await _resolve(place, target, c)
            case "icmp": await _echo(place, target[0], c.request)
            case _:
                streams = open_.get(target)
                if streams is None:
                    streams = await _connect(place, target)
                    if c.keep: open_[target] = streams
                try:
                    await request(streams, c)
                finally:
                    if not c.keep: streams[1].close()


async def _connect(place, target):
    made = place.client(socket.SOCK_STREAM, target[0])
    try:
        await asyncio.get_running_loop().sock_connect(made, target)
    except BaseException:
        made.close()
        raise
    return await asyncio.open_connection(sock=made, limit=1 << 18)


async def request(streams, c):
    reader, writer = streams
    writer.write(HEAD.pack(c.request, c.response).ljust(c.request, b"q"))
    await writer.drain()
    await reader.readexactly(c.response)


async def answer(reader, writer):
    try:
        while True:
            request, response = HEAD.unpack(await reader.readexactly(HEAD.size))
            await reader.readexactly(request - HEAD.size)
            writer.write(b"a" * response)
            await writer.drain()
    except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
        return  # the client hung up, or the lab closes
    finally:
        writer.close()


class _Resolver(asyncio.DatagramProtocol):
    def connection_made(self, transport): self.transport = transport

    def datagram_received(self, data, addr):
        if (found := names.answer(data)) is not None: self.transport.sendto(found, addr)


_queries = itertools.count()


async def _resolve(place, target, c):
    """One query, from a port of its own as resolvers do."""
    made, loop, turn = place.client(socket.SOCK_DGRAM, target[0]), asyncio.get_running_loop(), next(_queries)
    try:
        made.connect(target)
        await loop.sock_sendall(made, names.query(turn & 0xFFFF, c.names[turn % len(c.names)], names.AAAA if turn % 2 else names.A))
        await loop.sock_recv(made, 4096)
    finally:
        made.close()


_echoes = itertools.count()


async def _echo(place, address, size):
    """One echo request by a raw socket; the kernel fills in the checksum of ICMPv6 only."""
    v6 = ":" in address
    made = place.socket(socket.SOCK_RAW, *((socket.AF_INET6, socket.IPPROTO_ICMPV6) if v6 else (socket.AF_INET, socket.IPPROTO_ICMP)))
    identity = struct.pack(">HH", 0x5346, next(_echoes) & 0xFFFF)
    body = identity + b"p" * size
    kind = 128 if v6 else 8
    message = struct.pack(">BBH", kind, 0, 0 if v6 else _checksum(struct.pack(">BBH", kind, 0, 0) + body)) + body
    loop = asyncio.get_running_loop()
    try:
        made.connect((address, 0))
        await loop.sock_sendall(made, message)
        while True:
            answer = await loop.sock_recv(made, 4096)
            answer = answer if v6 else answer[(answer[0] & 15) * 4:]
            if answer[0] == (129 if v6 else 0) and answer[4:8] == identity: return
    finally:
        made.close()


def _checksum(data):
    total = sum(struct.unpack(f">{len(data) // 2}H", data))
    while total >> 16: total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF
