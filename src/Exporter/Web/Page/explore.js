// Traffic over time by group, and the table of the same groups.

import { Picture } from "./chart.js";
import { byId, element, setText } from "./dom.js";
import * as filter from "./filter.js";
import * as format from "./format.js";
import * as history from "./history.js";
import { instant, isRelative, moved } from "./range.js";
import { Latest, ask } from "./requests.js";
import * as series from "./series.js";
import * as table from "./top.js";
import * as view from "./view.js";

const every = 30_000, day = 86_400_000;
const latest = new Latest();
let answer = null, former = null, answered = 0, timer, activate;
const picture = new Picture(byId("series"), colours => answer && series.option(answer, former, view.current(), colours));

export function start() {
  table.start();
  picture.whenMade(chart => {
    activate = series.selectable(chart, zoom);
    byId("series").addEventListener("dblclick", () => byId("wider").click());
  });
}

/** A selection of the picture becomes the range, in whole minutes. */
function zoom(from, to) {
  const minute = 60_000, begin = Math.floor(from / minute) * minute, end = Math.max(begin + minute, Math.ceil(to / minute) * minute);
  view.change({ from: new Date(begin).toISOString(), to: new Date(end).toISOString() });
}

/** Reads again. The former answer stays visible, dimmed, until the new one is there. */
export function load({ isRefresh = false } = {}) {
  clearTimeout(timer);
  const shown = view.current(), unit = shown.unit === "packets" ? "packets" : "bytes";
  const wanted = { filter: shown.filter, group: shown.group, direction: shown.direction, unit, top: shown.top };
  byId("explore").setAttribute("aria-busy", "true");
  latest.run(
    signal => Promise.all([
      ask("/api/series", { ...wanted, from: shown.from, to: shown.to }, signal),
      shown.compare ? before(wanted, shown, signal) : null,
    ]),
    ([now, then]) => {
      if (history.hasYetToBegin(now)) {
        byId("explore").removeAttribute("aria-busy");
        return null;
      }
      setText(byId("no-history"), "");
      [answer, former, answered] = [now, then, Date.now()];
      filter.showFault(null);
      schedule();
      return show(isRefresh);
    },
    error => {
      schedule();
      if (isRefresh && answer) {
        keep(error);
        return;
      }
      // Old figures under a new question would mislead.
      [answer, former] = [null, null];
      fail(error);
    });
}

async function before(wanted, shown, signal) {
  const by = shown.compare === "week" ? 7 * day : day;
  return ask("/api/series", { ...wanted, top: 100, ...moved(shown, -by) }, signal);
}

function schedule() {
  const { tab, to, from } = view.current();
  if (tab === "explore" && from !== "live" && isRelative(to) && !document.hidden) timer = setTimeout(() => load({ isRefresh: true }), every);
}

export function stop() {
  clearTimeout(timer);
  latest.stop();
}

async function show(isRefresh) {
  const shown = view.current(), isEmpty = answer.series.length === 0 && answer.total.total === 0;
  byId("explore").removeAttribute("aria-busy");
  byId("explore").classList.remove("stale");
  byId("explore-fault").hidden = true;
  byId("explore-panels").hidden = false;
  const hasHistory = answer.complete_from !== null && answer.covered.some(Boolean);
  byId("series").hidden = !hasHistory;
  setText(byId("series-empty"), hasHistory ? (isEmpty ? "The history has data for this range, and nothing matches the filter." : "") : "No data: the history has nothing for this range.");
  setText(byId("series-range"), `${format.time(answer.from, shown.zone)} to ${format.time(answer.to, shown.zone)}, steps of ${format.duration(answer.step)}`);
  byId("series-notes").replaceChildren(...notes(answer).map(text => element("li", "", text)));
  table.show(answer, former, isRefresh);
  await picture.draw();
  activate?.();
}

/** Services of hosts: their clients on hosts send what no bridge samples. */
const ofHosts = /(^|[\s=,"])(default\/kubernetes|openshift-etcd|openshift-kube-apiserver|@node|kubelet)|etcd|node=|:6443|10250|\/(2379|2380)\b/i;

/** What a reader must know before using the figures. */
function notes({ notes: given, series: list_, remainder, total, complete_from: begin, from, filter: terms }) {
  const list = [...(given ?? [])], few = list_.filter(series => series.error === null && series.samples > 0).length;
  if (few) list.push(`${few === list_.length ? "All" : format.whole(few)} of these groups have fewer than 30 samples in this range, too few for an interval. A longer range has more.`);
  if (ofHosts.test(terms)) list.push("Not sampled, so not in these figures: packets between hosts, such as etcd and kubelet, and replies from hosts to pods.");
  if (remainder.unnamed > 0 && total.total > 0) list.push(`${format.share(remainder.unnamed / total.total)} of this traffic has no names in the history, so it is in "other".`);
  if (begin && instant(begin) > instant(from) && !list.length) list.push("The history begins within this range.");
  return list;
}

/** The answer to the same question stays, dimmed and with its time. */
function keep(error) {
  const box = byId("explore-fault");
  byId("explore").removeAttribute("aria-busy");
  byId("explore").classList.add("stale");
  box.hidden = false;
  setText(box, `${error.message} The figures are from ${format.time(answered, view.current().zone)}.`);
}

function fail(error) {
  byId("explore").removeAttribute("aria-busy");
  if (history.isMissingBy(error)) return;
  byId("explore-panels").hidden = true;
  const box = byId("explore-fault");
  box.hidden = filter.showFault(error);
  setText(box, error.message);
}
