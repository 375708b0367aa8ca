// What the page shows, kept in the address of the page: a link, back and reload show the same again.

const defaults = {
  tab: "explore", from: "now-1h", to: "now", filter: "", group: "namespace", direction: "both", unit: "bits", top: "10", sort: "", order: "",
  compare: "", zone: "local", picture: "pairs", address: "", at: "", conversation: "", workload: "", columns: "", price: "", currency: "",
};

/**
 * Fields of the former search form, which links of dashboards use. Each becomes a term of the filter. "workload" and "conversation" stay: they also
 * find the names of pods, and conversations, which the filter has no term for.
 */
const formerFields = ["namespace", "address", "port", "service", "protocol", "counted"];
export const recordFields = ["workload", "conversation"];
const listeners = new Set();
let shown = read(window.location.search);

/** A value of a filter, in quotes where the language needs them. */
export function quoted(text) {
  return /[\s",]/.test(text) || text === "" ? `"${text.replaceAll(/["\\]/g, "\\$&")}"` : text;
}

function read(search) {
  const given = new URLSearchParams(search), view = { ...defaults };
  for (const [name, value] of given) if (name in defaults && value) view[name] = value;
  if (given.has("tab")) return view;
  const terms = formerFields.filter(name => given.get(name)).map(name => `${name}=${quoted(given.get(name))}`);
  if (terms.length || recordFields.some(name => given.get(name))) {
    view.tab = "records";
    view.address = "";
    view.filter = [view.filter, ...terms].filter(Boolean).join(" ");
  }
  return view;
}

/** The view that is shown. Never change it; call change. */
export const current = () => shown;

/** Whether nothing was chosen that the traffic is limited to: the usual range, and no filter. */
export const isUsual = () => shown.from === defaults.from && shown.to === defaults.to && shown.filter === defaults.filter;

/** The address of the view with some changes. Defaults are left out. */
export function addressOf(changes = {}) {
  const view = { ...shown, ...changes }, parameters = new URLSearchParams({ tab: view.tab });
  for (const [name, value] of Object.entries(view)) if (name !== "tab" && value !== defaults[name]) parameters.set(name, value);
  return `/?${parameters}`;
}

/** Shows a changed view. The former one is one step back, unless the change replaces it. */
export function change(changes, { replaces = false } = {}) {
  const next = { ...shown, ...changes };
  if (Object.entries(next).every(([name, value]) => shown[name] === value)) return;
  const address = addressOf(changes), before = shown;
  shown = next;
  window.history[replaces ? "replaceState" : "pushState"](null, "", address);
  announce(before);
}

/** Calls a function with the view and the former view after each change. */
export const onChange = listener => listeners.add(listener);

function announce(before) {
  for (const listener of listeners) listener(shown, before);
}

window.addEventListener("popstate", () => {
  const before = shown;
  shown = read(window.location.search);
  announce(before);
});
