// The filter of the page: the field, completion, and terms that a click adds.

import { byId, element, setText } from "./dom.js";
import { Latest, ask } from "./requests.js";
import * as view from "./view.js";

const field = byId("filter"), note = byId("filter-note"), form = byId("filter-form");
const names = new Latest();
/** Words before "=" whose values the exporter can complete. */
const completed = /^(?:not\s+)?(?:(?:from|to|peer)_)?(namespace|workload|service|node|zone|locality|network|protocol)!?=(?:.*,)?/;
const endpoints = /^(?:not\s+)?(from|to|peer)!?=(?:.*,)?/;
let typing;

/** Splits a filter at spaces outside of quotes. */
export const words = text => text.match(/(?:[^\s"]|"(?:[^"\\]|\\.)*"?)+/g) ?? [];

/** The terms of a filter: {key, values, isNot}, and what is not understood here. The exporter alone decides what a filter means. */
export function terms(filter) {
  const list = [], left = [];
  let isNot = false;
  for (const word of words(filter)) {
    const term = /^([a-z_]+)(!?)=(.+)$/is.exec(word);
    if (/^and$/i.test(word)) continue;
    if (/^not$/i.test(word)) isNot = !isNot;
    else if (!term) left.push(word);
    else {
      const values = (term[3].match(/(?:[^,"]|"(?:[^"\\]|\\.)*")+/g) ?? []).map(value => value.replace(/^"(.*)"$/s, "$1").replaceAll(/\\(["\\])/g, "$1"));
      list.push({ key: term[1].toLowerCase(), values, isNot: isNot !== (term[2] === "!") });
      isNot = false;
    }
  }
  return { list, left };
}

/** A filter that also has some terms, once each. */
export function including(filter, terms) {
  const known = new Set(words(filter.toLowerCase()));
  const fresh = words(terms).filter(term => !known.has(term.toLowerCase()));
  return [filter.trim(), ...fresh].filter(Boolean).join(" ");
}

/** A filter that excludes what some terms select together. Of several terms, the last one is excluded, since "not" takes one. */
export function excluding(filter, terms) {
  const [last] = words(terms).slice(-1);
  return last ? including(filter, last.replace(/^([a-z_]+)=/, "$1!=")) : filter;
}

/** What a click on a name does: filter by it, or exclude it with shift. */
export const pick = (event, terms) => view.change({ filter: (event.shiftKey ? excluding : including)(view.current().filter, terms) });

/** Shows a refusal of the filter below the field, with the word to use instead. */
export function showFault(error) {
  const { parameter, position, length, suggestion } = error?.problem ?? {};
  const isFilter = parameter === "filter";
  field.setAttribute("aria-invalid", String(isFilter));
  note.hidden = !isFilter;
  if (!isFilter) return false;
  note.replaceChildren(element("span", "bad", error.message));
  if (Number.isInteger(position)) {
    const text = view.current().filter;
    note.append(" ", element("code", "", text.slice(0, position)), element("mark", "", text.slice(position, position + (length || 1)) || "here"));
  }
  if (suggestion !== undefined) {
    const fix = element("button", "link", `Use ${suggestion}`);
    fix.type = "button";
    fix.addEventListener("click", () => {
      const text = view.current().filter;
      view.change({ filter: text.slice(0, position) + suggestion + text.slice(position + length) });
    });
    note.append(" ", fix);
  }
  return true;
}

/** Puts the filter of the view into the field. */
export function show({ filter }) {
  if (field.value !== filter) field.value = filter;
  byId("filter-clear").hidden = filter === "";
}

/** Offers the rest of the word at the end of the field. */
function complete() {
  const text = field.value, last = /\s$/.test(text) ? "" : words(text).at(-1) ?? "";
  const begin = text.slice(0, text.length - last.length);
  const value = completed.exec(last) ?? endpoints.exec(last);
  const wanted = value ? (value[1].length > 4 || ["node", "zone"].includes(value[1]) ? value[1] : "namespace") : "key";
  const prefix = value ? last.slice(value[0].length).replace(/^"/, "") : last;
  names.run(
    signal => ask("/api/names", { field: wanted, prefix, limit: 20 }, signal),
    answer => byId("filter-names").replaceChildren(...answer.names.map(name => {
      const option = element("option");
      option.value = begin + (value ? value[0] + name : `${name}=`);
      return option;
    })),
    () => byId("filter-names").replaceChildren());
}

export function start() {
  form.addEventListener("submit", event => {
    event.preventDefault();
    // The live table has no history to filter.
    view.change({ filter: field.value.trim(), ...(view.current().from === "live" && view.current().tab === "explore" ? { from: "now-1h", to: "now" } : {}) });
  });
  field.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(complete, 120);
  });
  field.addEventListener("focus", complete);
  byId("filter-clear").addEventListener("click", () => {
    field.value = "";
    view.change({ filter: "" });
    field.focus();
  });
  setText(note, "");
}
