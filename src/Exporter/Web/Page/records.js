// Single records of the filter and range, newest first.

import { button, byId, element, link, setText } from "./dom.js";
import { addressOf, combined, defaultColumns, fields, isAbsent, isCounted } from "./fields.js";
import * as filter from "./filter.js";
import * as format from "./format.js";
import { instant } from "./range.js";
import * as detail from "./record.js";
import { Latest, ask } from "./requests.js";
import { Rows } from "./rows.js";
import * as view from "./view.js";

const page = 500, mostRows = 10_000;
const latest = new Latest(), table = byId("records");
let list = [], next = null, isComplete = true, rows, shownColumns = "", question = {};

/** The parameters of the search for the view. Relative times become instants, so that older pages belong to the same range. */
function parameters({ filter: terms, from, to, conversation, workload }) {
  const begin = from === "live" ? "now-1m" : from;
  return { filter: terms, conversation, workload, from: new Date(instant(begin)).toISOString(), to: to === "now" ? "" : new Date(instant(to)).toISOString() };
}

export function start() {
  byId("older").addEventListener("click", () => read(next));
  byId("records-again").addEventListener("click", load);
  byId("csv").addEventListener("click", linkFile);
  byId("ndjson").addEventListener("click", download);
  byId("columns").addEventListener("toggle", chooseColumns);
}

export function load() {
  question = parameters(view.current());
  list = [];
  linkFile();
  columns();
  read(null);
}

export const stop = () => latest.stop();

function linkFile() {
  const query = new URLSearchParams(Object.entries({ ...question, limit: 1000, format: "csv" }).filter(([, value]) => value));
  byId("csv").href = `/api/flows?${query}`;
}

function read(before) {
  say("searching");
  latest.run(
    signal => ask("/api/flows", { ...question, limit: page, before }, signal),
    answer => {
      filter.showFault(null);
      list.push(...answer.flows ?? []);
      [next, isComplete] = [answer.next, answer.complete !== false];
      show();
    },
    error => {
      list = [];
      next = null;
      show();
      say(error.message, true);
      filter.showFault(error);
    });
}

function show() {
  const { conversation } = view.current();
  rows.update(list, { isSorted: true });
  byId("found").hidden = list.length === 0;
  byId("older").hidden = isAbsent(next) || list.length >= mostRows;
  byId("record-fields-shown").replaceChildren(...view.recordFields.filter(name => view.current()[name]).map(name =>
    button(`${name} ${view.current()[name]} ✕`, "chip", () => view.change({ [name]: "" }), `Search without this ${name}`)));
  detail.conversation(byId("conversation"), conversation, list);
  const more = isAbsent(next) ? "" : list.length >= mostRows ? "; narrow the filter or the range for older ones" : "; there are older ones";
  say(list.length ? `${format.whole(list.length)} records, newest first${more}${isComplete ? "" : "; the search stopped before the end of the range"}` : "No record matches.");
}

function say(text, isBad = false) {
  setText(byId("search-note"), text);
  byId("search-note").classList.toggle("bad", isBad);
}

/** Builds the table for the chosen columns. */
function columns() {
  const chosen = view.current().columns || defaultColumns.join(",");
  if (chosen === shownColumns) return;
  shownColumns = chosen;
  const names = chosen.split(",").filter(Boolean), line = element("tr");
  line.append(...names.map(name => {
    const cell = element("th", name === "bytes" ? "number" : "", combined.get(name) ?? name);
    cell.scope = "col";
    return cell;
  }));
  table.tHead.replaceChildren(line);
  table.tBodies[0].replaceChildren();
  rows = new Rows(table, names.map(columnOf), record => record.position ?? record["event.id"] ?? JSON.stringify(record));
}

const cells = {
  time: { header: true, className: "nowrap", fill: (cell, record) => cell.replaceChildren(button(format.localTime(record["@timestamp"], view.current().zone), "link mono", () => detail.open(record), "All fields of this record"), " ", element("span", "dim", format.ago(record["@timestamp"]))) },
  source: { fill: (cell, record) => side(cell, record, "source") },
  destination: { fill: (cell, record) => side(cell, record, "destination") },
  protocol: { text: record => String(record["network.transport"] ?? record["network.type"] ?? "") },
  bytes: {
    className: "number", text: record => (isAbsent(record["network.bytes"]) ? "" : format.bytes(record["network.bytes"])),
    title: record => {
      const received = record["sflow.acknowledged_bytes"];
      return (isAbsent(record["network.packets"]) ? "" : format.packets(record["network.packets"])) + (isAbsent(received) ? "" : `; acknowledges at least ${format.bytes(received)} in the other direction`);
    },
  },
  service: { fill: service },
  observation: {
    text: record => String(record["sflow.observation"] ?? record["sflow.fault"] ?? "").replaceAll("_", " ") + (isCounted(record) ? "" : ", not counted"),
    tone: record => (isCounted(record) ? "" : "dim"),
  },
};

const columnOf = name => cells[name] ?? { className: "mono", text: record => String(record[name] ?? "") };

function side(cell, record, prefix) {
  const namespace = record[`${prefix}.kubernetes.namespace`] ?? record[`sflow.${prefix}_namespace`], name = record[`${prefix}.kubernetes.name`];
  const who = [namespace, name].filter(Boolean).join("/"), ip = record[`${prefix}.ip`];
  cell.replaceChildren();
  if (who) cell.append(namespace ? button(who, "link name", event => filter.pick(event, `${prefix === "source" ? "from" : "to"}_namespace=${view.quoted(namespace)}`), `Filter by ${namespace}. With Shift: exclude it.`) : element("span", "", who), " ");
  if (!isAbsent(ip)) cell.append(link(addressOf(record, prefix), view.addressOf({ tab: "who", address: String(ip), at: record["@timestamp"] }), "Who had this address then?"));
  cell.lastElementChild?.classList.add("mono");
}

function service(cell, record) {
  const reason = record["sflow.server_reason"], conversation = record["sflow.conversation"];
  cell.replaceChildren(String(record["sflow.server_service"] ?? ""));
  cell.title = reason ? `server: ${record["sflow.is_initiator"] ? "destination" : "source"}, by ${String(reason).replaceAll("_", " ")}` : "";
  if (conversation) cell.append(" ", link("conversation", view.addressOf({ conversation, filter: "" }), `All records of ${conversation}, both directions`));
}

async function chooseColumns() {
  const box = byId("columns-list");
  if (!byId("columns").open || box.childElementCount) return;
  const all = [...combined.entries(), ...[...(await fields().catch(() => new Map())).values()].map(field => [field.name, field.name, field.meaning])];
  const chosen = new Set((view.current().columns || defaultColumns.join(",")).split(","));
  box.replaceChildren(...all.map(([name, title, meaning]) => {
    const label = element("label", "", ` ${title}`), tick = element("input");
    Object.assign(tick, { type: "checkbox", checked: chosen.has(name), value: name });
    label.title = meaning ?? "";
    label.prepend(tick);
    tick.addEventListener("change", () => {
      const wanted = [...box.querySelectorAll("input:checked")].map(input => input.value).join(",");
      view.change({ columns: wanted === defaultColumns.join(",") ? "" : wanted }, { replaces: true });
      columns();
      rows.update(list, { isSorted: true });
    });
    return label;
  }));
}

/** Writes the records of the filter, up to the most that are shown, as a file of one JSON object a line. */
async function download() {
  const lines = [];
  let before = null;
  say("reading records for the file");
  try {
    do {
      const answer = await ask("/api/flows", { ...question, limit: 1000, before });
      for (const record of answer.flows) lines.push(JSON.stringify(record));
      before = answer.next;
    } while (!isAbsent(before) && lines.length < mostRows);
  } catch (error) {
    say(error.message, true);
    return;
  }
  const file = element("a");
  file.href = URL.createObjectURL(new Blob([lines.join("\n"), "\n"], { type: "application/x-ndjson" }));
  file.download = "flows.ndjson";
  file.click();
  setTimeout(() => URL.revokeObjectURL(file.href), 60_000);
  say(`${format.whole(lines.length)} records written to flows.ndjson${isAbsent(before) ? "" : "; older ones are left out"}`);
}
