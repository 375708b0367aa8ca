// Clients, services and backends as a Sankey diagram.

import { Picture } from "./chart.js";
import { ofService } from "./clients.js";
import { button, byId, setText } from "./dom.js";
import { including, pick } from "./filter.js";
import * as format from "./format.js";
import { tip, tooltip, top } from "./pairs.js";
import { Rows } from "./rows.js";
import * as view from "./view.js";

const mostServices = 12, mostLinks = 12;
let services = null, links = [];

export const name = "flows";
const picture = new Picture(byId("flows-picture"), colours => services && option(colours));
const perSecond = total => format.rate(services.covered ? total / services.covered : null, view.current().unit);
const rows = new Rows(byId("flows-table"), [
  { header: true, fill: (cell, row) => cell.replaceChildren(button(row.service, "link name", event => pick(event, row.terms))) },
  { text: row => (row.client ? "client" : "backend") },
  { text: row => row.client || row.backend },
  { className: "number", text: row => perSecond(row.total) },
], row => `${row.client} ${row.service} ${row.backend}`);

export function start() {
  picture.whenMade(chart => chart.on("click", ({ data }) => data?.terms && view.change({ filter: including(view.current().filter, data.terms) })));
}

/** The heaviest services, and the pairs of workloads of each. */
export async function load(shown, signal) {
  const list = await top(shown, { group: "service", top: mostServices }, signal);
  const pairs = await Promise.all(list.series.map(row => top({ ...shown, filter: including(shown.filter, row.filter) }, { group: "workload", direction: "forward", top: 100 }, signal)));
  return { list, pairs };
}

export async function show({ list, pairs }) {
  services = list;
  links = [];
  list.series.forEach((service, at) => {
    const { toService, toBackend } = ofService(service.label, pairs[at].series);
    const row = (map, make) => [...map].sort((a, b) => b[1].total - a[1].total).forEach(([side, sums]) => links.push({ service: service.label, terms: service.filter, ...sums, ...make(side) }));
    row(toService, client => ({ client, backend: "" }));
    row(toBackend, backend => ({ client: "", backend }));
  });
  rows.update(links, { isSorted: true });
  const { remainder } = list;
  setText(byId("flows-table-count"), `${format.whole(list.series.length)} services${remainder.total > 0 ? `; other services: ${format.share(remainder.share)} of the traffic` : ""}`);
  byId("flows-empty").hidden = links.length > 0;
  byId("flows-picture").hidden = links.length === 0;
  await picture.draw();
}

/** Nodes have a column each, so that a workload may be a client of one service and a backend of another. */
function option(colours) {
  const nodes = new Map(), shapes = new Map();
  const node = (column, label, extra) => {
    const key = `${column} ${label}`;
    if (!nodes.has(key)) nodes.set(key, { name: key, text: label, depth: column, ...extra });
    return key;
  };
  const draw = (source, target, total, terms) => {
    const key = `${source}>${target}`, known = shapes.get(key);
    if (known) known.value += total;
    else shapes.set(key, { source, target, value: total, terms });
  };
  for (const service of services.series) {
    for (const side of ["client", "backend"]) {
      links.filter(link => link.service === service.label && link[side]).forEach((link, at) => {
        const hub = node(1, service.label, { terms: service.filter, itemStyle: { color: colours.series[0] } });
        const label = at < mostLinks ? link[side] : "others";
        if (side === "client") draw(node(0, label, { itemStyle: { color: colours.series[2] } }), hub, link.total, service.filter);
        else draw(hub, node(2, label, { itemStyle: { color: colours.series[1] } }), link.total, service.filter);
      });
    }
  }
  const isNarrow = byId("flows-picture").clientWidth < 600;
  return {
    tooltip: tooltip(colours, ({ dataType, data }) => (dataType === "edge"
      ? tip(`${nodes.get(data.source).text} → ${nodes.get(data.target).text}`, perSecond(data.value))
      : tip(data.text, ["client", "service", "backend"][data.depth]))),
    series: [{
      type: "sankey", data: [...nodes.values()].map(entry => ({ ...entry, label: { position: entry.depth === 2 ? "left" : "right" } })), links: [...shapes.values()],
      left: 8, right: 8, top: 8, bottom: 8, nodeGap: 7, draggable: false, emphasis: { focus: "adjacency" }, layoutIterations: 32,
      lineStyle: { color: "source", opacity: 0.3 }, label: { color: colours.text, width: isNarrow ? 90 : 260, overflow: "truncate", formatter: ({ data }) => data.text },
    }],
  };
}
