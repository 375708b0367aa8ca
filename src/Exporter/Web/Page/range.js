// Ranges of time: relative such as now-1h, or instants.

const units = { s: 1, m: 60, h: 3600, d: 86400 };
const day = 86_400_000;

/** Ranges to choose from. "live" is the last minute, read every two seconds. */
export const ranges = [
  ["live", "Live, last 60 s"], ["now-15m", "Last 15 minutes"], ["now-1h", "Last hour"], ["now-6h", "Last 6 hours"], ["now-24h", "Last 24 hours"],
  ["now-7d", "Last 7 days"], ["now-30d", "Last 30 days"], ["night", "Last night, 22 to 6"], ["yesterday", "Yesterday"], ["today", "Today"], ["custom", "From ... to ..."],
];

/** Milliseconds of an instant or a relative time; NaN if it is neither. */
export function instant(text, now = Date.now()) {
  const relative = /^(?:now)?(?:-(\d+)([smhd]))?$/.exec(text);
  if (relative && text) return now - (relative[1] ? relative[1] * units[relative[2]] * 1000 : 0);
  return /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text);
}

export const isRelative = text => /^now|^-\d/.test(text);

/** Start and finish of a range as instants of ISO 8601, moved by some milliseconds. */
export function moved({ from, to }, by) {
  const now = Date.now();
  return { from: new Date(instant(from, now) + by).toISOString(), to: new Date(instant(to, now) + by).toISOString() };
}

/** The name of a range in the list. */
export function nameOf({ from, to }) {
  if (from === "live") return "live";
  return to === "now" && ranges.some(([name]) => name === from) ? from : "custom";
}

/** The range that a name of the list means now, in the zone of the reader. */
export function rangeOf(name, zone) {
  if (name === "live") return { from: "live", to: "now" };
  if (name.startsWith("now")) return { from: name, to: "now" };
  const midnight = startOfDay(Date.now(), zone), iso = time => new Date(time).toISOString().replace(".000", "");
  if (name === "today") return { from: iso(midnight), to: "now" };
  if (name === "yesterday") return { from: iso(startOfDay(midnight - day / 2, zone)), to: iso(midnight) };
  // Before 6 in the morning, the night that is not over is still called tonight.
  const sixth = midnight + 6 * 3_600_000 > Date.now() ? startOfDay(midnight - day / 2, zone) : midnight;
  return { from: iso(sixth - 2 * 3_600_000), to: iso(sixth + 6 * 3_600_000) };
}

function startOfDay(time, zone) {
  const date = new Date(time);
  return zone === "utc" ? Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()) : new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

/** The value of a field of date and time for an instant, in the zone of the reader. */
export function fieldOf(text, zone) {
  const time = instant(text);
  if (Number.isNaN(time)) return "";
  return new Date(time - (zone === "utc" ? 0 : new Date(time).getTimezoneOffset() * 60_000)).toISOString().slice(0, 19);
}

/** The instant of a field of date and time. */
export function ofField(value, zone) {
  const time = new Date(zone === "utc" ? value + "Z" : value);
  return Number.isNaN(time.getTime()) ? "" : time.toISOString().replace(".000", "");
}

/** "UTC", or the zone of the browser with its difference from UTC. */
export function zoneName(zone) {
  if (zone === "utc") return "UTC";
  const minutes = -new Date().getTimezoneOffset(), sign = minutes < 0 ? "−" : "+", two = value => String(value).padStart(2, "0");
  return `${Intl.DateTimeFormat().resolvedOptions().timeZone}, UTC${sign}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
}
