// The last minute: namespace pairs and services with their current traffic, read every two seconds.

import { button, byId, element, setEstimate, setText } from "./dom.js";
import * as filter from "./filter.js";
import * as format from "./format.js";
import { Rows, markSort } from "./rows.js";
import * as view from "./view.js";

const isWord = name => name.startsWith("@") || name === "__other__";
const last10 = row => row.volume.last10.bytesPerSecond;

/** A cell whose name filters. Live rows have names of series; __other__ is no name that a filter could find. */
function named(key, read, header) {
  return {
    header,
    tone: row => (isWord(read(row)) ? "special" : ""),
    fill: (cell, row) => {
      if (!cell.firstChild) cell.append(button("", "link name", event => leave(event, event.currentTarget.dataset.filter)));
      const press = cell.firstChild, name = read(row);
      setText(press, name);
      press.dataset.filter = `${key}=${view.quoted(name)}`;
      press.disabled = name === "__other__" || name === "@other";
      press.title = press.disabled ? "" : `Show ${press.dataset.filter} in the last hour. With Shift: exclude it.`;
    },
  };
}

/** The filter needs the history, so a click on a name leaves the live table. */
function leave(event, terms) {
  view.change({ from: "now-1h", to: "now", filter: (event.shiftKey ? filter.excluding : filter.including)(view.current().filter, terms) });
}

/** Pairs that are shown before the reader asks for all. */
const first = 100;

let isChosen = true, largest = { pairs: 1, services: 1 };

const rate = table => ({
  className: "number bar",
  text: row => format.bytesPerSecond(last10(row)),
  error: row => format.error(row.volume.last10),
  title: row => format.samples(row.volume.last10),
  share: row => last10(row) / largest[table],
});
const last60 = {
  className: "number",
  text: row => format.bytesPerSecond(row.volume.last60.bytesPerSecond),
  error: row => format.error(row.volume.last60),
  title: row => format.samples(row.volume.last60),
};
const packets = {
  className: "number",
  text: row => format.packetsPerSecond(row.volume.last10.packetsPerSecond),
  title: row => format.samples(row.volume.last10),
};
const total = {
  className: "number",
  text: row => format.bytes(row.volume.bytes),
  error: row => format.error(row.volume),
  title: row => format.samples(row.volume),
};

const pairs = new Rows(
  byId("pairs"),
  [named("from_namespace", row => row.source, true), named("to_namespace", row => row.destination), rate("pairs"), last60, packets, total],
  row => JSON.stringify([row.source, row.destination]));

const services = new Rows(
  byId("services"),
  [named("service", row => row.service, true), rate("services"), packets, total],
  row => row.service);

const acknowledged = new Rows(
  byId("acknowledged"),
  [
    named("from_namespace", row => row.source, true), named("to_namespace", row => row.destination), named("service", row => row.service),
    { className: "number", text: row => "≥ " + format.bytes(row.bytes) },
  ],
  row => JSON.stringify([row.source, row.destination, row.service]));

/** The choices of the reader. A change requests the overview again. */
export const choice = { sort: "last10", reverse: false, filter: "", hasAll: false };

/** The parameters of /api/overview: only what is shown. With all pairs, those are the rows near the visible ones. */
export const query = isShown => (isShown
  ? { ...(choice.hasAll ? { offset: pairs.near.offset, limit: Math.max(first, pairs.near.limit) } : { limit: first }), sort: choice.sort, order: choice.reverse ? "reverse" : "", filter: choice.filter }
  : { limit: first, parts: "history,agents,unknown" });

export function show(overview) {
  const isSorted = isChosen;
  isChosen = false;
  for (const [id, table] of [["pairs", pairs], ["services", services]]) {
    // The bars of later rows are relative to the largest of all.
    largest[id] = Math.max(overview[id].offset ? largest[id] : 1, ...overview[id].rows.map(last10));
    const { rows, count, offset } = overview[id], isPart = id === "pairs" && choice.hasAll;
    table.update(rows, isPart ? { isSorted, offset, count } : { isSorted });
    showRest(byId(id), overview[id]);
  }
  byId("acknowledged-panel").hidden = overview.acknowledged.bytes === 0;
  acknowledged.update(overview.acknowledged.rows, { isSorted });
  setText(byId("acknowledged-sum"), `at least ${format.bytes(overview.acknowledged.bytes)} in total`);
  const { count } = overview.pairs;
  setText(byId("pairs-count"), count === 0 ? (choice.filter ? "no match" : "none yet") : `${format.whole(count)} ${count === 1 ? "pair" : "pairs"}`);
  setText(byId("services-count"), overview.services.count ? format.whole(overview.services.count) : "");
  const more = byId("more");
  more.hidden = count <= first;
  setText(more, choice.hasAll ? `Show only the first ${first}` : `Show all ${format.whole(count)}`);
}

function showRest(table, view) {
  const foot = table.tFoot, left = table.id === "pairs" && choice.hasAll ? 0 : view.count - view.rows.length;
  foot.hidden = left === 0;
  if (left === 0) return;
  const columns = table.tHead.rows[0].cells.length;
  const { rest } = view;
  const figures = [
    [format.bytesPerSecond(rest.last10.bytesPerSecond), format.error(rest.last10)],
    [format.packetsPerSecond(rest.last10.packetsPerSecond), ""],
    [format.bytes(rest.bytes), format.error(rest)],
  ];
  if (columns === 6) figures.splice(1, 0, [format.bytesPerSecond(rest.last60.bytesPerSecond), format.error(rest.last60)]);
  if (!foot.rows.length) {
    const line = element("tr"), label = element("td");
    label.colSpan = columns - figures.length;
    line.append(label, ...figures.map(() => element("td", "number")));
    foot.append(line);
  }
  const cells = foot.rows[0].cells;
  setText(cells[0], `${format.whole(left)} more`);
  figures.forEach(([figure, error], index) => (error ? setEstimate(cells[index + 1], figure, error) : setText(cells[index + 1], figure)));
}

/** Connects filter, sorting and "more"; calls ask after each choice, and when rows come into view that are not here. */
export function start(ask) {
  let typing, scrolling;
  pairs.onMissing = () => {
    clearTimeout(scrolling);
    scrolling = setTimeout(ask, 60);
  };
  const changed = () => {
    isChosen = true;
    ask();
  };
  byId("live-filter").addEventListener("input", event => {
    choice.filter = event.target.value.trim();
    clearTimeout(typing);
    typing = setTimeout(changed, 150);
  });
  byId("more").addEventListener("click", () => {
    choice.hasAll = !choice.hasAll;
    changed();
  });
  for (const button of byId("pairs").tHead.querySelectorAll("button")) {
    button.addEventListener("click", () => {
      const sort = button.dataset.sort;
      choice.reverse = choice.sort === sort && !choice.reverse;
      choice.sort = sort;
      showSort();
      changed();
    });
  }
  showSort();
}

function showSort() {
  markSort(byId("pairs"), choice.sort, ["source", "destination"].includes(choice.sort) !== choice.reverse);
}
