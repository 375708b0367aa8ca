// Where traffic goes, and what it costs with a price a GB.

import { Picture, localityColour } from "./chart.js";
import { button, byId, element, setText } from "./dom.js";
import { including, pick } from "./filter.js";
import * as format from "./format.js";
import { PairTable, tip, tooltip, top } from "./pairs.js";
import * as outside from "./outside.js";
import { Rows } from "./rows.js";
import * as view from "./view.js";

const meaning = {
  same_node: "both hosts on one node", same_zone: "two nodes of one zone", cross_zone: "two zones of one region", cross_region: "two regions",
  internet: "a public address", unknown: "a host whose place is unknown",
};
const destinations = new PairTable("locality-networks");
let answer = null;

export const name = "locality";
const picture = new Picture(byId("locality-picture"), colours => answer && option(colours));
/** Prices a GB by locality: "cross_zone:0.01,internet:0.09". */
const prices = () => new Map(view.current().price.split(",").map(part => part.split(":")).filter(([, price]) => Number(price) >= 0 && price !== "").map(([key, price]) => [key, Number(price)]));
const cost = row => (prices().has(row.label) ? prices().get(row.label) * row.total / 1e9 : null);
const money = value => `${value.toFixed(value < 1 ? 4 : 2)} ${view.current().currency}`.trim();
const rows = new Rows(byId("locality-table"), [
  { header: true, fill: (cell, row) => cell.replaceChildren(button(row.label.replaceAll("_", " "), "link name", event => pick(event, row.filter))), title: row => meaning[row.label] ?? "a named network" },
  { className: "number bar", text: row => format.rate(answer.covered ? row.total / answer.covered : null, view.current().unit), error: row => format.interval(row.error), share: row => row.share },
  { className: "number", text: row => format.share(row.share) },
  { className: "number", text: row => format.amount(row.total, answer.unit) },
  { className: "number", fill: price },
  { className: "number", text: row => (answer.unit === "packets" || cost(row) === null ? "" : money(cost(row))), error: row => (cost(row) ? format.interval(row.error) : "") },
], row => row.label);

function price(cell, row) {
  let field = cell.querySelector("input");
  if (!field) {
    field = element("input", "price");
    Object.assign(field, { type: "number", min: "0", step: "any" });
    field.setAttribute("aria-label", `Price a GB, ${row.label.replaceAll("_", " ")}`);
    field.addEventListener("change", () => {
      const all = prices();
      if (field.value === "") all.delete(row.label);
      else all.set(row.label, Number(field.value));
      view.change({ price: [...all].map(pair => pair.join(":")).join(",") }, { replaces: true });
    });
    cell.append(field);
  }
  const value = prices().has(row.label) ? String(prices().get(row.label)) : "";
  if (document.activeElement !== field && field.value !== value) field.value = value;
}

export function start() {
  byId("currency").addEventListener("change", event => view.change({ currency: event.target.value.trim().slice(0, 8) }, { replaces: true }));
  picture.whenMade(chart => chart.on("click", ({ data }) => data?.row && view.change({ filter: including(view.current().filter, data.row.filter) })));
}

export async function load(shown, signal) {
  const [places, networks, reached] = await Promise.all([
    top(shown, { group: "locality", top: 100 }, signal), top(shown, { group: "network", direction: "forward", top: 200 }, signal), outside.load(shown, signal),
  ]);
  return { places, networks, reached };
}

export async function show({ places, networks, reached }) {
  answer = places;
  byId("currency").value = view.current().currency;
  rows.update(places.series, { isSorted: true });
  destinations.show(networks);
  outside.show(reached);
  const known = places.series.map(cost).filter(value => value !== null);
  setText(byId("locality-cost"), known.length && places.unit === "bytes" ? `${money(known.reduce((sum, value) => sum + value, 0))} for ${format.duration(places.covered)} with data, at the prices below` : "Enter prices a GB to see the cost. The estimate counts bytes of the network layer, so a bill may differ.");
  byId("locality-empty").hidden = places.series.length > 0;
  byId("locality-picture").hidden = places.series.length === 0;
  await picture.draw();
}

function option(colours) {
  const list = answer.series.filter(row => row.total > 0).toReversed();
  return {
    grid: { left: 110, right: 60, top: 8, bottom: 24 },
    xAxis: { type: "value", axisLabel: { color: colours.dim, formatter: value => format.share(value) }, splitLine: { lineStyle: { color: colours.line } } },
    yAxis: { type: "category", data: list.map(row => row.label.replaceAll("_", " ")), axisLabel: { color: colours.text }, axisLine: { lineStyle: { color: colours.line } }, axisTick: { show: false } },
    tooltip: tooltip(colours, ({ data: { row } }) => tip(row.label, meaning[row.label] ?? "a named network", `${format.share(row.share)} ${format.interval(row.error)}`)),
    series: [{
      type: "bar", cursor: "pointer", label: { show: true, position: "right", color: colours.text, formatter: ({ value }) => format.share(value) },
      data: list.map(row => ({ value: row.share, row, itemStyle: { color: localityColour(row.label) } })),
    }],
  };
}
