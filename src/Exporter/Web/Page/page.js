// Requests the overview every two seconds while the page is visible.

import { byId, setText } from "./dom.js";
import * as flows from "./flows.js";
import * as links from "./links.js";
import * as search from "./search.js";
import * as state from "./state.js";

const every = 2000;
let paused = false, timer, asking, lastAnswer = Date.now();

function status(name, text) {
  const line = byId("status");
  line.dataset.state = name;
  setText(line, text);
}

/** Dims stale figures. */
function dim(isOld) {
  document.body.classList.toggle("old", isOld);
}

async function refresh() {
  clearTimeout(timer);
  asking?.abort();
  const mine = asking = new AbortController();
  try {
    const answer = await fetch(`/api/overview?${flows.query()}`, { signal: AbortSignal.any([mine.signal, AbortSignal.timeout(10000)]) });
    if (!answer.ok) throw new Error(await search.reason(answer));
    const overview = await answer.json();
    if (mine.signal.aborted) return;
    flows.show(overview);
    state.show(overview);
    links.show(overview);
    lastAnswer = Date.now();
    dim(false);
    if (paused) status("paused", "paused");
    else if (overview.ready && state.silence(overview) !== null) status("silent", `no sFlow for ${state.silence(overview)}`);
    else if (overview.ready) status("live", "live");
    else status("not-ready", `not ready: ${overview.notReadyBecause}`);
  } catch (error) {
    if (mine.signal.aborted) return;
    dim(true);
    status("lost", `no response for ${Math.round((Date.now() - lastAnswer) / 1000)} s; figures are from ${new Date(lastAnswer).toLocaleTimeString()}: ${error.message}`);
  }
  schedule();
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
    status("paused", "paused");
  } else {
    refresh();
  }
});

document.addEventListener("visibilitychange", () => {
  if (document.hidden) clearTimeout(timer);
  else if (!paused) refresh();
});

flows.start(refresh);
search.start();
links.start();
refresh();
