// Numbers for people. Three digits at most, because most figures are estimates.

const steps = ["", "k", "M", "G", "T", "P", "E"];

function scaled(value, unit) {
  let step = 0;
  while (value >= 999.5 && step < steps.length - 1) {
    value /= 1000;
    step++;
  }
  const digits = step === 0 && Number.isInteger(value) ? 0 : value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
  const prefix = steps[step] + unit;
  return value.toFixed(value === 0 ? 0 : digits) + (prefix ? " " + prefix : "");
}

/** What a missing figure looks like: never like 0. */
export const nothing = "no data";

export const bytes = value => scaled(value, "B");
export const bytesPerSecond = value => scaled(value, "B/s");
export const packetsPerSecond = value => scaled(value, "/s");
export const packets = value => scaled(value, "") + " packets";
export const whole = value => Math.round(value).toLocaleString("en-US");

/** An amount in the unit of the reader. */
export const amount = (value, unit) => (value === null || value === undefined ? nothing : unit === "packets" ? packets(value) : bytes(value));

/** A rate in the unit of the reader: bit/s, B/s or packets/s. */
export function rate(perSecond, unit) {
  if (perSecond === null || perSecond === undefined || !Number.isFinite(perSecond)) return nothing;
  if (unit === "bits") return scaled(perSecond * 8, "bit/s");
  return unit === "packets" ? scaled(perSecond, "") + " packets/s" : scaled(perSecond, "B/s");
}

export function share(part) {
  const percent = part * 100;
  if (percent === 0) return "0 %";
  if (percent < 0.01) return "< 0.01 %";
  return percent.toFixed(percent >= 99.95 ? 0 : percent >= 10 ? 1 : 2) + " %";
}

/** Half of the 95 % confidence interval as a share: "± 12 %". Without it there were fewer than 30 samples. */
export function interval(part) {
  if (part === null || part === undefined) return "too few";
  if (part === 0) return "exact";
  const percent = part * 100;
  return percent < 0.1 ? "± < 0.1 %" : `± ${percent < 10 ? percent.toFixed(1) : Math.round(percent)} %`;
}

export function duration(seconds) {
  if (seconds < 100) return Math.floor(seconds) + " s";
  if (seconds < 6000) return Math.floor(seconds / 60) + " min";
  if (seconds < 360000) return Math.floor(seconds / 3600) + " h";
  return Math.floor(seconds / 86400) + " d";
}

/** 95 % confidence interval of the bytes of a volume or rate: "± 12 %" or "too few" samples; empty without samples. */
export const error = view => (view.samples ? view.error.bytes : "");

/** The number of samples behind a volume or rate, and its confidence intervals. */
export function samples(view) {
  const { samples: count, error: { bytes, packets } } = view;
  if (!count) return "no samples";
  return `${whole(count)} ${count === 1 ? "sample" : "samples"}; bytes ${bytes}, packets ${packets} (95 %)`;
}

/** An instant with its milliseconds, in the zone of the reader. */
export const localTime = (iso, zone) => moment(iso, zone, true);

/** An instant in seconds. */
export const time = (iso, zone) => moment(iso, zone, false);

function moment(iso, zone, isPrecise) {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return String(iso);
  const at = zone === "utc" ? date : new Date(date.getTime() - date.getTimezoneOffset() * 60_000), text = at.toISOString().replace("T", " ");
  return text.slice(0, isPrecise ? 23 : 19);
}

/** The time of day, with the date if the range is long. */
export function tick(milliseconds, zone, isLong) {
  const text = time(milliseconds, zone);
  return isLong ? text.slice(5, 16) : text.slice(11, 16);
}

/** "12 s ago". */
export function ago(iso, now = Date.now()) {
  const seconds = (now - new Date(iso).getTime()) / 1000;
  return seconds < 0 ? "now" : `${duration(seconds)} ago`;
}
