"""Keeps what the agents sent, and writes the files beside it."""
import os
import signal
import subprocess

from network import PREFIX


class Capture:
    """tcpdump of the agents' datagrams on a device of a network namespace, while the block runs."""

    def __init__(self, namespace, device, path):
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        self.words = f"ip netns exec {PREFIX}{namespace} tcpdump -Z root -U -i {device} -w {path} udp dst port 6343".split()

    def __enter__(self):
        self.process = subprocess.Popen(self.words, stderr=subprocess.PIPE, text=True)
        while "listening" not in self.process.stderr.readline():
            if self.process.poll() is not None: raise SystemExit("tcpdump did not start")
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGINT)
        self.process.wait()


def write(path, text):
    """Writes the file, and makes its folder where it is absent."""
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    with open(path, "w") as file:
        file.write(text + "\n")
