// Links to Kibana and Grafana with the filter and the time of the view.

import { byId } from "./dom.js";
import { terms } from "./filter.js";
import { instant, isRelative } from "./range.js";
import * as view from "./view.js";

/** The data view and the ids of dashboards that this project's files have. */
const dataView = "sflow-flows", dashboard = "sflow-";
/** As Kubernetes writes them: the filter ignores case, Kibana does not. */
const kinds = ["Pod", "Service", "Node", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "CronJob"];
const kibana = byId("kibana"), grafana = byId("grafana");
let bases = { kibana: null, grafana: null };

export function start() {
  for (const link of [kibana, grafana]) for (const happening of ["pointerdown", "focus", "click"]) link.addEventListener(happening, update);
}

export function show({ links }) {
  if (links) bases = links;
  update();
}

export function update() {
  const shown = view.current(), { list, left } = terms(shown.filter);
  set(kibana, bases.kibana, toKibana(shown, list), left);
  set(grafana, bases.grafana, toGrafana(shown, list), []);
}

function set(link, base, path, left) {
  link.hidden = !base;
  if (base) link.href = base + path;
  const without = [...left, ...terms(view.current().filter).list.filter(term => !(term.key in conditions)).map(term => term.key)];
  link.title = without.length ? `The same records, without these terms: ${without.join(", ")}` : "The same records";
}

/** A time of the view as Kibana and Grafana write it. */
const time = text => (text === "live" ? "now-1m" : isRelative(text) ? (text.startsWith("now") ? text : `now${text}`) : new Date(instant(text)).toISOString());

/** Discover, by Kibana's query language within Rison within a fragment. */
function toKibana(shown, list) {
  const range = `(time:(from:${rison(time(shown.from))},to:${rison(time(shown.to))}))`, parts = list.filter(term => term.key in conditions).map(write);
  if (shown.workload) parts.push(conditions.workload(shown.workload));
  if (shown.conversation) parts.push(`sflow.conversation: ${quoted(shown.conversation)}`);
  return `/app/discover#/?_g=${range}&_a=(index:${rison(dataView)},query:(language:kuery,query:${rison(parts.join(" and "))}))`;
}

function write({ key, values, isNot }) {
  const any = values.map(value => conditions[key](value)).join(" or ");
  return isNot ? `not (${any})` : values.length > 1 ? `(${any})` : any;
}

/** A text of Rison, which marks quotation and exclamation marks with an exclamation mark. */
const rison = text => `'${encodeURIComponent(text.replaceAll(/[!']/g, "!$&")).replaceAll("'", "%27")}'`;
const quoted = text => `"${text.replaceAll(/[\\"]/g, "\\$&")}"`;
/** A value of Kibana's language: with an asterisk it must not be in quotes. */
const value = text => (text.includes("*") ? text.replaceAll(/[\\():<>"{}\s]/g, "\\$&") : quoted(text));
const both = each => text => `(${each("source", text)} or ${each("destination", text)})`;

const sides = {
  namespace: (side, text) => `sflow.${side}_namespace: ${value(text)}`,
  address: (side, text) => `${side}.ip: ${value(text)}`,
  port: (side, text) => `${side}.port: ${value(text)}`,
  node: (side, text) => `${side}.kubernetes.node.name: ${value(text)}`,
  zone: (side, text) => `${side}.kubernetes.zone: ${value(text)}`,
  workload: (side, text) => workload(side, ...text.split("/").toReversed()),
};

const conditions = {
  service: text => (/[^/]+\/[^:]+:|^@/.test(text) ? `sflow.server_service: ${value(text)}` : `sflow.server_service: ${text.replaceAll(/[\\():<>"{}\s]/g, "\\$&")}\\:*`),
  protocol: text => `network.transport: ${value(text)}`,
  locality: text => `sflow.locality: ${value(text)}`,
  counted: text => `sflow.counted: ${text}`,
  from: text => sides[text.includes("/") ? "workload" : "namespace"]("source", text),
  to: text => sides[text.includes("/") ? "workload" : "namespace"]("destination", text),
};
for (const [key, each] of Object.entries(sides)) {
  conditions[key] = both(each);
  conditions[`from_${key}`] = text => each("source", text);
  conditions[`to_${key}`] = text => each("destination", text);
}

/** By name of the workload or of the object itself, as the filter has it. */
function workload(side, name, given, namespace) {
  const kind = kinds.find(known => known.toLowerCase() === given?.toLowerCase()) ?? given;
  const object = prefix => [kind && `${prefix}.kind: ${value(kind)}`, `${prefix}.name: ${value(name)}`].filter(Boolean).join(" and ");
  const named = `((${object(`${side}.kubernetes.owner`)}) or (${object(`${side}.kubernetes`)}))`;
  return namespace ? `(${named} and ${sides.namespace(side, namespace)})` : named;
}

/** The dashboard of what the filter selects: a Service, a workload or a namespace. */
function toGrafana(shown, list) {
  const subject = shown.workload ? { key: "workload", values: [shown.workload] } : ["service", "workload", "namespace"].map(key => list.find(term => term.key === key && !term.isNot)).find(Boolean);
  const variables = new URLSearchParams(subject ? { [`var-${subject.key}`]: subject.key === "workload" ? subject.values[0].split("/").slice(-2).join("/") : subject.values[0] } : {});
  for (const side of ["from", "to"]) variables.set(side, isRelative(time(shown[side])) ? time(shown[side]) : String(Date.parse(time(shown[side]))));
  return `/d/${dashboard}${subject?.key ?? "overview"}?${variables}`;
}
