// Where packets to public addresses go: addresses with their country and network, where databases are given.

import { byId, link, setText } from "./dom.js";
import * as filter from "./filter.js";
import * as format from "./format.js";
import { range } from "./pairs.js";
import { moved } from "./range.js";
import { ask } from "./requests.js";
import { Rows } from "./rows.js";
import * as view from "./view.js";

const mostRecords = 1000, mostAddresses = 20;

const rows = new Rows(byId("outside-table"), [
  { header: true, className: "mono", fill: (cell, row) => cell.replaceChildren(link(row.address, view.addressOf({ tab: "who", address: row.address }), "Who is this address?")) },
  { text: row => row.sources },
  { text: row => row.country }, { text: row => row.network },
  { className: "number", text: row => format.bytes(row.bytes) }, { className: "number", text: row => format.whole(row.samples) },
], row => row.address);

/** The heaviest public addresses among the newest records of the view, each with its place. */
export async function load(shown, signal) {
  const { filter: terms, ...times } = range(shown);
  const { flows, next } = await ask("/api/flows", { filter: filter.including(terms, "to_namespace=@internet counted=true"), ...moved(times, 0), limit: mostRecords }, signal);
  const sums = new Map();
  for (const record of flows) {
    const address = record["destination.ip"], known = sums.get(address) ?? { address, bytes: 0, samples: 0, from: new Set() };
    known.bytes += record["network.bytes"] ?? 0;
    known.samples++;
    known.from.add(record["sflow.source_namespace"] ?? "unknown");
    sums.set(address, known);
  }
  const list = [...sums.values()].sort((a, b) => b.bytes - a.bytes);
  const addresses = await Promise.all(list.slice(0, mostAddresses).map(async row => {
    const { place } = await explained(row.address, signal);
    return {
      ...row, sources: [...row.from].join(", "), country: place?.countryName ?? place?.countryCode ?? format.nothing,
      network: [place?.asNumber && `AS${place.asNumber}`, place?.asOrganization].filter(Boolean).join(" ") || format.nothing,
    };
  }));
  return { addresses, count: sums.size, records: flows.length, isPart: next !== null && next !== undefined };
}

/** What an address is. A viewer of some namespaces may not read it: then its place stays unknown. */
async function explained(address, signal) {
  try {
    return await ask("/api/explain", { address }, signal);
  } catch (error) {
    if (error.status === 403 || error.status === 404) return {};
    throw error;
  }
}

export function show({ addresses, count, records, isPart }) {
  rows.update(addresses, { isSorted: true });
  setText(byId("outside-count"), records === 0
    ? "No record of the range has a public destination."
    : `${format.whole(count)} addresses, by the ${isPart ? "newest " : ""}${format.whole(records)} records of the range`);
}
