// The table of groups beside the picture: share, rate, course, error and change.

import { colours } from "./chart.js";
import { button, byId, element, link, setEstimate, setText } from "./dom.js";
import * as filter from "./filter.js";
import * as format from "./format.js";
import { Rows, markSort, sortable } from "./rows.js";
import { rates } from "./series.js";
import * as view from "./view.js";

const table = byId("top-groups");
let answer, former, list = [], rows;

const seconds = () => answer.covered.reduce((sum, covered) => sum + covered, 0);
const average = row => (seconds() ? row.total / seconds() : null);

const columns = [
  { header: true, fill: name },
  { className: "number bar", text: row => format.rate(average(row), view.current().unit), error: row => format.interval(row.error), title: samples, share: row => row.share },
  { className: "number", text: row => format.share(row.share) },
  { className: "course", fill: course },
  { className: "number", text: row => format.amount(row.total, answer.unit) },
  { className: "number change", text: change, tone: row => (row.change === null ? "dim" : "") },
  { className: "act", fill: records },
];

export function start() {
  sortable(table, [
    { name: "name", title: "Group" },
    { name: "total", title: "Average rate", className: "number", help: "Amount of the range divided by the seconds with data. Half of the 95 % confidence interval beside it." },
    { name: "share", title: "Share", className: "number", help: "Part of all traffic that matches the filter" },
    { title: "Course", help: "The course over the range; each row has its own scale" },
    { name: "amount", title: "Amount", className: "number" },
    { name: "change", title: "Before", className: "number change", help: "Change against the compared range" },
    { title: "Records", className: "act" },
  ], sort => {
    const { sort: old, order } = view.current();
    view.change({ sort, order: old === sort && order !== "reverse" ? "reverse" : "" });
  });
  rows = new Rows(table, columns, row => row.label);
}

function name(cell, row) {
  if (!cell.firstChild) cell.append(element("span", "key"), button("", "link name", event => filter.pick(event, event.currentTarget.dataset.filter)));
  const [key, press] = cell.children;
  key.style.background = row.colour;
  setText(press, row.label);
  press.dataset.filter = row.filter;
  press.disabled = !row.filter;
  press.title = row.filter ? `Filter by ${row.filter}. With Shift: exclude it.` : "";
}

function course(cell, row) {
  if (!cell.firstChild) {
    const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    picture.setAttribute("viewBox", "0 0 90 18");
    picture.setAttribute("class", "spark");
    picture.setAttribute("aria-hidden", "true");
    picture.append(document.createElementNS("http://www.w3.org/2000/svg", "path"));
    cell.append(picture);
  }
  const values = rates(row.values, answer.covered), most = Math.max(1e-9, ...values.filter(value => value !== null)), step = 90 / Math.max(1, values.length - 1);
  let path = "", isDown = false;
  values.forEach((value, at) => {
    // A gap in the data is a gap in the line.
    if (value !== null) path += `${isDown ? "L" : "M"}${(at * step).toFixed(1)} ${(17 - 16 * value / most).toFixed(1)}`;
    isDown = value !== null;
  });
  cell.querySelector("path").setAttribute("d", path);
}

function records(cell, row) {
  const { filter: terms } = view.current();
  cell.replaceChildren(link("records", view.addressOf({ tab: "records", filter: row.filter ? filter.including(terms, row.filter) : terms }), `Records of ${row.label}`));
}

function samples(row) {
  return `${format.whole(row.samples)} samples; 95 % confidence interval ${format.interval(row.error)}`;
}

/** The change of the rate against the compared range. Without a former value there is no change to show. */
function change(row) {
  if (!former) return "";
  if (row.former === null) return format.nothing;
  if (row.former === 0) return row.total ? "new" : "0 %";
  const by = row.change * 100;
  return `${by >= 0 ? "+" : "−"}${Math.abs(by).toFixed(Math.abs(by) < 10 ? 1 : 0)} %`;
}

function compared(row) {
  if (!former) return { former: null, change: null };
  const then = former.series.find(series => series.label === row.label), covered = former.covered.reduce((sum, value) => sum + value, 0);
  if (!covered) return { former: null, change: null };
  // A group that is not among the first of the former range may be in its remainder.
  if (!then && former.remainder.groups > 0) return { former: null, change: null };
  const before = (then?.total ?? 0) / covered;
  return { former: before, change: before ? average(row) / before - 1 : null };
}

const orders = {
  name: (a, b) => a.label.localeCompare(b.label),
  total: (a, b) => b.total - a.total, share: (a, b) => b.total - a.total, amount: (a, b) => b.total - a.total,
  change: (a, b) => Math.abs(b.change ?? -1) - Math.abs(a.change ?? -1),
};

export function show(series, before, isRefresh) {
  [answer, former] = [series, before];
  const { sort, order } = view.current(), palette = colours();
  table.classList.toggle("compared", Boolean(before));
  list = series.series.map((row, at) => ({ ...row, colour: palette.series[at % palette.series.length], ...compared(row) }));
  list.sort(orders[sort] ?? orders.total);
  if (order === "reverse") list.reverse();
  rows.update(list, { isSorted: !isRefresh });
  markSort(table, sort || "total", (sort === "name") !== (order === "reverse"));
  foot(series);
}

function foot({ remainder, total }) {
  const body = table.tFoot ?? table.createTFoot();
  const lines = [["All that matches", total], [`${format.whole(remainder.groups ?? 0)} other groups`, remainder]];
  body.replaceChildren(...lines.filter(([, sums]) => sums === total || sums.total > 0).map(([title, sums]) => {
    const line = element("tr"), rate = element("td", "number"), unit = view.current().unit;
    setEstimate(rate, format.rate(average(sums), unit), format.interval(sums.error));
    rate.title = samples(sums);
    const share = element("td", "number", format.share(sums.share)), course = element("td"), amount = element("td", "number", format.amount(sums.total, answer.unit));
    line.append(element("th", "", title), rate, share, course, amount, element("td", "change"), element("td", "act"));
    return line;
  }));
  setText(byId("top-sum"), `All that matches: ${format.rate(average(total), view.current().unit)} ${format.interval(total.error)}`);
  setText(byId("top-count"), `${format.whole(answer.series.length)} of ${format.whole(answer.series.length + (remainder.groups ?? 0))} groups`);
}
