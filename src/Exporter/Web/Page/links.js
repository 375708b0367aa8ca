// Links to Kibana and Grafana with the filter and the time of the search.

import { byId } from "./dom.js";
import { parameters } from "./search.js";

/** The data view and the ids of dashboards that this project's files have. */
const dataView = "sflow-flows", dashboard = "sflow-";
/** As Kubernetes writes them: the search ignores case, Kibana does not. */
const kinds = ["Pod", "Service", "Node", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "CronJob"];
const form = byId("search"), kibana = byId("kibana"), grafana = byId("grafana");
let bases = { kibana: null, grafana: null };

export function start() {
  // The form may also change without an input event: a click on a conversation, a browser that restores it.
  for (const happening of ["input", "submit"]) form.addEventListener(happening, update);
  for (const link of [kibana, grafana]) for (const happening of ["pointerdown", "focus", "click"]) link.addEventListener(happening, update);
}

export function show({ links }) {
  bases = links;
  update();
}

function update() {
  const wanted = parameters();
  set(kibana, bases.kibana, toKibana(wanted));
  set(grafana, bases.grafana, toGrafana(wanted));
}

function set(link, base, path) {
  link.hidden = !base;
  if (base) link.href = base + path;
}

/** Discover, by Kibana's query language within Rison within a fragment. */
function toKibana(wanted) {
  const time = `(time:(from:${rison(wanted.get("from") ?? "now-15m")},to:${rison(wanted.get("to") ?? "now")}))`;
  return `/app/discover#/?_g=${time}&_a=(index:${rison(dataView)},query:(language:kuery,query:${rison(query(wanted))}))`;
}

/** A text of Rison, which marks quotation and exclamation marks with an exclamation mark. */
const rison = text => `'${encodeURIComponent(text.replaceAll(/[!']/g, "!$&")).replaceAll("'", "%27")}'`;

const quoted = text => `"${text.replaceAll(/[\\"]/g, "\\$&")}"`;
const both = (field, value) => `(source.${field}: ${value} or destination.${field}: ${value})`;

const conditions = {
  namespace: text => `(sflow.source_namespace: ${quoted(text)} or sflow.destination_namespace: ${quoted(text)})`,
  workload: text => workload(...text.split("/", 2).toReversed()),
  address: text => both("ip", quoted(text)),
  port: text => both("port", quoted(text)),
  service: text => (/[^/]+\/[^:]+:|^@/.test(text) ? `sflow.server_service: ${quoted(text)}` : `sflow.server_service: ${text.replaceAll(/[\\():<>"*{}]/g, "\\$&")}\\:*`),
  conversation: text => `sflow.conversation: ${quoted(text)}`,
  protocol: text => `network.transport: ${quoted(text)}`,
  counted: text => `sflow.counted: ${text}`,
};

/** By name of the workload or of the object itself, as the search has it. */
function workload(name, given) {
  const kind = kinds.find(known => known.toLowerCase() === given?.toLowerCase()) ?? given;
  if (!kind) return `(${both("kubernetes.owner.name", quoted(name))} or ${both("kubernetes.name", quoted(name))})`;
  const side = end => `(${end}.kubernetes.owner.kind: ${quoted(kind)} and ${end}.kubernetes.owner.name: ${quoted(name)})`
    + ` or (${end}.kubernetes.kind: ${quoted(kind)} and ${end}.kubernetes.name: ${quoted(name)})`;
  return `(${side("source")} or ${side("destination")})`;
}

const query = wanted => Object.entries(conditions).filter(([field]) => wanted.has(field)).map(([field, write]) => write(wanted.get(field))).join(" and ");

/** The dashboard of what was searched for: a Service, a workload or a namespace. */
function toGrafana(wanted) {
  const subject = ["service", "workload", "namespace"].find(field => wanted.has(field));
  const variables = new URLSearchParams(subject ? { [`var-${subject}`]: wanted.get(subject) } : {});
  for (const [side, fallback] of [["from", "now-15m"], ["to", "now"]]) variables.set(side, wanted.has(side) ? String(Date.parse(wanted.get(side))) : fallback);
  return `/d/${dashboard}${subject ?? "overview"}?${variables}`;
}
