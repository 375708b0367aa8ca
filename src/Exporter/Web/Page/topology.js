// Who talks to whom as a graph: the width of an edge is the rate, its colour the locality.

import { Picture, localityColour } from "./chart.js";
import { byId, element, fillSelect } from "./dom.js";
import * as format from "./format.js";
import { PairTable, rateOf, sideName, termOf, tip, tooltip, top } from "./pairs.js";
import { including } from "./filter.js";
import * as view from "./view.js";

const levels = [["namespace", "Namespaces"], ["workload", "Workloads"], ["node", "Nodes"], ["zone", "Zones"]];
const localities = ["same_node", "same_zone", "cross_zone", "cross_region", "internet", "unknown"];
const table = new PairTable("topology-table");
let answer = null, colourOf = new Map();

export const name = "topology";
const level = () => (levels.some(([key]) => key === view.current().group) ? view.current().group : "namespace");
const picture = new Picture(byId("topology-picture"), colours => answer && option(colours));

export function start() {
  const select = byId("topology-level");
  fillSelect(select, levels);
  select.addEventListener("change", () => view.change({ group: select.value }));
  picture.whenMade(chart => chart.on("click", ({ data }) => {
    if (!data?.terms) return;
    const { filter, group } = view.current();
    // A click on a namespace goes one step nearer: its workloads.
    view.change({ filter: including(filter, data.terms), group: data.isNode && level() === "namespace" ? "workload" : group });
  }));
}

/** The pairs, and for each of the usual localities which pairs have it. */
export async function load(shown, signal) {
  const group = level(), parameters = { group, direction: "both", top: 150 };
  const all = await top(shown, parameters, signal);
  const parts = await Promise.all(localities.map(async locality => [
    locality, await top({ ...shown, filter: including(shown.filter, `locality=${locality}`) }, parameters, signal),
  ]));
  return { all, parts };
}

export async function show({ all, parts }) {
  answer = all;
  byId("topology-level").value = level();
  colourOf = new Map();
  const most = new Map();
  for (const [locality, { series }] of parts) {
    for (const { label, total } of series) {
      if (total <= (most.get(label) ?? 0)) continue;
      most.set(label, total);
      colourOf.set(label, locality);
    }
  }
  table.show(all);
  byId("topology-empty").hidden = all.series.length > 0;
  byId("topology-picture").hidden = all.series.length === 0;
  byId("topology-key").replaceChildren(...localities.map(locality => {
    const entry = element("span", "", locality.replaceAll("_", " ")), key = element("span", "swatch");
    key.style.background = localityColour(locality);
    entry.prepend(key);
    return entry;
  }));
  await picture.draw();
}

function option(colours) {
  const group = level(), nodes = new Map(), shown = view.current(), most = Math.max(1, ...answer.series.map(row => row.total));
  const node = side => {
    const label = sideName(side, group);
    if (!nodes.has(label)) nodes.set(label, { name: label, terms: termOf(side, group), isNode: true, total: 0 });
    return nodes.get(label);
  };
  const links = answer.series.map(row => {
    const [from, to] = [node(row.name.source), node(row.name.destination)], locality = colourOf.get(row.label) ?? "unknown";
    from.total += row.total;
    if (to !== from) to.total += row.total;
    return {
      source: from.name, target: to.name, row, locality, terms: row.filter,
      lineStyle: { width: 1 + 11 * Math.sqrt(row.total / most), color: localityColour(locality), opacity: 0.7, curveness: 0.12 },
    };
  });
  const { clientWidth, clientHeight } = byId("topology-picture"), size = Math.min(clientWidth, clientHeight) / 640;
  const largest = Math.max(1, ...[...nodes.values()].map(entry => entry.total));
  const data = [...nodes.values()].map(entry => ({
    ...entry, symbolSize: 10 + 26 * Math.sqrt(entry.total / largest), itemStyle: { color: entry.name.startsWith("@") ? colours.rest : colours.accent },
    label: { show: nodes.size <= 60 || entry.total > largest / 40, formatter: () => entry.name.split("/").at(-1) },
  }));
  return {
    tooltip: tooltip(colours, ({ dataType, data: item }) => (dataType === "edge"
      ? tip(item.row.label, `${rateOf(answer, item.row, shown)} ${format.interval(item.row.error)}`, `locality: ${item.locality.replaceAll("_", " ")}`)
      : tip(item.name, `${rateOf(answer, item, shown)} with others`))),
    series: [{
      type: "graph", layout: nodes.size > 40 ? "circular" : "force", circular: { rotateLabel: true }, roam: true, data, links, cursor: "pointer",
      force: { repulsion: 2500 * size, edgeLength: [120 * size, 320 * size], gravity: 0.1 + (1 - Math.min(1, size)) / 2, layoutAnimation: false }, label: { position: "right", color: colours.text },
      emphasis: { focus: "adjacency" }, labelLayout: { hideOverlap: true },
    }],
  };
}
