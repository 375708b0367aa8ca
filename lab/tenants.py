"""A cluster with user-defined networks: two layer-2 networks and a layer-3 one that use the same subnet, and who talks to whom in them.

The two layer-2 networks mirror each other: an address that lies on one node in the red network lies on the other node in the blue one.
"""
from cluster import Cluster, Port, ServicePort as To
from exchange import Exchange

UDP, SUBNET = "UDP", "10.200.0.0/16"


def tenants():
    c = Cluster()
    web = c.workload("Deployment", "shop", "web", "01", Port("http", 8080))
    c.service(web, "web", "172.30.99.20", To("http", 80, 8080))
    red = c.network("UserDefinedNetwork", "red", ("tenant",), SUBNET)
    front = c.attach(c.workload("Deployment", "tenant", "front", "01", Port("http", 8080), Port("names", 5353, UDP)), red, "10.200.0.3", "10.200.0.5")
    c.attach(c.workload("StatefulSet", "tenant", "orders", "01", Port("http", 8080), Port("names", 5353, UDP)), red, "10.200.0.4", "10.200.0.6")
    c.service(front, "front", "172.30.120.3", To("http", 80, 8080))
    blue = c.network("ClusterUserDefinedNetwork", "blue", ("bazaar", "bazaar-data"), SUBNET)
    c.attach(c.workload("Deployment", "bazaar", "stall", "10", Port("http", 8080), Port("names", 5353, UDP)), blue, "10.200.0.3", "10.200.0.5")
    ledger = c.attach(c.workload("StatefulSet", "bazaar-data", "ledger", "10", Port("http", 8080), Port("names", 5353, UDP)), blue, "10.200.0.4", "10.200.0.6")
    c.service(ledger, "ledger", "172.30.121.4", To("http", 80, 8080))
    green = c.network("NetworkAttachmentDefinition", "green-routed", ("grove",), SUBNET, topology="layer3", role="secondary")
    c.attach(c.workload("DaemonSet", "grove", "tree", "001", Port("http", 8080), Port("names", 5353, UDP)), green, "10.200.0.7", "10.200.0.8", "10.200.1.5")
    return c


def exchanges(cluster):
    """All at once. In red and blue the addresses and ports are the same, only how often and how much differs."""
    made = []
    for network, more in zip(cluster.networks, (0, 5)):
        end = {a.address[-1]: a for a in attachments(cluster) if a.network == network}
        made += [Exchange(end["3"], end["4"], 8080, 41001, 6 + more, 300, 3000 + 100 * more), Exchange(end["3"], end["5"], 8080, 41002, 7 + more, 250, 4000 + 100 * more),
                 Exchange(end["6"], end["3"], 8080, 41003, 8 + more, 1700 + 50 * more, 700), Exchange(end["3"], end["6"], 5353, 41004, 20 + more, 60 + more, 180, "udp"),
                 Exchange(end["4"], end["3"], 5353, 41005, 18 + more, 70, 200 + more, "udp"), Exchange(end["5"], end["6"], 8080, 41006, 5 + more, 400, 2200)]
    tree = [a for a in attachments(cluster) if a.network == cluster.networks[2]]
    made += [Exchange(tree[0], tree[1], 8080, 41001, 6, 200, 2500), Exchange(tree[0], tree[2], 8080, 41002, 7, 330, 3100), Exchange(tree[2], tree[1], 5353, 41004, 17, 90, 160, "udp")]
    return made


def attachments(cluster): return [a for p in cluster.pods for a in p.attachments]
