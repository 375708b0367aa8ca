// What the page shows where the exporter has no history, or none yet: records of the filter, or the last minute.

import { byId, setText } from "./dom.js";
import * as view from "./view.js";

const live = { tab: "explore", from: "live", to: "now" };
let isMissing = false;

/** Whether an error says that there is no history. Then the views that need it are hidden, and another one replaces the view at hand. */
export function isMissingBy(error) {
  if (error.status !== 404) return false;
  isMissing = true;
  document.body.classList.add("no-history");
  setText(byId("no-history"), "This exporter has no history. The last 60 seconds are shown instead; Records has the samples of longer ranges.");
  // The live table shows everything, so a filter leads to the records.
  view.change(view.current().filter ? { tab: "records" } : live, { replaces: true });
  return true;
}

/** Whether the history has yet to begin, as in the first minute of a new exporter. Then the last minute is shown, unless a range or filter was chosen. */
export function hasYetToBegin({ complete_from: begin }) {
  if (begin !== null || !view.isUsual()) return false;
  setText(byId("no-history"), "The history begins with the first full minute. The last 60 seconds are shown until then.");
  view.change(live, { replaces: true });
  return true;
}

/** What a click on a tab changes. */
export const changesOf = tab => (isMissing && tab === live.tab ? { ...live, filter: "" } : { tab });
