// Range, group, direction and unit: controls of the view.

import { byId, fillSelect, setText } from "./dom.js";
import * as range from "./range.js";
import * as view from "./view.js";

export const groups = [
  ["namespace", "Namespaces"], ["workload", "Workloads"], ["service", "Services"], ["node", "Nodes"], ["zone", "Zones"], ["locality", "Locality"],
  ["network", "Networks"], ["peer", "Peers of the filter"], ["total", "Total only"],
];
const choices = {
  group: groups,
  direction: [["both", "Both ways as one"], ["forward", "Each direction"]],
  unit: [["bits", "bit/s"], ["bytes", "B/s"], ["packets", "packets/s"]],
  top: [["5", "5"], ["10", "10"], ["20", "20"], ["50", "50"], ["100", "100"]],
  compare: [["", "Nothing"], ["day", "The same time a day before"], ["week", "The same time a week before"]],
  zone: [["local", "Local time"], ["utc", "UTC"]],
};
/** Groups of pairs, which have a direction. */
const pairs = ["namespace", "workload", "node", "zone", "network"];

/** Which controls a tab uses. */
const used = {
  explore: ["group", "direction", "unit", "top", "compare"], topology: ["unit"], matrix: ["unit"], flows: ["unit"], locality: ["unit"], records: [], who: [], agents: [],
};
/** Tabs without a range or a filter. */
const bare = { who: ["range", "filter"], agents: ["range", "filter"] };

const from = byId("from"), to = byId("to"), pickRange = byId("range");

export function start() {
  fillSelect(pickRange, range.ranges);
  for (const [name, list] of Object.entries(choices)) {
    const select = byId(name);
    fillSelect(select, list);
    select.addEventListener("change", () => view.change({ [name]: select.value }));
  }
  pickRange.addEventListener("change", () => {
    if (pickRange.value === "custom") {
      byId("custom").hidden = false;
      from.focus();
    } else {
      view.change(range.rangeOf(pickRange.value, view.current().zone));
    }
  });
  byId("custom").addEventListener("submit", event => {
    event.preventDefault();
    const { zone } = view.current(), begin = range.ofField(from.value, zone), end = range.ofField(to.value, zone) || "now";
    if (begin) view.change({ from: begin, to: end });
  });
  byId("earlier").addEventListener("click", () => shift(-1));
  byId("later").addEventListener("click", () => shift(1));
  byId("wider").addEventListener("click", () => scale(2));
  byId("narrower").addEventListener("click", () => scale(0.5));
  byId("copy").addEventListener("click", copy);
}

/** Moves the range by its own length. */
function shift(times) {
  const shown = view.current(), length = range.instant(shown.to) - range.instant(shown.from);
  if (length > 0) view.change(range.moved(shown, times * length));
}

/** Makes the range longer or shorter around its middle. */
function scale(by) {
  const shown = view.current(), begin = range.instant(shown.from), end = range.instant(shown.to), middle = (begin + end) / 2, half = (end - begin) / 2 * by;
  const iso = time => new Date(time).toISOString();
  if (half > 0) view.change({ from: iso(middle - half), to: iso(Math.min(Date.now(), middle + half)) });
}

/** Copies a link to this view. It has the instants that are shown, so that a colleague sees the same later. */
async function copy() {
  const shown = view.current(), isFixed = shown.from === "live" || !range.isRelative(shown.from + shown.to);
  const address = new URL(view.addressOf(isFixed ? {} : range.moved(shown, 0)), window.location.href).href, said = byId("copied");
  try {
    await navigator.clipboard.writeText(address);
    setText(said, "Link copied");
  } catch {
    // Without HTTPS the browser has no clipboard: the address field has the same link.
    byId("link").value = address;
    byId("link-box").hidden = false;
    byId("link").select();
    setText(said, "Copy the selected link");
  }
  setTimeout(() => setText(said, ""), 4000);
}

export function show(shown) {
  const name = range.nameOf(shown), controls = used[shown.tab] ?? [], isLive = shown.from === "live" && shown.tab === "explore", hidden = bare[shown.tab] ?? [];
  for (const control of Object.keys(choices)) {
    byId(control).value = shown[control];
    const label = byId(control).closest("label");
    if (control !== "zone") label.hidden = !controls.includes(control) || isLive || (control === "direction" && !pairs.includes(shown.group));
  }
  byId("range-box").hidden = hidden.includes("range");
  byId("filter-form").hidden = hidden.includes("filter");
  byId("toolbar").hidden = hidden.includes("filter") && hidden.includes("range");
  pickRange.value = name;
  byId("custom").hidden = name !== "custom";
  if (name === "custom") {
    from.value = range.fieldOf(shown.from, shown.zone);
    to.value = shown.to === "now" ? "" : range.fieldOf(shown.to, shown.zone);
  }
  for (const id of ["earlier", "later", "wider", "narrower"]) byId(id).hidden = shown.from === "live";
  setText(byId("zone-name"), range.zoneName(shown.zone));
}
