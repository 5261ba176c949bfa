/** @jsxImportSource hono/jsx */
// Charts: the script draws the lines; what they are, their sums and their figures are there without it.
import { clock, count, moment, short } from "./format.ts";

/** One line of a chart. */
export interface Series {
  readonly label: string;
  /** Name of a colour of the stylesheet. */
  readonly color: string;
  readonly values: readonly number[];
}

function Legend({ series }: { series: readonly Series[] }) {
  return (
    <ul class="legend">
      {series.map(({ label, color, values }) => (
        <li>
          <svg
            class={`swatch ${color}`}
            viewBox="0 0 10 10"
            width="10"
            height="10"
            aria-hidden="true"
          >
            <rect width="10" height="10" rx="2" />
          </svg>
          <bdi>{label}</bdi> <b>{short(values.reduce((sum, value) => sum + value, 0))}</b>
        </li>
      ))}
    </ul>
  );
}

function Figures({
  title,
  at,
  series,
}: {
  title: string;
  at: readonly number[];
  series: readonly Series[];
}) {
  return (
    <details>
      <summary>
        Figures<span class="hidden"> of {title}</span>
      </summary>
      <div class="scroll" tabindex={0} role="group" aria-label={`Figures of ${title}`}>
        <table>
          <thead>
            <tr>
              <th scope="col">From (UTC)</th>
              {series.map(({ label }) => (
                <th scope="col" class="figure">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {at.map((time, row) => (
              <tr>
                <th scope="row">
                  {moment(time).slice(0, 10)} {clock(time)}
                </th>
                {series.map(({ values }) => (
                  <td class="figure">{count(values[row] ?? 0)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

/** A chart, with its figures as a table for whoever does not see it. */
export function Chart(given: { title: string; at: readonly number[]; series: readonly Series[] }) {
  const { title, at, series } = given;
  const data = JSON.stringify({ at: at.map((time) => time / 1_000), series });
  return (
    <figure class="chart">
      <Legend series={series} />
      <div class="plot" data-chart={data} role="img" aria-label={`Chart: ${title}`}></div>
      <p class="readout" aria-hidden="true"></p>
      <Figures title={title} at={at} series={series} />
    </figure>
  );
}
