import type { Pattern, StageStyle } from '../../../../gis/ledger/stage-style.ts';
import type { Box } from '../../../../gis/types.ts';
import type { ExportLayer, Feature } from '../export-layer.ts';
import { PT_PER_MM, type Area, type SheetLayout } from './sheet-layout.ts';
import type { SheetPen } from './sheet-pen.ts';

/** Where there are no classes. */
export const PLAIN_STYLE: StageStyle = { fill: '#c9d3cc' };
const EDGE = '#3a423d';

/** A cell of 6 points that repeats: its lines as PDF operators. */
const PATTERN_CELL = 6;
const PATTERNS: Readonly<Record<Pattern, { readonly operators: string; readonly colour: string }>> = {
  hatch: { operators: '0.9 w -1 -1 m 7 7 l S', colour: '#ffffff' },
  dots: {
    operators: '1.4 w 1 J 1.5 1.5 m 1.5 1.5 l S 4.5 4.5 m 4.5 4.5 l S',
    colour: '#3c4614',
  },
  cross: { operators: '0.7 w -1 -1 m 7 7 l S -1 7 m 7 -1 l S', colour: '#ffffff' },
};

/** Fills what the document's path holds, even-odd, with its pattern over its colour. */
export function fillWith(pen: SheetPen, { fill, pattern }: StageStyle, path: () => void): void {
  const { document } = pen;
  path();
  document.fill(fill, 'even-odd');
  if (pattern === undefined) return;
  const { operators, colour } = PATTERNS[pattern];
  const cell = document.pattern([0, 0, PATTERN_CELL, PATTERN_CELL], PATTERN_CELL, PATTERN_CELL, operators);
  path();
  document.fill([cell, colour] as unknown as string, 'even-odd');
}

const styleOf = (layer: ExportLayer, feature: Feature): StageStyle =>
  layer.classes?.terms.find(({ code }) => code === feature.values[layer.classes?.field ?? ''])?.style ?? PLAIN_STYLE;

/** Metres of the zone to points of the page. */
export function toPage({ map, scale, shown }: SheetLayout): (x: number, y: number) => [number, number] {
  const pointsPerMetre = (1000 / scale) * PT_PER_MM;
  return (x, y) => [
    map.x * PT_PER_MM + (x - shown[0]) * pointsPerMetre,
    map.y * PT_PER_MM + (shown[3] - y) * pointsPerMetre,
  ];
}

/** Every outline in its colour, clipped by the frame. */
export function drawOutlines(
  pen: SheetPen,
  layout: SheetLayout,
  layer: ExportLayer,
  features: readonly Feature[],
): void {
  const { document } = pen;
  const place = toPage(layout);
  document.save();
  clipTo(pen, layout.map);
  for (const feature of features) {
    const { geometry } = feature;
    if (geometry === null || geometry.type === 'Point' || !meets(geometry.coordinates.flat(2), layout.shown)) continue;
    const path = (): void => {
      for (const ring of geometry.coordinates.flat()) {
        ring.forEach(([x, y], index) => {
          const [px, py] = place(x, y);
          if (index === 0) document.moveTo(px, py);
          else document.lineTo(px, py);
        });
        document.closePath();
      }
    };
    fillWith(pen, styleOf(layer, feature), path);
    path();
    document.lineWidth(0.4).strokeColor(EDGE).stroke();
  }
  document.restore();
}

export function clipTo({ document }: SheetPen, { x, y, width, height }: Area): void {
  document.rect(x * PT_PER_MM, y * PT_PER_MM, width * PT_PER_MM, height * PT_PER_MM).clip();
}

function meets(positions: readonly (readonly [number, number])[], [west, south, east, north]: Box): boolean {
  return positions.some(([x, y]) => x >= west && x <= east && y >= south && y <= north);
}
