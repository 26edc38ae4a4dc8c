// <lz-chart label="…"><script type="application/json">ECharts option</script></lz-chart>
// Draws only what stands in the page, in the colours of the theme, again when the theme changes.
import { vendor } from "./vendor.js";

const FOLDER = "echarts-6.1.0/";
const probe = document.createElement("i");
const paper = matchMedia("print");

/** The computed value of a token: custom properties with light-dark() have none of their own. */
function token(name) {
  probe.style.color = `var(--lz-${name})`;
  return getComputedStyle(probe).color;
}

/** Replace "lz:bad" by the colour of the theme, everywhere in the option. */
function coloured(value) {
  if (typeof value === "string") return value.startsWith("lz:") ? token(value.slice(3)) : value;
  if (Array.isArray(value)) return value.map(coloured);
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, coloured(part)]));
  }
  return value;
}

function theme() {
  const text = { color: token("muted") };
  const axis = {
    axisLine: { lineStyle: { color: token("line-strong") } },
    axisTick: { show: false },
    axisLabel: text,
    nameTextStyle: text,
    splitLine: { lineStyle: { color: token("line") } },
  };
  return {
    color: ["accent-fill", "good-fill", "warn-fill", "bad-fill", "unknown-fill"].map(token),
    backgroundColor: "transparent",
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 12 },
    legend: { textStyle: text, itemWidth: 12, itemHeight: 8, icon: "roundRect" },
    categoryAxis: { ...axis, splitLine: { show: false } },
    valueAxis: axis,
    timeAxis: { ...axis, splitLine: { show: false } },
    logAxis: axis,
    line: { symbolSize: 5, lineStyle: { width: 1.6 } },
    bar: { barMaxWidth: 28 },
    markLine: { symbol: "none", label: text },
  };
}

/** Room at the right for the name of a limit, where there is one. */
const rightOf = (option) => ([option.series].flat().some((series) => series?.markLine) ? 64 : 12);

const defaults = (option) => ({
  grid: { left: 8, right: rightOf(option), top: 16, bottom: 4, outerBoundsMode: "same", containLabel: true },
  animation: !matchMedia("print, (prefers-reduced-motion: reduce)").matches,
  animationDuration: 250,
  aria: { enabled: false },
});

/** Rich text only: the HTML tooltip writes inline styles, which the content policy forbids. */
function withTooltip(option) {
  const tooltip = {
    trigger: "axis",
    confine: true,
    ...option.tooltip,
    renderMode: "richText",
    backgroundColor: token("card"),
    borderColor: token("line-strong"),
    textStyle: { color: token("ink"), fontSize: 12 },
  };
  return { ...option, tooltip };
}

class Chart extends HTMLElement {
  #chart = null;
  #resize = new ResizeObserver(() => this.#chart?.resize());
  #seen = new IntersectionObserver((entries) => entries.some((e) => e.isIntersecting) && this.#start());
  #redraw = () => this.#chart && this.draw();
  #print = () => window.echarts && this.draw(); // on paper in light colours, seen before or not

  connectedCallback() {
    this.role = "img";
    this.ariaLabel = this.getAttribute("label");
    this.#seen.observe(this);
    document.addEventListener("lz:theme", this.#redraw);
    paper.addEventListener("change", this.#print);
  }

  disconnectedCallback() {
    this.#seen.disconnect();
    this.#resize.disconnect();
    document.removeEventListener("lz:theme", this.#redraw);
    paper.removeEventListener("change", this.#print);
    this.#chart?.dispose();
  }

  async #start() {
    this.#seen.disconnect();
    await vendor(`${FOLDER}echarts.min.js`);
    if (document.documentElement.lang.startsWith("zh")) await vendor(`${FOLDER}langZH.js`);
    if (!this.isConnected) return;
    this.draw();
    this.#resize.observe(this);
  }

  /** Draw the option that stands in the element now. */
  draw() {
    const option = coloured(JSON.parse(this.querySelector("script").textContent));
    const locale = document.documentElement.lang.startsWith("zh") ? "ZH" : "EN";
    this.#chart?.dispose();
    this.#canvas ??= this.appendChild(Object.assign(document.createElement("div"), { className: "lz-chart-canvas" }));
    this.#chart = window.echarts.init(this.#canvas, theme(), { locale, renderer: "canvas" });
    this.#chart.setOption({ ...defaults(option), ...withTooltip(option) });
  }

  #canvas = null;
}

probe.hidden = true;
document.body.append(probe);
customElements.define("lz-chart", Chart);
