"""Requests and answers between pods in user-defined networks: real sockets, given ports, an end."""
import asyncio
import itertools
import socket
from dataclasses import dataclass

from network import namespace_of
from traffic import HEAD, Place, answer, request
from usernetworks import Attachment


@dataclass(frozen=True)
class Exchange:
    client: Attachment
    server: Attachment
    port: int
    source: int  # the client's port
    times: int
    request: int  # bytes
    response: int
    protocol: str = "tcp"


def carry_out(exchanges):
    """All exchanges at once. Returns when the last connection is closed."""
    asyncio.run(_carry_out(exchanges))


async def _carry_out(exchanges):
    loop, servers = asyncio.get_running_loop(), []
    for end, port, protocol in {(e.server, e.port, e.protocol) for e in exchanges}:
        listener = _bound(end, protocol, port)
        if protocol == "tcp": servers.append(await asyncio.start_server(answer, sock=listener, limit=1 << 18))
        else: servers.append((await loop.create_datagram_endpoint(_Echo, sock=listener))[0])
    await asyncio.gather(*map(_within_time, exchanges))
    await asyncio.sleep(.3)  # the last FIN and its ACK
    for server in servers:
        server.close()


async def _within_time(e):
    try:
        async with asyncio.timeout(15):
            await (_tcp(e) if e.protocol == "tcp" else _udp(e))
    except (OSError, TimeoutError, asyncio.IncompleteReadError) as error:
        raise RuntimeError(f"{e.client.port} to {e.server.port}, {e.protocol}/{e.port} from {e.source}: {error!r}") from error


def _bound(end, protocol, port):
    place = Place(end.pod.name, namespace_of(end.pod), end.address, None, itertools.count(port))
    made = place.socket(socket.SOCK_STREAM if protocol == "tcp" else socket.SOCK_DGRAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.bind((end.address, port))
    return made


async def _tcp(e):
    made = _bound(e.client, "tcp", e.source)
    await asyncio.get_running_loop().sock_connect(made, (e.server.address, e.port))
    reader, writer = await asyncio.open_connection(sock=made, limit=1 << 18)
    for _ in range(e.times):
        await request((reader, writer), e)
    writer.close()
    await writer.wait_closed()


async def _udp(e):
    loop, made = asyncio.get_running_loop(), _bound(e.client, "udp", e.source)
    made.connect((e.server.address, e.port))
    for _ in range(e.times):
        await _answered(loop, made, HEAD.pack(e.request, e.response).ljust(e.request, b"q"))
    made.close()


async def _answered(loop, made, message):
    """Asks again after half a second: Open vSwitch drops what comes before it knows the other node's address."""
    while True:
        await loop.sock_sendall(made, message)
        try:
            async with asyncio.timeout(.5):
                return await loop.sock_recv(made, 65535)
        except TimeoutError:
            continue


class _Echo(asyncio.DatagramProtocol):
    def connection_made(self, transport): self.transport = transport

    def datagram_received(self, data, address):
        self.transport.sendto(b"a" * HEAD.unpack_from(data)[1], address)
