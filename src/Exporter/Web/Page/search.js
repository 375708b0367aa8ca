// Search of records: pages by position, newest first.

import { byId, element, setText } from "./dom.js";
import * as format from "./format.js";

const form = byId("search");
const mostRows = 1000;
const isAbsent = value => value === undefined || value === null;
const positions = [];
let asked = new URLSearchParams();
let running;

export function start() {
  form.addEventListener("submit", event => {
    event.preventDefault();
    linkCsv();
    asked = parameters();
    positions.length = 0;
    positions.push("");
    load();
  });
  // A click on a conversation and a browser that restores the form change values without an input event.
  form.addEventListener("input", linkCsv);
  byId("csv").addEventListener("click", linkCsv);
  byId("older").addEventListener("click", event => {
    positions.push(event.target.dataset.next);
    load();
  });
  byId("newer").addEventListener("click", () => {
    positions.pop();
    load();
  });
  searchLinked();
}

/** Links of dashboards name fields of the form, such as /?namespace=shop&from=2026-11-24T12:00:00Z: fill them in and search. */
function searchLinked() {
  let isLinked = false;
  for (const [field, value] of new URLSearchParams(window.location.search)) {
    const input = form.elements.namedItem(field);
    if (!input?.name || !value) continue;
    input.value = input.type === "datetime-local" ? localInput(value) : value;
    isLinked = true;
  }
  if (!isLinked) return;
  form.requestSubmit();
  form.scrollIntoView();
}

/** An instant in the reader's time zone, as the field of a date and time takes it; empty if it is none. */
function localInput(text) {
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? "" : new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}

/** What the form asks for; times as ISO 8601. */
export function parameters() {
  const wanted = new URLSearchParams();
  for (const [field, value] of new FormData(form)) {
    const text = value.trim();
    if (!text) continue;
    const isTime = field === "from" || field === "to";
    wanted.set(field, isTime ? new Date(text).toISOString() : text);
  }
  return wanted;
}

function csv(wanted) {
  const all = new URLSearchParams(wanted);
  all.set("limit", mostRows);
  all.set("format", "csv");
  return `/api/flows?${all}`;
}

function linkCsv() {
  byId("csv").href = csv(parameters());
}

async function load() {
  running?.abort();
  const mine = running = new AbortController();
  const wanted = new URLSearchParams(asked), before = positions.at(-1);
  if (before) wanted.set("before", before);
  say("searching");
  try {
    const answer = await fetch(`/api/flows?${wanted}`, { signal: mine.signal, headers: { Accept: "application/json" } });
    if (!answer.ok) {
      fail(answer.status === 404 ? "the store is off: start the exporter with --store true" : await reason(answer));
      return;
    }
    show(await answer.json());
  } catch (error) {
    if (!mine.signal.aborted) fail(`no response: ${error.message}`);
  }
}

export async function reason(answer) {
  const text = (await answer.text()).trim();
  try {
    const problem = JSON.parse(text);
    return String(problem.detail ?? problem.error ?? problem.title ?? text).slice(0, 300);
  } catch {
    return text.slice(0, 300) || `status ${answer.status}`;
  }
}

function say(text) {
  const note = byId("search-note");
  note.classList.remove("bad");
  setText(note, text);
}

function fail(text) {
  say(text);
  byId("search-note").classList.add("bad");
  byId("found").hidden = true;
  byId("older").hidden = byId("newer").hidden = true;
}

function show(page) {
  const flows = page.flows ?? [];
  const older = byId("older");
  byId("found").hidden = flows.length === 0;
  byId("records").tBodies[0].replaceChildren(...flows.map(line));
  byId("found").scrollTop = 0;
  older.hidden = isAbsent(page.next);
  older.dataset.next = page.next ?? "";
  byId("newer").hidden = positions.length < 2;
  say(flows.length === 0 ? "no matching record" : `${format.whole(flows.length)} records, page ${positions.length}`);
}

function line(record) {
  const row = element("tr");
  const bytes = element("td", "number", isAbsent(record["network.bytes"]) ? "" : format.bytes(record["network.bytes"]));
  if (!isAbsent(record["network.packets"])) bytes.title = format.packets(record["network.packets"]);
  const received = record["sflow.acknowledged_bytes"];
  if (!isAbsent(received)) bytes.title += `; acknowledges at least ${format.bytes(received)} in the other direction`;
  row.append(
    element("td", "nowrap", format.localTime(record["@timestamp"])), end(record, "source"), end(record, "destination"),
    element("td", "", String(record["network.transport"] ?? record["network.type"] ?? "")), bytes,
    service(record), observation(record));
  return row;
}

function end(record, side) {
  const cell = element("td");
  const namespace = record[`${side}.kubernetes.namespace`] ?? record[`sflow.${side}_namespace`], name = record[`${side}.kubernetes.name`];
  const ip = record[`${side}.ip`], port = record[`${side}.port`];
  const who = [namespace, name].filter(Boolean).join("/");
  const address = isAbsent(ip) ? "" : isAbsent(port) ? String(ip) : `${String(ip).includes(":") ? `[${ip}]` : ip}:${port}`;
  if (who) cell.append(element("span", "", who), " ");
  cell.append(element("span", "address mono", address));
  return cell;
}

function service(record) {
  const cell = element("td"), reason = record["sflow.server_reason"], conversation = record["sflow.conversation"];
  cell.append(String(record["sflow.server_service"] ?? ""));
  if (reason) cell.title = `server: ${record["sflow.is_initiator"] ? "destination" : "source"}, by ${String(reason).replaceAll("_", " ")}`;
  if (conversation) {
    const link = element("button", "link", "conversation");
    link.type = "button";
    link.title = `all records of ${conversation}`;
    link.addEventListener("click", () => {
      form.reset();
      form.elements.conversation.value = conversation;
      form.requestSubmit();
    });
    cell.append(" ", link);
  }
  return cell;
}

function observation(record) {
  const counted = record["sflow.counted"] === true || record["sflow.counted"] === "true";
  const cell = element("td", counted ? "" : "dim", String(record["sflow.observation"] ?? record["sflow.fault"] ?? "").replaceAll("_", " "));
  if (!counted) cell.append(", not counted");
  return cell;
}
