import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { formatDate, formatNumber } from '../../i18n/format.ts';
import { t } from '../../i18n/t.ts';
import { locale } from '../../i18n/locale.ts';

export interface ChartPoint {
  readonly on: string;
  readonly value: number;
  /** False: shown hollow, because it does not count. */
  readonly counts: boolean;
}

export interface ChartLine {
  readonly key: string;
  readonly name: string;
  readonly color: string;
  readonly dashed?: boolean | undefined;
  readonly points: readonly ChartPoint[];
}

export interface TimeChartProps {
  readonly lines: readonly ChartLine[];
  /** What the picture shows, for those who do not see it; the same numbers stand in a table beside it. */
  readonly label: string;
  readonly yLabel: string;
  readonly digits: number;
  readonly height?: number | undefined;
}

const toSeconds = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 1000;

/** Lines over dates with a legend below. Redrawn whole when language or data change: there are a handful of points. */
export function TimeChart({ lines, label, yLabel, digits, height = 210 }: TimeChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const words = locale.value;
  const signature = JSON.stringify(lines);
  useEffect(() => {
    const element = place.current;
    if (element === null || lines.length === 0) return undefined;
    const css = (value: string): string => {
      const name = /^var\((--[\w-]+)\)$/.exec(value)?.[1];
      return name === undefined ? value : getComputedStyle(element).getPropertyValue(name).trim();
    };
    const dates = [...new Set(lines.flatMap(line => line.points.map(point => point.on)))].sort();
    const data: uPlot.AlignedData = [
      dates.map(toSeconds),
      ...lines.map(line => dates.map(date => line.points.find(point => point.on === date)?.value ?? null)),
    ];
    const paper = css('var(--surface)');
    // Pale stages fade on paper and deep ones in the dark: a little ink makes every line stand out in both.
    const ink = css('var(--ink)');
    const stroke = (line: ChartLine): string =>
      line.dashed ? css(line.color) : `color-mix(in srgb, ${line.color} 78%, ${ink})`;
    const drawPoints = (line: ChartLine) => (plot: uPlot, seriesIndex: number) => {
      const { ctx } = plot;
      for (const point of line.points) {
        const x = plot.valToPos(toSeconds(point.on), 'x', true);
        const y = plot.valToPos(point.value, 'y', true);
        ctx.beginPath();
        ctx.arc(x, y, 4 * devicePixelRatio, 0, Math.PI * 2);
        ctx.fillStyle = point.counts ? stroke(line) : paper;
        ctx.fill();
        ctx.lineWidth = 1.6 * devicePixelRatio;
        ctx.strokeStyle = point.counts ? paper : stroke(line);
        ctx.stroke();
      }
      void seriesIndex;
      return null;
    };
    const axis = {
      stroke: css('var(--ink-2)'),
      grid: { stroke: css('var(--line)'), width: 1 },
      ticks: { show: false },
      font: `11px ${css('var(--font)')}`,
    };
    const plot = new uPlot(
      {
        width: element.clientWidth,
        height,
        legend: { show: false },
        cursor: { show: false },
        padding: [10, 12, 0, 0],
        scales: {
          x: { time: true, range: (_plot, min, max) => padded(min, max) },
          y: { range: (_plot, min, max) => [Math.min(0, min), Math.max(0.8, max + 0.05)] },
        },
        axes: [
          {
            ...axis,
            size: 26,
            space: 64,
            values: (_plot, splits) => splits.map(split => new Date(split * 1000).toISOString().slice(0, 7)),
          },
          { ...axis, size: 42, values: (_plot, splits) => splits.map(split => formatNumber(split, 1)) },
        ],
        series: [
          {},
          ...lines.map((line): uPlot.Series => ({
            stroke: stroke(line),
            width: 2,
            spanGaps: true,
            ...(line.dashed ? { dash: [6, 4] } : {}),
            points: { show: drawPoints(line) as unknown as uPlot.Series.Points.Show },
          })),
        ],
      },
      data,
      element,
    );
    const observer = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      plot.destroy();
    };
  }, [signature, words, height]);

  return (
    <figure class="chart">
      <figcaption class="visually-hidden">{`${label}. ${spoken(lines, yLabel, digits)}`}</figcaption>
      <div ref={place} class="chart-place" aria-hidden="true" style={{ minHeight: height }} />
      <ul class="chart-legend" aria-hidden="true">
        {lines.map(line => (
          <li key={line.key} class="row">
            <span class={`chart-key${line.dashed ? ' is-dashed' : ''}`} style={{ '--fill': line.color }} />
            {line.name}
          </li>
        ))}
      </ul>
    </figure>
  );
}

const MONTH_S = 30 * 86_400;

/** A little room at both ends, so that the first and the last point are whole; a year around a single one. */
function padded(min: number, max: number): [number, number] {
  const room = Math.max((max - min) * 0.04, max === min ? 6 * MONTH_S : 0);
  return [min - room, max + room];
}

/** The last counted value of every line, as a screen reader says it. */
function spoken(lines: readonly ChartLine[], yLabel: string, digits: number): string {
  return lines
    .map(line => {
      const last = line.points.filter(point => point.counts).at(-1);
      return last === undefined
        ? ''
        : `${line.name}: ${t('ui.aside', { of: `${yLabel} ${formatNumber(last.value, digits)}`, why: formatDate(last.on) })}`;
    })
    .filter(text => text !== '')
    .join('; ');
}
