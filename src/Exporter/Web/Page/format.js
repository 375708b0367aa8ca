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

export const bytes = value => scaled(value, "B");
export const bytesPerSecond = value => scaled(value, "B/s");
export const packetsPerSecond = value => scaled(value, "/s");
export const packets = value => scaled(value, "") + " packets";
export const whole = value => Math.round(value).toLocaleString("en-US");

export function share(part) {
  const percent = part * 100;
  if (percent === 0) return "0 %";
  if (percent < 0.01) return "< 0.01 %";
  return percent.toFixed(percent >= 99.95 ? 0 : percent >= 10 ? 1 : 2) + " %";
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

export function localTime(iso) {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return String(iso);
  const two = value => String(value).padStart(2, "0");
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())} ${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}.${String(time.getMilliseconds()).padStart(3, "0")}`;
}
