// Starts the page: shows the tab of the address, and requests the state of the exporter every two seconds while the page is visible.

import * as advisor from "./advisor.js";
import * as banner from "./banner.js";
import { byId, setText } from "./dom.js";
import * as explore from "./explore.js";
import * as filter from "./filter.js";
import { time } from "./format.js";
import * as health from "./health.js";
import * as history from "./history.js";
import * as links from "./links.js";
import * as live from "./live.js";
import * as pictures from "./pictures.js";
import * as records from "./records.js";
import { Latest, ask } from "./requests.js";
import * as toolbar from "./toolbar.js";
import * as view from "./view.js";
import * as who from "./who.js";

const every = 2000;
const tabs = [...byId("tabs").querySelectorAll("a")].map(anchor => anchor.dataset.tab);
const latest = new Latest();
let paused = false, timer, lastAnswer = Date.now();

/** Tables of records and agents have the plain ids, which links and tests use. */
const panelOf = tab => byId(`${tab}-panel`) ?? byId(tab);
const isLive = ({ tab, from }) => tab === "explore" && from === "live";

function status(name, text) {
  const line = byId("status");
  line.dataset.state = name;
  setText(line, text);
}

/** Shows the tab of the view and loads what it needs. */
function show(shown) {
  const tab = tabs.includes(shown.tab) ? shown.tab : "explore";
  for (const anchor of byId("tabs").querySelectorAll("a")) {
    anchor.href = view.addressOf(history.changesOf(anchor.dataset.tab));
    if (anchor.dataset.tab === tab) anchor.setAttribute("aria-current", "page");
    else anchor.removeAttribute("aria-current");
    panelOf(anchor.dataset.tab).hidden = anchor.dataset.tab !== tab || isLive(shown);
  }
  byId("live").hidden = !isLive(shown);
  byId("figures").hidden = !isLive(shown) && tab !== "agents";
  toolbar.show(shown);
  filter.show(shown);
  links.update();
  for (const part of [explore, pictures, records, who]) part.stop();
  if (isLive(shown)) refresh();
  else if (pictures.has(tab)) pictures.load();
  else ({ explore, records, who })[tab]?.load();
}

function refresh() {
  clearTimeout(timer);
  latest.run(
    signal => ask("/api/overview", live.query(isLive(view.current())), signal),
    overview => {
      if (overview.pairs) live.show(overview);
      health.show(overview);
      banner.show(overview);
      banner.showAccess(overview);
      advisor.show(overview);
      links.show(overview);
      lastAnswer = Date.now();
      document.body.classList.remove("old");
      if (paused) status("paused", "paused");
      else if (overview.ready && health.silence(overview) !== null) status("silent", `no sFlow for ${health.silence(overview)}`);
      else if (overview.ready) status("live", "live");
      else status("not-ready", `not ready: ${overview.notReadyBecause}`);
      schedule();
    },
    error => {
      // Figures that are shown are old now: they are dimmed, and the status has their time.
      document.body.classList.add("old");
      status("lost", `no response for ${Math.round((Date.now() - lastAnswer) / 1000)} s; figures are from ${time(lastAnswer, view.current().zone)}: ${error.message}`);
      schedule();
    });
}

function schedule() {
  clearTimeout(timer);
  if (!paused && !document.hidden) timer = setTimeout(refresh, every);
}

byId("pause").addEventListener("click", event => {
  paused = !paused;
  event.target.setAttribute("aria-pressed", String(paused));
  setText(event.target, paused ? "Resume" : "Pause");
  if (paused) {
    clearTimeout(timer);
    latest.stop();
    status("paused", "paused");
  } else {
    refresh();
  }
});

document.addEventListener("visibilitychange", () => {
  if (document.hidden) clearTimeout(timer);
  else if (!paused) refresh();
});

byId("tabs").addEventListener("click", event => {
  const anchor = event.target.closest("a");
  // A click with a key opens a new tab of the browser, as with any link.
  if (!anchor || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  view.change(history.changesOf(anchor.dataset.tab));
});

view.onChange(show);
for (const part of [toolbar, filter, explore, pictures, records, who]) part.start();
live.start(refresh);
links.start();
show(view.current());
refresh();
