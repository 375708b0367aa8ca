// Pairs as a heatmap: sources down, destinations across.

import { Picture } from "./chart.js";
import { byId, fillSelect, setText } from "./dom.js";
import { including } from "./filter.js";
import * as format from "./format.js";
import { PairTable, rateOf, sideName, tip, tooltip, top } from "./pairs.js";
import * as view from "./view.js";

const levels = [["namespace", "Namespaces"], ["workload", "Workloads"], ["node", "Nodes"], ["zone", "Zones"], ["network", "Networks"]];
/** Names on a side; more can't be read. The table has all. */
const mostNames = 40;
const table = new PairTable("matrix-table");
let answer = null;

export const name = "matrix";
const level = () => (levels.some(([key]) => key === view.current().group) ? view.current().group : "namespace");
const picture = new Picture(byId("matrix-picture"), colours => answer && option(colours));

export function start() {
  const select = byId("matrix-level");
  fillSelect(select, levels);
  select.addEventListener("change", () => view.change({ group: select.value }));
  picture.whenMade(chart => chart.on("click", ({ data }) => data?.row && view.change({ filter: including(view.current().filter, data.row.filter) })));
}

export const load = (shown, signal) => top(shown, { group: level(), direction: "forward", top: 1000 }, signal);

export async function show(pairs) {
  answer = pairs;
  byId("matrix-level").value = level();
  table.show(pairs);
  byId("matrix-empty").hidden = pairs.series.length > 0;
  byId("matrix-picture").hidden = pairs.series.length === 0;
  await picture.draw();
}

/** The heaviest names of one side. */
function names(side) {
  const sums = new Map();
  for (const { name: pair, total } of answer.series) {
    const label = sideName(pair[side], level());
    sums.set(label, (sums.get(label) ?? 0) + total);
  }
  return [...sums].sort((a, b) => b[1] - a[1]).slice(0, mostNames).map(([label]) => label);
}

function option(colours) {
  const sources = names("source"), destinations = names("destination"), shown = view.current(), group = level();
  const data = [];
  for (const row of answer.series) {
    const down = sources.indexOf(sideName(row.name.source, group)), across = destinations.indexOf(sideName(row.name.destination, group));
    // A cell without traffic stays empty: nothing was sampled, which is not the same as a small figure.
    if (down >= 0 && across >= 0 && row.total > 0) data.push({ value: [across, down, Math.log10(row.total)], row });
  }
  const logs = data.map(cell => cell.value[2]), isNarrow = byId("matrix-picture").clientWidth < 600;
  setText(byId("matrix-key"), `Colour by amount, on a logarithmic scale; empty: nothing sampled. ${data.length < answer.series.length ? `The ${mostNames} heaviest names of each side.` : ""}`);
  const axis = list => ({
    type: "category", data: list, axisLine: { lineStyle: { color: colours.line } }, axisTick: { show: false },
    axisLabel: { color: colours.dim, interval: 0, width: isNarrow ? 80 : 170, overflow: "truncate", formatter: label => label.split("/").at(-1) },
  });
  return {
    grid: { left: isNarrow ? 90 : 180, right: 12, top: 8, bottom: 110 },
    xAxis: { ...axis(destinations), axisLabel: { ...axis(destinations).axisLabel, rotate: 50, width: 120 } },
    yAxis: { ...axis(sources), inverse: true },
    visualMap: { show: false, min: logs.length ? Math.min(...logs) - 0.5 : 0, max: Math.max(1, ...logs), inRange: { color: [colours.panel, colours.accent] }, dimension: 2 },
    tooltip: tooltip(colours, ({ data: { row } }) => tip(row.label, `${rateOf(answer, row, shown)} ${format.interval(row.error)}`, `${format.share(row.share)} of what matches`)),
    series: [{ type: "heatmap", data, itemStyle: { borderColor: colours.line, borderWidth: 0.5 }, cursor: "pointer" }],
  };
}
