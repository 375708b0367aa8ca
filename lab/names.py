"""DNS messages (RFC 1035), as far as the lab's pods ask and its servers answer."""
import struct

A, AAAA = 1, 28


def query(identity, name, kind):
    """One question, recursion desired."""
    return struct.pack(">6H", identity, 0x0100, 1, 0, 0, 0) + _question(name, kind)


def answer(message):
    """Answers a query with two addresses; None for what is no query (the agents' datagrams, say)."""
    if len(message) < 17: return None
    identity, flags, questions, *_ = struct.unpack_from(">6H", message)
    if flags != 0x0100 or questions != 1: return None
    kind = struct.unpack_from(">H", message, len(message) - 4)[0]
    addresses = [bytes([172, 30, 99, last]) if kind == A else b"\xfd\x02" + bytes(13) + bytes([last]) for last in (20, 21)]
    # 0xc00c points back to the name of the question.
    records = b"".join(struct.pack(">HHHIH", 0xC00C, kind, 1, 30, len(a)) + a for a in addresses)
    return struct.pack(">6H", identity, 0x8580, 1, len(addresses), 0, 0) + message[12:] + records


def _question(name, kind):
    labels = b"".join(bytes([len(label)]) + label.encode() for label in name.split("."))
    return labels + b"\0" + struct.pack(">HH", kind, 1)
