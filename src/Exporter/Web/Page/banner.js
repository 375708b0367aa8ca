// What is wrong, first: one line a trouble, above everything else.

import { byId, element, link, setText } from "./dom.js";
import * as format from "./format.js";
import { silence } from "./health.js";
import * as view from "./view.js";

/** Shares from which on a trouble is worth a line. */
const muchLoss = 0.01, muchOther = 0.05;

/** The troubles that an overview shows, worst first: {text, tone, more}. more is the long reason, behind a click. */
export function troubles(overview) {
  const { agents, unknown: gaps } = overview, list = [];
  const add = (tone, text, more) => list.push({ tone, text, more });
  if (!overview.ready) add("bad", "The exporter is not ready.", overview.notReadyBecause);
  // A viewer of some namespaces sees no agents and no losses.
  if (!agents || !gaps) return list;
  if (gaps.received > 0 && silence(overview)) add("bad", `No sFlow has arrived for ${silence(overview)}. The figures are old.`, "Check the agents, the network and the port of the exporter.");
  const names = state => agents.rows.filter(row => row.state === state).slice(0, 5).map(row => row.observerNode.startsWith("@") && row.agent ? row.agent : row.observerNode).join(", ");
  for (const [state, words] of [["never_seen", "never sent sFlow"], ["silent", "silent"], ["counters_only", "without flow samples"]]) {
    const count = agents.states[state] ?? 0;
    if (count) add("bad", `${format.whole(count)} ${count === 1 ? "agent is" : "agents are"} ${words === "silent" ? "silent" : state === "never_seen" ? "missing" : words}: ${names(state)}${count > 5 ? " and more" : ""}.`, state === "never_seen" ? "Nothing has ever arrived from these nodes. Their traffic is missing in all figures." : "Traffic that only they see is missing in all figures.");
  }
  const contested = agents.rows.filter(row => row.conflicts);
  if (contested.length) add("bad", `Two senders use the agent address ${contested.slice(0, 3).map(row => row.agent).join(", ")}.`, "Their sequence numbers and losses are mixed. Give each agent its own address.");
  const lost = agents.lost + gaps.kernelDrops, sent = agents.datagrams + lost;
  if (sent && lost / sent > muchLoss) {
    const worst = agents.rows.filter(row => row.lost).sort((a, b) => b.lossShare - a.lossShare)[0];
    add("warn", `${format.share(lost / sent)} of the datagrams were lost.`, `${worst ? `Most by ${worst.observerNode}: ${format.share(worst.lossShare)}. ` : ""}${format.whole(gaps.kernelDrops)} were lost in the kernel. Estimates are too low by what was lost.`);
  }
  for (const sink of gaps.sinks) if (sink.down) add("bad", `The sink ${sink.sink} is down; ${format.whole(sink.waiting)} records wait.`, sink.down);
  if (gaps.remainder.share > muchOther) add("warn", `${format.share(gaps.remainder.share)} of the traffic has no series of its own (__other__).`, `The limit of ${format.whole(gaps.remainder.seriesLimit)} series is reached. Raise the limit, or aggregate names.`);
  if (gaps.endpoints.share > muchOther) add("warn", `${format.share(gaps.endpoints.share)} of the traffic has an unknown pod address.`, "The address book has no pod for it. Check the access to the Kubernetes API.");
  return list;
}

/** Shows the troubles. An unchanged list keeps its elements, so that an opened reason stays open. */
export function show(overview) {
  const box = byId("banner"), list = troubles(overview), key = JSON.stringify(list);
  box.hidden = list.length === 0;
  if (box.dataset.key === key) return;
  box.dataset.key = key;
  const open = new Set([...box.querySelectorAll("details[open] .why")].map(line => line.dataset.name));
  box.replaceChildren(...list.map(({ tone, text, more }) => {
    const line = element("details", tone), summary = element("summary", "", text), name = text.replaceAll(/[\d.,]+/g, "");
    const why = element("p", "why", more ?? "");
    why.dataset.name = name;
    line.open = open.has(name);
    line.append(summary, why);
    return line;
  }));
  box.append(link("Agents and health", view.addressOf({ tab: "agents" })));
}

/** Says what a viewer of some namespaces sees. */
export function showAccess({ viewer }) {
  const note = byId("access"), count = viewer.namespaces.length;
  note.hidden = viewer.all;
  setText(note, viewer.all ? "" : `You see flows of ${format.whole(count)} ${count === 1 ? "namespace" : "namespaces"}: ${viewer.namespaces.slice(0, 10).join(", ")}${count > 10 ? " and more" : ""}. Agents and losses are shown to readers of the whole cluster.`);
  note.title = viewer.namespaces.join(", ");
}
