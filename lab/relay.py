"""Passes the agents' datagrams, unchanged, to a collector outside the lab's network namespaces."""
import selectors
import socket
import threading

from network import inside

HERE = ("127.0.0.1", 6343)  # in each node's namespace


class Relay:
    """Runs while the block does."""

    def __init__(self, nodes, collector):
        host, port = collector.rsplit(":", 1)
        self.collector, self.selector, self.ended = (host, int(port)), selectors.DefaultSelector(), False
        for node in nodes:
            out = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            with inside(node.name):
                come = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
                come.bind(HERE)
            come.setblocking(False)
            self.selector.register(come, selectors.EVENT_READ, out)
        self.thread = threading.Thread(target=self._pass_on)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.ended = True
        self.thread.join()

    def _pass_on(self):
        while not self.ended:
            for key, _ in self.selector.select(.2):
                try:
                    key.data.sendto(key.fileobj.recv(65535), self.collector)
                except OSError:
                    continue  # no process listens, or the wake-up was spurious
