// Charts from the data in their elements, in the colours of the stylesheet. What the cursor points at is told
// below, so that nothing lies on the lines.
import uPlot from "uplot";

interface ChartData {
  readonly at: readonly number[];
  readonly series: readonly { label: string; color: string; values: readonly number[] }[];
}

const HEIGHT = 220;
/** Charts with more lines than this are not filled below them. */
const MAX_FILLED = 3;
const NUMBER = new Intl.NumberFormat("en");
const COMPACT = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
const DAY_S = 86_400;
/** Requests are counted in whole numbers. */
const WHOLE = Array.from({ length: 13 }, (_, at) =>
  [1, 2, 5].map((digit) => digit * 10 ** at),
).flat();

const color = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

/** A time in UTC: its hour, or at midnight and over long stretches its day. */
function timeText(seconds: number, stepSeconds: number): string {
  const iso = new Date(seconds * 1_000).toISOString();
  return stepSeconds >= DAY_S || seconds % DAY_S === 0 ? iso.slice(5, 10) : iso.slice(11, 16);
}

function tell(
  element: HTMLElement,
  { at, series }: ChartData,
  index: number | null | undefined,
): void {
  const readout = element.parentElement?.querySelector(".readout");
  if (!readout) return;
  const time = index === null || index === undefined ? undefined : at[index];
  if (time === undefined || typeof index !== "number") return void (readout.textContent = "");
  const values = series.map(({ label, values }) => `${label} ${NUMBER.format(values[index] ?? 0)}`);
  const when = new Date(time * 1_000).toISOString().replace("T", " ").slice(0, 16);
  readout.textContent = [`${when} UTC`, ...values].join("  ·  ");
}

/** Figures with one more at the end, so that the last column is as wide as the others. */
const withEnd = (figures: readonly number[], more: number): number[] => [
  ...figures,
  (figures.at(-1) ?? 0) + more,
];

function draw(element: HTMLElement): uPlot {
  // Written by the page itself.
  const data = JSON.parse(element.dataset["chart"] ?? "") as ChartData;
  const { at, series } = data;
  const step = (at[1] ?? 0) - (at[0] ?? 0);
  const axis = {
    stroke: color("soft"),
    font: "12px system-ui, sans-serif",
    grid: { stroke: color("line"), width: 1 },
    ticks: { show: false },
  };
  const stepped = uPlot.paths.stepped?.({ align: 1 });
  const options: uPlot.Options = {
    width: element.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    tzDate: (time) => uPlot.tzDate(new Date(time * 1_000), "Etc/UTC"),
    cursor: { y: false, drag: { x: false, y: false } },
    hooks: { setCursor: [(plot) => tell(element, data, plot.cursor.idx ?? -1)] },
    scales: { y: { range: (_, __, max) => [0, Math.max(max * 1.1, 4)] } },
    axes: [
      {
        ...axis,
        size: 32,
        space: 64,
        values: (_, splits) => {
          const between = (splits[1] ?? 0) - (splits[0] ?? 0);
          return splits.map((split) => timeText(split, between));
        },
      },
      {
        ...axis,
        size: 48,
        incrs: WHOLE,
        values: (_, splits) => splits.map((split) => COMPACT.format(split)),
      },
    ],
    series: [
      {},
      ...series.map((line) => ({
        label: line.label,
        stroke: color(line.color),
        width: 1.75,
        points: { show: false },
        ...(series.length <= MAX_FILLED && { fill: `${color(line.color)}22` }),
        ...(stepped && { paths: stepped }),
      })),
    ],
  };
  return new uPlot(
    options,
    [withEnd(at, step), ...series.map(({ values }) => withEnd(values, 0))],
    element,
  );
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
