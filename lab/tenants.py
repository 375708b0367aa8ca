"""Clusters with user-defined networks that use the same subnet, and who talks to whom in them."""
from cluster import Cluster, Port, ServicePort as To
from exchange import Exchange

SUBNET = "10.200.0.0/16"
PORTS = (Port("http", 8080), Port("names", 5353, "UDP"))


def tenants():
    """
    Two layer-2 networks that mirror each other, and a layer-3 one: an address that lies on one node in the red network lies on the
    other node in the blue one.
    """
    c = Cluster()
    web = c.workload("Deployment", "shop", "web", "01", Port("http", 8080))
    c.service(web, "web", "172.30.99.20", To("http", 80, 8080))
    red = c.network("UserDefinedNetwork", "red", ("tenant",), SUBNET)
    front = c.attach(c.workload("Deployment", "tenant", "front", "01", *PORTS), red, "10.200.0.3", "10.200.0.5")
    c.attach(c.workload("StatefulSet", "tenant", "orders", "01", *PORTS), red, "10.200.0.4", "10.200.0.6")
    c.service(front, "front", "172.30.120.3", To("http", 80, 8080))
    blue = c.network("ClusterUserDefinedNetwork", "blue", ("bazaar", "bazaar-data"), SUBNET)
    c.attach(c.workload("Deployment", "bazaar", "stall", "10", *PORTS), blue, "10.200.0.3", "10.200.0.5")
    ledger = c.attach(c.workload("StatefulSet", "bazaar-data", "ledger", "10", *PORTS), blue, "10.200.0.4", "10.200.0.6")
    c.service(ledger, "ledger", "172.30.121.4", To("http", 80, 8080))
    green = c.network("NetworkAttachmentDefinition", "green-routed", ("grove",), SUBNET, topology="layer3", role="secondary")
    c.attach(c.workload("DaemonSet", "grove", "tree", "001", *PORTS), green, "10.200.0.7", "10.200.0.8", "10.200.1.5")
    return c


def twins():
    """Two layer-2 networks that have the same addresses on the same nodes, and one pod each whose address the other one lacks."""
    c = Cluster()
    red = c.network("UserDefinedNetwork", "red", ("tenant",), SUBNET)
    blue = c.network("ClusterUserDefinedNetwork", "blue", ("bazaar", "bazaar-data"), SUBNET)
    for network, near, far, names, alone, service in ((red, "tenant", "tenant", ("front", "orders", "auditor"), "10.200.0.7", "172.30.120.3"),
                                                      (blue, "bazaar", "bazaar-data", ("stall", "ledger", "inspector"), "10.200.0.8", "172.30.121.3")):
        served = c.attach(c.workload("Deployment", near, names[0], "01", *PORTS), network, "10.200.0.3", "10.200.0.5")
        c.attach(c.workload("StatefulSet", far, names[1], "01", *PORTS), network, "10.200.0.4", "10.200.0.6")
        c.attach(c.workload("Deployment", far, names[2], "1", *PORTS), network, alone)
        c.service(served, names[0], service, To("http", 80, 8080))
    return c


def exchanges(cluster):
    """Carried out all at once. In red and blue the addresses and ports are the same, only how often and how much differs."""
    made = []
    for network, more in zip(cluster.networks, (0, 5)):
        end = {a.address[-1]: a for a in attachments(cluster) if a.network == network}
        made += [Exchange(end["3"], end["4"], 8080, 41001, 6 + more, 300, 3000 + 100 * more), Exchange(end["3"], end["5"], 8080, 41002, 7 + more, 250, 4000 + 100 * more),
                 Exchange(end["6"], end["3"], 8080, 41003, 8 + more, 1700 + 50 * more, 700), Exchange(end["3"], end["6"], 5353, 41004, 20 + more, 60 + more, 180, "udp"),
                 Exchange(end["4"], end["3"], 5353, 41005, 18 + more, 70, 200 + more, "udp"), Exchange(end["5"], end["6"], 8080, 41006, 5 + more, 400, 2200)]
    tree = [a for a in attachments(cluster) if a.network.topology == "layer3"]
    if tree: made += [Exchange(tree[0], tree[1], 8080, 41001, 6, 200, 2500), Exchange(tree[0], tree[2], 8080, 41002, 7, 330, 3100), Exchange(tree[2], tree[1], 5353, 41004, 17, 90, 160, "udp")]
    return made


def introductions(cluster):
    """Carried out before: each pod of a layer-2 network calls those whose address no other network has, so its port can be distinguished from that of its twin."""
    known = [a.address for a in attachments(cluster)]
    alone = [a for a in attachments(cluster) if known.count(a.address) == 1 and a.network.topology == "layer2"]
    return [Exchange(a, other, 8080, 43001, 2, 120, 240) for other in alone for a in attachments(cluster) if a.network == other.network and a != other]


def attachments(cluster): return [a for p in cluster.pods for a in p.attachments]
