// The bundled chart library, loaded when the first picture is shown, and the look of all pictures.

let library;
const open = new Set();

/** Colours that differ for readers with any colour vision, on light and dark ground (Okabe and Ito, adapted). */
const light = ["#0072b2", "#d55e00", "#007d5c", "#a8478a", "#8a6d00", "#2f8fc4", "#b3452c", "#4b6b2f", "#6a55b0", "#7a7a7a"];
const dark = ["#56b4e9", "#e69f00", "#2fbf94", "#d68ab8", "#e8d84a", "#8fc7ee", "#ee8a5f", "#9dc06c", "#ab9cf0", "#a8a8a8"];

const schemes = window.matchMedia("(prefers-color-scheme: dark)"), forced = window.matchMedia("(forced-colors: active)");

/** The colours of the page, as it has them now. */
export function colours() {
  const style = getComputedStyle(document.documentElement), of = name => style.getPropertyValue(name).trim();
  return {
    text: of("--text"), dim: of("--dim"), line: of("--line"), panel: of("--panel"), accent: of("--accent"), good: of("--good"), warn: of("--warn"), bad: of("--bad"),
    series: schemes.matches ? dark : light, rest: schemes.matches ? "#596069" : "#c4c8cc",
  };
}

/** The colour of a locality: the nearer, the cooler. */
export function localityColour(name) {
  const { series, dim } = colours();
  return { same_node: series[2], same_zone: series[0], cross_zone: series[4], cross_region: series[1], internet: series[3], unknown: dim }[name] ?? series[8];
}

/**
 * A picture in a box of the page. redraw makes the option from what was shown last; it is also called when colours change.
 * The library's own tooltips are markup, so tooltips are elements that the caller makes.
 */
export class Picture {
  #box; #chart; #redraw; #waiting = [];

  constructor(box, redraw) {
    this.#box = box;
    this.#redraw = redraw;
    new ResizeObserver(() => this.#chart?.resize()).observe(box);
    open.add(this);
  }

  /** Draws. Resolves when the picture is there. */
  async draw() {
    library ??= import("./vendor/echarts/echarts.js");
    let echarts;
    try {
      echarts = await library;
    } catch {
      // The exporter has another version now, or does not answer: the next picture tries again, and the table has the same figures.
      library = undefined;
      this.#box.textContent = "The chart library can't be loaded. Reload the page. The table has the same figures.";
      return;
    }
    if (!this.#box.clientWidth) return;
    if (!this.#chart) {
      this.#box.replaceChildren();
      this.#chart = echarts.init(this.#box, null, { renderer: "canvas" });
      for (const act of this.#waiting) act(this.#chart);
    }
    const option = this.#redraw(colours());
    if (!option) return;
    this.#chart.setOption({ animation: false, textStyle: { color: colours().text, fontFamily: getComputedStyle(document.body).fontFamily }, ...option }, { notMerge: true });
    this.#box.dataset.pictures = String(Number(this.#box.dataset.pictures ?? 0) + 1);
  }

  /** Calls act with the chart, now or as soon as it exists. */
  whenMade(act) {
    if (this.#chart) act(this.#chart);
    else this.#waiting.push(act);
  }
}

for (const media of [schemes, forced]) media.addEventListener("change", () => open.forEach(picture => picture.draw()));
