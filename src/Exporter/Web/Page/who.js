// Who is an address, a pod, a workload or a Service, now or at another time.

import { byId, element, link, setText } from "./dom.js";
import * as format from "./format.js";
import { fieldOf, moved, ofField } from "./range.js";
import { Latest, ask } from "./requests.js";
import * as view from "./view.js";

const latest = new Latest(), form = byId("who-form"), field = byId("who-name"), at = byId("who-at");
const isAddress = text => /^[0-9a-f]*[.:][0-9a-f.:]+$/i.test(text);

export function start() {
  form.addEventListener("submit", event => {
    event.preventDefault();
    const { zone } = view.current();
    view.change({ address: field.value.trim(), at: at.value ? ofField(at.value, zone) : "" });
  });
}

export const stop = () => latest.stop();

/** An address is explained. A name becomes a filter, whose traffic shows what it talks to. */
export function load() {
  const { address, at: moment, zone } = view.current();
  field.value = address;
  at.value = moment ? fieldOf(moment, zone) : "";
  byId("who-answer").replaceChildren();
  byId("who-talks").replaceChildren();
  setText(byId("who-note"), "");
  if (!address) return;
  latest.run(
    signal => (isAddress(address) ? explain(address, moment, signal) : find(address, signal)),
    show,
    error => {
      // Names are looked up in the history.
      setText(byId("who-note"), error.status === 404 && !isAddress(address) ? "This exporter has no history with names. Enter an address." : error.message);
    });
}

async function explain(address, moment, signal) {
  const explanation = await ask("/api/explain", { address, at: moment }, signal);
  return { explanation, filter: `address=${address}` };
}

/** Workloads and Services whose name begins with the text, or is in it after a slash. */
async function find(text, signal) {
  const kinds = ["workload", "service", "namespace", "node"];
  const answers = await Promise.all(kinds.map(kind => ask("/api/names", { field: kind, prefix: text, limit: 50 }, signal)));
  return { text, names: answers.flatMap(({ names }, at_) => names.map(name => ({ kind: kinds[at_], name }))) };
}

function show({ explanation, filter, text, names }) {
  if (names) {
    showNames(text, names);
    return;
  }
  const { zone } = view.current(), box = byId("who-answer");
  const list = element("dl"), add = (title, value) => list.append(element("dt", "", title), element("dd", "", value));
  add("Address", explanation.address);
  add(view.current().at ? `At ${format.time(explanation.at, zone)}` : "Now", explanation.what);
  add("Evidence", explanation.how);
  const { namespace, network, place } = explanation;
  if (namespace) add("Namespace", describe(namespace, zone));
  if (network) add("Network", network);
  if (place) add("Place", Object.values(place).filter(value => typeof value !== "object").join(", "));
  box.replaceChildren(list);
  if (explanation.owners.length) box.append(element("h3", "", "Owners, oldest first"), owners(explanation.owners, zone));
  const moment = view.current().at, range = moment ? around(moment) : { from: "now-1h", to: "now" };
  const terms = [["Records of this address", { tab: "records", filter, ...range }]];
  const pod = /pod ([^ /]+)\/([^ ,;]+)/.exec(explanation.what);
  if (pod) terms.push([`What ${pod[1]} does`, { tab: "explore", filter: `namespace=${view.quoted(pod[1])}`, group: "peer", ...range }]);
  box.append(links(terms));
  talks(filter, range);
}

const around = moment => ({ from: new Date(Date.parse(moment) - 1_800_000).toISOString(), to: new Date(Date.parse(moment) + 1_800_000).toISOString() });

function describe({ name, exists, since, terminating, displayName, requester }, zone) {
  if (!exists) return `${name}, which was deleted`;
  return [name, displayName && `"${displayName}"`, since && `since ${format.time(since, zone)}`, requester && `requested by ${requester}`, terminating && `being deleted since ${format.time(terminating, zone)}`].filter(Boolean).join(", ");
}

function owners(list, zone) {
  const table = element("table"), head = table.createTHead().insertRow(), body = table.createTBody();
  for (const title of ["From", "Until", "Owner", "Evidence"]) head.append(Object.assign(element("th", "", title), { scope: "col" }));
  for (const { what, how, since, until } of list) {
    const line = body.insertRow();
    line.append(element("td", "nowrap", since ? format.time(since, zone) : "unknown"), element("td", "nowrap", until ? format.time(until, zone) : "now"), element("td", "", what), element("td", "dim", how));
  }
  return table;
}

function links(list) {
  const line = element("p", "links");
  line.append(...list.map(([text, changes]) => link(text, view.addressOf({ conversation: "", workload: "", address: "", at: "", ...changes }))));
  return line;
}

/** The newest records with the address, summed by peer. */
function talks(filter, range) {
  const box = byId("who-talks");
  latest.run(
    signal => ask("/api/flows", { filter, ...moved(range, 0), counted: "true", limit: 1000 }, signal),
    ({ flows, next }) => {
      const address = filter.slice("address=".length), peers = new Map();
      for (const record of flows) {
        const side = record["source.ip"] === address ? "destination" : "source";
        const peer = [record[`${side}.kubernetes.namespace`] ?? record[`sflow.${side}_namespace`], record[`${side}.kubernetes.owner.name`] ?? record[`${side}.kubernetes.name`]].filter(Boolean).join("/") || record[`${side}.ip`];
        const key = `${peer} ${record["sflow.server_service"] ?? ""}`, sums = peers.get(key) ?? { peer, service: record["sflow.server_service"] ?? "", bytes: 0, samples: 0 };
        sums.bytes += record["network.bytes"] ?? 0;
        sums.samples++;
        peers.set(key, sums);
      }
      const table = element("table"), head = table.createTHead().insertRow(), body = table.createTBody();
      for (const title of ["Peer", "Service", "Bytes, estimated", "Samples"]) head.append(Object.assign(element("th", title.startsWith("B") || title === "Samples" ? "number" : "", title), { scope: "col" }));
      for (const { peer, service, bytes, samples } of [...peers.values()].sort((a, b) => b.bytes - a.bytes).slice(0, 50)) {
        const line = body.insertRow();
        line.append(element("td", "", peer), element("td", "", service), element("td", "number", format.bytes(bytes)), element("td", "number", format.whole(samples)));
      }
      box.replaceChildren(element("h3", "", `Talks to, by the ${flows.length === 0 ? "" : "newest "}${format.whole(flows.length)} counted records${next ? " of more" : ""} of the range`), flows.length ? table : element("p", "dim", "No counted record of the range has this address."));
    },
    error => box.replaceChildren(element("p", "dim", `No records: ${error.message}`)));
}

function showNames(text, names) {
  const box = byId("who-answer");
  if (!names.length) {
    setText(byId("who-note"), `The history knows no workload, Service, namespace or node whose name begins with "${text}". For a pod, enter its address or its workload.`);
    return;
  }
  const table = element("table"), body = table.createTBody();
  for (const { kind, name } of names) {
    const line = body.insertRow(), filter = `${kind}=${name}`, cell = element("td");
    cell.append(links([["over time", { tab: "explore", filter, group: kind === "service" ? "workload" : "peer" }], ["records", { tab: "records", filter }], ["topology", { tab: "topology", filter }]]));
    line.append(element("td", "dim", kind), Object.assign(element("th", "", name), { scope: "row" }), cell);
  }
  box.replaceChildren(table);
}
