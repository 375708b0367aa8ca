// Which side of a pair of workloads is the client of a service, from what the pairs of that service show.

import { sideName } from "./pairs.js";

const isService = side => side?.kind === "Service";

/**
 * Links of one service: clients with both ways of their traffic, and backends with what names them.
 * A request to a Service shows the address of the Service, and only the reply shows its backend. So a source of packets to the Service is a client,
 * and what sends to a client of it is a backend. Between workloads without such a packet, the namespace of the service decides.
 */
export function ofService(service, pairs) {
  const namespace = service.includes("/") ? service.slice(0, service.indexOf("/")) : null;
  const clients = new Set(pairs.filter(({ name }) => isService(name.destination)).map(({ name }) => sideName(name.source, "workload")));
  const toService = new Map(), toBackend = new Map();
  const add = (map, key, row) => map.set(key, { total: (map.get(key)?.total ?? 0) + row.total, samples: (map.get(key)?.samples ?? 0) + (row.samples ?? 0) });
  for (const row of pairs) {
    const { source, destination } = row.name, from = sideName(source, "workload"), to = sideName(destination, "workload");
    if (isService(destination)) {
      add(toService, from, row);
      continue;
    }
    const isReply = isService(source) || (clients.has(to) && !clients.has(from)) || (!clients.has(from) && source?.namespace === namespace && destination?.namespace !== namespace);
    const [client, server] = isReply ? [to, from] : [from, to];
    add(toService, client, row);
    if (!isService(source)) add(toBackend, server, row);
  }
  return { toService, toBackend };
}
