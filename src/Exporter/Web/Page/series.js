// The picture of traffic over time: stacked areas, the error of their sum, and the same time before.

import { element } from "./dom.js";
import * as format from "./format.js";

const longRange = 36 * 3_600_000;

/** Rates a second of a series: amounts divided by the seconds that the history covers. Without data: null, which is a gap. */
export const rates = (values, covered) => values.map((value, at) => (value === null || !covered[at] ? null : value / covered[at]));

/** The option of the chart for an answer of /api/series. former is the answer of the compared range, or null. */
export function option(answer, former, { unit, zone }, colours) {
  const times = answer.times.map(Date.parse), factor = unit === "bits" ? 8 : 1, isLong = times.at(-1) - times[0] > longRange;
  // A step lasts until its end, so the last one needs a point there.
  const points = values => {
    const list = rates(values, answer.covered).map((rate, at) => [times[at], rate === null ? null : rate * factor]);
    return [...list, [times.at(-1) + answer.step * 1000, list.at(-1)[1]]];
  };
  const stacked = (label, values, colour) => ({
    name: label, type: "line", stack: "sum", step: "end", showSymbol: false, lineStyle: { width: 0.5, color: colour }, areaStyle: { opacity: 0.75, color: colour },
    itemStyle: { color: colour }, data: points(values), emphasis: { disabled: true }, triggerLineEvent: true,
  });
  const list = answer.series.map((series, at) => stacked(series.label, series.values, colours.series[at % colours.series.length]));
  if (answer.remainder.values.some(Boolean)) list.push(stacked("other", answer.remainder.values, colours.rest));
  list.push(...band(answer, points, times, factor, colours));
  if (former) {
    const shift = times[0] - Date.parse(former.times[0]);
    list.push({
      name: "before", type: "line", step: "end", showSymbol: false, z: 5, lineStyle: { width: 2, type: "dashed", color: colours.text }, itemStyle: { color: colours.text },
      data: rates(former.total.values, former.covered).map((rate, at) => [Date.parse(former.times[at]) + shift, rate === null ? null : rate * factor]),
    });
  }
  return {
    grid: { left: 76, right: 14, top: 14, bottom: 26 },
    xAxis: {
      type: "time", min: times[0], max: times.at(-1) + answer.step * 1000, axisLine: { lineStyle: { color: colours.line } },
      axisLabel: { color: colours.dim, hideOverlap: true, formatter: time => format.tick(time, zone, isLong) },
    },
    yAxis: {
      type: "value", min: 0, splitLine: { lineStyle: { color: colours.line } },
      axisLabel: { color: colours.dim, formatter: value => format.rate(unit === "bits" ? value / 8 : value, unit) },
    },
    tooltip: {
      trigger: "axis", confine: true, backgroundColor: colours.panel, borderColor: colours.line, textStyle: { color: colours.text },
      formatter: items => tooltip(answer, former, items[0]?.axisValue, unit, zone),
    },
    brush: { xAxisIndex: 0, brushLink: "none", brushStyle: { color: "rgba(128,128,128,0.25)", borderColor: colours.accent }, outOfBrush: { colorAlpha: 1 } },
    toolbox: { show: false },
    series: list,
  };
}

/** The 95 % confidence interval of the sum, as a band around the top of the stack. */
function band(answer, points, times, factor, colours) {
  const { values, errors } = answer.total, edges = [[], []];
  points(values).forEach(([time, rate], at) => {
    const error = errors[Math.min(at, errors.length - 1)];
    const isKnown = rate !== null && error !== null;
    edges[0].push([time, isKnown ? rate / (1 + error) : null]);
    edges[1].push([time, isKnown ? rate * (1 + error) - rate / (1 + error) : null]);
  });
  const base = { type: "line", stack: "error", stackStrategy: "all", step: "end", showSymbol: false, silent: true, lineStyle: { opacity: 0 }, z: 4, emphasis: { disabled: true } };
  return [
    { ...base, name: "error from", data: edges[0] },
    { ...base, name: "error to", data: edges[1], areaStyle: { color: colours.text, opacity: 0.22 } },
  ];
}

function tooltip(answer, former, time, unit, zone) {
  const box = element("div", "tip"), at = answer.times.findIndex(text => Date.parse(text) === time);
  if (at < 0) return box;
  box.append(element("b", "", format.time(time, zone)));
  if (!answer.covered[at]) {
    box.append(element("p", "", "The history has no data here."));
    return box;
  }
  const list = element("table"), row = (name, values, error) => {
    const line = list.insertRow(), value = values[at];
    line.append(element("th", "", name), element("td", "number", value === null ? format.nothing : format.rate(value / answer.covered[at], unit)), element("td", "error", value ? format.interval(error) : ""));
  };
  const shown = answer.series.filter(series => series.values[at]).sort((a, b) => b.values[at] - a.values[at]).slice(0, 12);
  for (const series of shown) row(series.label, series.values, series.errors[at]);
  if (answer.remainder.values[at]) row("other", answer.remainder.values, answer.remainder.errors[at]);
  row("total", answer.total.values, answer.total.errors[at]);
  if (former && former.total.values[at] !== undefined) {
    const line = list.insertRow(), value = former.total.values[at];
    line.append(element("th", "", "before"), element("td", "number", value === null || !former.covered[at] ? format.nothing : format.rate(value / former.covered[at], unit)), element("td"));
  }
  box.append(list);
  return box;
}

/** Lets the reader select a range of the picture with the pointer; calls selected with its two instants. */
export function selectable(chart, selected) {
  const activate = () => chart.dispatchAction({ type: "takeGlobalCursor", key: "brush", brushOption: { brushType: "lineX", brushMode: "single" } });
  chart.on("brushEnd", ({ areas }) => {
    const [from, to] = areas[0]?.coordRange ?? [];
    chart.dispatchAction({ type: "brush", areas: [] });
    if (to - from > 0) selected(from, to);
  });
  return activate;
}
