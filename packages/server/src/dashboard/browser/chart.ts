// Charts from the data in their elements, in the colours of the stylesheet.
import uPlot from "uplot";

interface ChartData {
  readonly at: readonly number[];
  readonly series: readonly { label: string; color: string; values: readonly number[] }[];
}

const HEIGHT = 220;
const color = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

function draw(element: HTMLElement): uPlot {
  const { at, series } = JSON.parse(element.dataset["chart"] ?? "") as ChartData;
  const axis = {
    stroke: color("soft"),
    grid: { stroke: color("line"), width: 1 },
    ticks: { show: false },
  };
  const options: uPlot.Options = {
    width: element.clientWidth,
    height: HEIGHT,
    tzDate: (time) => uPlot.tzDate(new Date(time * 1_000), "Etc/UTC"),
    cursor: { y: false },
    scales: { y: { range: (_, __, max) => [0, Math.max(max * 1.1, 4)] } },
    axes: [axis, { ...axis, size: 48 }],
    series: [
      {},
      ...series.map((line) => ({
        label: line.label,
        stroke: color(line.color),
        fill: `${color(line.color)}22`,
        width: 1.5,
        points: { show: false },
      })),
    ],
  };
  return new uPlot(options, [[...at], ...series.map(({ values }) => [...values])], element);
}

/** Draws every chart of the page, again when its width or the colours change. */
export function drawCharts(): void {
  for (const element of document.querySelectorAll<HTMLElement>("[data-chart]")) {
    let plot = draw(element);
    new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: HEIGHT })).observe(
      element,
    );
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      plot.destroy();
      plot = draw(element);
    });
  }
}
