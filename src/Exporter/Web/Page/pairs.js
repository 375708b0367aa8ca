// Pairs of the range for pictures: read once per view, with a table behind each picture.

import { button, byId, element, link, setText } from "./dom.js";
import * as filter from "./filter.js";
import * as format from "./format.js";
import { ask } from "./requests.js";
import { Rows } from "./rows.js";
import * as view from "./view.js";

export const unitOf = ({ unit }) => (unit === "packets" ? "packets" : "bytes");

/** The parameters of a request for the range and filter of the view. Live pictures show the last 15 minutes, since the history has whole minutes. */
export const range = ({ from, to, filter: terms }) => (from === "live" ? { from: "now-15m", to: "now", filter: terms } : { from, to, filter: terms });

export const top = (view_, parameters, signal) => ask("/api/top", { ...range(view_), unit: unitOf(view_), ...parameters }, signal);

/** The rate of a group in the unit of the view. */
export const rateOf = (answer, row, { unit }) => format.rate(answer.covered ? row.total / answer.covered : null, unit);

/** The name of one side of a pair. */
export function sideName(side, group) {
  if (!side) return "unknown";
  if (group !== "workload") return side[group] ?? "unknown";
  return [side.namespace, side.kind, side.workload].filter(Boolean).join("/") || "unknown";
}

/** A term that selects a side, whichever host it is. */
export function termOf(side, group, prefix = "") {
  if (group !== "workload") return `${prefix}${group}=${side?.[group] === null || side?.[group] === undefined ? "-" : view.quoted(side[group])}`;
  if (side?.kind && side.workload) return `${prefix}workload=${view.quoted([side.namespace, side.kind, side.workload].filter(Boolean).join("/"))}`;
  return termOf(side, "namespace", prefix);
}

/** The picture as a table for keyboard and screen reader: group, rate, error, share, records. */
export class PairTable {
  #rows; #answer;

  constructor(id) {
    const table = byId(id);
    this.count = byId(`${id}-count`);
    this.#rows = new Rows(table, [
      { header: true, fill: (cell, row) => {
        if (!cell.firstChild) cell.append(button("", "link name", event => filter.pick(event, event.currentTarget.dataset.filter)));
        const press = cell.firstChild;
        setText(press, row.label);
        press.dataset.filter = row.filter;
        press.title = `Filter by ${row.filter}. With Shift: exclude it.`;
      } },
      { className: "number", text: row => rateOf(this.#answer, row, view.current()), error: row => format.interval(row.error) },
      { className: "number", text: row => format.share(row.share) },
      { className: "number", text: row => format.amount(row.total, this.#answer.unit) },
      { className: "act", fill: (cell, row) => cell.replaceChildren(link("records", view.addressOf({ tab: "records", filter: filter.including(view.current().filter, row.filter) }))) },
    ], row => row.label);
  }

  show(answer) {
    this.#answer = answer;
    this.#rows.update(answer.series, { isSorted: true });
    const { remainder } = answer;
    setText(this.count, `${format.whole(answer.series.length)} groups${remainder.total > 0 ? `; not listed: ${format.share(remainder.share)} of the traffic in ${format.whole(remainder.groups)} groups` : ""}`);
  }
}

/** A tooltip of lines. */
export function tip(title, ...lines) {
  const box = element("div", "tip");
  box.append(element("b", "", title), ...lines.map(text => element("p", "", text)));
  return box;
}

export const tooltip = (colours, formatter) => ({
  trigger: "item", confine: true, backgroundColor: colours.panel, borderColor: colours.line, textStyle: { color: colours.text }, formatter,
});
