// One record with all its fields, and a conversation in both directions.

import { button, byId, element, setText } from "./dom.js";
import { addressOf, fields, isCounted, termKeys } from "./fields.js";
import * as filter from "./filter.js";
import * as format from "./format.js";
import * as view from "./view.js";

const dialog = byId("record");

byId("record-close").addEventListener("click", () => dialog.close());

/** Shows every field of a record with its meaning. */
export async function open(record) {
  const body = byId("record-fields").tBodies[0];
  setText(byId("record-title"), `Record of ${format.localTime(record["@timestamp"], view.current().zone)}`);
  body.replaceChildren();
  dialog.showModal();
  const known = await fields().catch(() => new Map());
  body.replaceChildren(...Object.entries(record).map(([name, value]) => {
    const line = element("tr"), title = element("th", "mono", name), cell = element("td", "mono"), key = termKeys.get(name), meaning = known.get(name);
    title.scope = "row";
    cell.append(key ? button(String(value), "link", event => {
      dialog.close();
      filter.pick(event, `${key}=${view.quoted(String(value))}`);
    }, `Filter by ${key}. With Shift: exclude it.`) : String(value));
    line.append(title, cell, element("td", "dim", meaning ? meaning.meaning + (meaning.unit ? ` Unit: ${meaning.unit}.` : "") : ""));
    return line;
  }));
}

/** What the records of a conversation show together: both directions and the backend. */
export function conversation(box, name, records) {
  box.hidden = !name || records.length === 0;
  if (box.hidden) return;
  const counted = records.filter(isCounted), requests = counted.filter(record => record["sflow.is_initiator"] === true), replies = counted.filter(record => record["sflow.is_initiator"] === false);
  const sum = list => list.reduce((total, record) => total + (record["network.bytes"] ?? 0), 0);
  const names = (list, side) => [...new Set(list.map(record => [record[`${side}.kubernetes.namespace`], record[`${side}.kubernetes.name`]].filter(Boolean).join("/") || addressOf(record, side)))].filter(Boolean);
  const clients = new Set([...names(requests, "source"), ...names(replies, "destination")]), servers = names(requests, "destination"), backends = names(replies, "source");
  const acknowledged = records.reduce((most, record) => Math.max(most, record["sflow.acknowledged_bytes"] ?? 0), 0);
  const parts = [
    ["Client", [...clients].join(", ") || "unknown"], ["Server as addressed", servers.join(", ") || "no request among the records"],
    ["Backend", backends.join(", ") || "no reply was sampled: replies from hosts and from outside are not sampled"],
    ["Requests", `${format.bytes(sum(requests))} in ${format.whole(requests.length)} samples`],
    ["Replies", replies.length ? `${format.bytes(sum(replies))} in ${format.whole(replies.length)} samples` : acknowledged ? `not sampled; acknowledgements show at least ${format.bytes(acknowledged)}` : "no data"],
  ];
  const list = element("dl");
  for (const [title, text] of parts) list.append(element("dt", "", title), element("dd", "", text));
  box.replaceChildren(element("h3", "", name), list);
}
