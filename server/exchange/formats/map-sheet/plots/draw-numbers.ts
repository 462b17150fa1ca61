import { boxOf } from '../../../../../gis/geometry/position/box.ts';
import { pointOnSurface } from '../../../../../gis/geometry/position/point-on-surface.ts';
import { clipTo, toPage } from '../draw-outlines.ts';
import { PT_PER_MM, type SheetLayout } from '../sheet-layout.ts';
import type { SheetPen } from '../sheet-pen.ts';
import type { NumberedPlot } from './numbered-plots.ts';

const SIZE = 6;
const INK = '#1d2320';
/** Where a number goes that has no room on its plot: round it, further and further out, with a line back. Points. */
const DISTANCES = [9, 16, 25, 36, 50];
const DIRECTIONS = 12;

interface Label {
  readonly words: string;
  /** The plot's own place. */
  readonly from: readonly [number, number];
  /** The middle of the number. */
  readonly at: readonly [number, number];
  readonly halfWidth: number;
}

/**
 * Writes the numbers on their plots, the large ones first, none over another: beside the plot with a line to it where it is too small.
 * Answers the numbers for which the map has no room.
 */
export function drawNumbers(pen: SheetPen, layout: SheetLayout, plots: readonly NumberedPlot[]): ReadonlySet<number> {
  const { document } = pen;
  const place = toPage(layout);
  const { map } = layout;
  const [left, top] = [map.x * PT_PER_MM, map.y * PT_PER_MM];
  const [right, bottom] = [left + map.width * PT_PER_MM, top + map.height * PT_PER_MM];
  document.fontSize(SIZE);
  const set: Label[] = [];
  const isFree = ([x, y]: readonly [number, number], halfWidth: number): boolean =>
    x - halfWidth > left &&
    x + halfWidth < right &&
    y - SIZE > top &&
    y + SIZE < bottom &&
    set.every(({ at, halfWidth: other }) => Math.abs(at[0] - x) > other + halfWidth || Math.abs(at[1] - y) > SIZE + 1);
  const without = new Set<number>();
  const areaM2 = ({ feature }: NumberedPlot): number => Number(feature.values['areaM2'] ?? 0);
  for (const plot of plots.toSorted((a, b) => areaM2(b) - areaM2(a))) {
    const point = pointOnSurface(plot.feature.geometry);
    const words = String(plot.number);
    const halfWidth = document.widthOfString(words) / 2 + 1.2;
    const from = point && place(point[0], point[1]);
    const places = from === undefined ? [] : placesRound(from, holds(layout, plot, halfWidth));
    const at = places.find(one => isFree(one, halfWidth));
    if (from === undefined || at === undefined) without.add(plot.number);
    else set.push({ words, from, at, halfWidth });
  }
  document.save();
  clipTo(pen, map);
  for (const { from, at } of set) {
    if (from === at) continue;
    document
      .moveTo(...from)
      .lineTo(...at)
      .lineWidth(0.35)
      .strokeColor(INK)
      .stroke();
    document.circle(...from, 0.7).fill(INK);
  }
  for (const { words, at, halfWidth } of set) {
    document.roundedRect(at[0] - halfWidth, at[1] - SIZE * 0.58, 2 * halfWidth, SIZE * 1.16, 1.4).fillOpacity(0.86);
    document.fill('#ffffff').fillOpacity(1);
    pen.text(words, (at[0] - halfWidth + 1.2) / PT_PER_MM, (at[1] - SIZE * 0.53) / PT_PER_MM, { size: SIZE });
  }
  document.restore();
  return without;
}

/** Whether a plot is larger than its number, which would cover it. */
function holds({ scale }: SheetLayout, { feature }: NumberedPlot, halfWidth: number): boolean {
  const [west, south, east, north] = boxOf(feature.geometry) ?? [0, 0, 0, 0];
  const pointsPerMetre = (1000 / scale) * PT_PER_MM;
  return (east - west) * pointsPerMetre > 2 * halfWidth + 2 && (north - south) * pointsPerMetre > SIZE + 3;
}

function placesRound(from: readonly [number, number], isOnPlot: boolean): (readonly [number, number])[] {
  const round = DISTANCES.flatMap(distance =>
    Array.from({ length: DIRECTIONS }, (_unused, step): readonly [number, number] => {
      const angle = (2 * Math.PI * step) / DIRECTIONS;
      return [from[0] + distance * Math.cos(angle), from[1] - distance * Math.sin(angle)];
    }),
  );
  return [...(isOnPlot ? [from] : []), ...round];
}
