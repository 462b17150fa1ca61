import { PT_PER_MM, roundStep, type SheetLayout } from './sheet-layout.ts';
import { clipTo, toPage } from './draw-outlines.ts';
import type { SheetPen } from './sheet-pen.ts';

const LABEL_SIZE = 6;
const INK = '#1d2320';

/** Lines of the zone's own grid with their coordinates at all four sides, metres; eastings with the zone number if it has one. */
export function drawGrid(pen: SheetPen, layout: SheetLayout): void {
  const { map, shown } = layout;
  const [west, south, east, north] = shown;
  const place = toPage(layout);
  const step = roundStep(Math.min(east - west, north - south), 4);
  const { document } = pen;
  document.save();
  clipTo(pen, map);
  const eastings = multiples(west, east, step);
  const northings = multiples(south, north, step);
  const mm = (pt: number): number => pt / PT_PER_MM;
  for (const x of eastings) {
    const at = mm(place(x, 0)[0]);
    pen.line(
      [
        [at, map.y],
        [at, map.y + map.height],
      ],
      0.25,
      '#6d7a73',
    );
  }
  for (const y of northings) {
    const at = mm(place(0, y)[1]);
    pen.line(
      [
        [map.x, at],
        [map.x + map.width, at],
      ],
      0.25,
      '#6d7a73',
    );
  }
  document.restore();
  for (const x of eastings) {
    const at = mm(place(x, 0)[0]);
    const label = { size: LABEL_SIZE, align: 'center' as const, width: 30 };
    pen.text(String(x), at - 15, map.y - 3.6, label);
    pen.text(String(x), at - 15, map.y + map.height + 1, label);
  }
  for (const y of northings) {
    const at = mm(place(0, y)[1]);
    pen.upright(String(y), map.x - 3.8, at, LABEL_SIZE);
    pen.upright(String(y), map.x + map.width + 1.2, at, LABEL_SIZE);
  }
  pen.frame(map, 1, INK);
}

function multiples(from: number, to: number, step: number): number[] {
  const first = Math.ceil(from / step);
  const last = Math.floor(to / step);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * step);
}
