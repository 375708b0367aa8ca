// From which rate on a pair is known within 20 %, with the sampling of today.

import { byId, element, setText } from "./dom.js";
import * as format from "./format.js";

const goal = 0.2, normal = 1.96, fewest = 30;
const spans = [["1 minute", 60], ["15 minutes", 900], ["1 hour", 3600], ["1 day", 86_400]];

/**
 * Samples that are needed for a 95 % interval of ± 20 %. The interval is exp(1.96 √(spread / samples)) - 1, and spread is that of today's traffic: how
 * much packet sizes and sampling rates differ, from the error of all traffic. Without enough traffic, packets of one size are assumed.
 */
export function samplesNeeded({ samples, error }) {
  const known = error?.bytesPercent === null || error?.bytesPercent === undefined || samples < fewest ? null : Math.log(1 + error.bytesPercent / 100) / normal;
  const spread = known ? Math.max(0.01, samples * known ** 2) : 1;
  return Math.max(fewest, Math.ceil(spread * (normal / Math.log(1 + goal)) ** 2));
}

/** Packets a second from which on a pair has so many samples in a span. */
export const packetsNeeded = (samples, rate, seconds) => samples * rate / seconds;

export function show({ sampling, total }) {
  const box = byId("advisor"), table = byId("advisor-table");
  box.hidden = !sampling;
  if (!sampling) return;
  const rate = sampling.maximum, size = Number(total.packets) ? Number(total.bytes) / Number(total.packets) : null, needed = samplesNeeded(total);
  setText(byId("advisor-text"), rate === 1
    ? "Every packet is sampled, so all figures are exact."
    : `With 1 in ${format.whole(rate)} packets sampled, a pair is known within ± 20 % from ${format.whole(needed)} samples on. The needed rate depends on the length of the range.`);
  table.hidden = rate === 1;
  table.tBodies[0].replaceChildren(...spans.map(([title, seconds]) => {
    const line = element("tr"), packets = packetsNeeded(needed, rate, seconds), head = element("th", "", title);
    head.scope = "row";
    line.append(head, element("td", "number", `${format.packetsPerSecond(packets)}`), element("td", "number", size ? format.rate(packets * size, "bits") : format.nothing));
    return line;
  }));
}
