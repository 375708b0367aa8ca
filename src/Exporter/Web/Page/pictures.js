// The tabs with one picture each: topology, matrix, flows, locality.

import { byId, setText } from "./dom.js";
import * as filter from "./filter.js";
import * as history from "./history.js";
import * as locality from "./locality.js";
import * as matrix from "./matrix.js";
import { isRelative } from "./range.js";
import { Latest } from "./requests.js";
import * as sankey from "./sankey.js";
import * as topology from "./topology.js";
import * as view from "./view.js";

const every = 60_000;
const tabs = new Map([topology, matrix, sankey, locality].map(tab => [tab.name, tab]));
const latest = new Latest();
let timer;

export const has = tab => tabs.has(tab);

export function start() {
  for (const tab of tabs.values()) tab.start();
}

export function load() {
  clearTimeout(timer);
  const shown = view.current(), tab = tabs.get(shown.tab), panel = byId(shown.tab);
  panel.setAttribute("aria-busy", "true");
  const again = () => {
    panel.removeAttribute("aria-busy");
    if (isRelative(shown.to) && !document.hidden) timer = setTimeout(load, every);
  };
  latest.run(
    signal => tab.load(shown, signal),
    async result => {
      filter.showFault(null);
      fault("");
      await tab.show(result);
      again();
    },
    error => {
      if (history.isMissingBy(error)) return;
      fault(filter.showFault(error) ? "" : error.message);
      panel.querySelector(".picture-body").hidden = true;
      again();
    });

  function fault(text) {
    const box = panel.querySelector(".fault");
    box.hidden = text === "";
    setText(box, text);
    panel.querySelector(".picture-body").hidden = text !== "";
  }
}

export function stop() {
  clearTimeout(timer);
  latest.stop();
}
