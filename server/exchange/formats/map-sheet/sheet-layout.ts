import { AppError } from '../../../platform/errors.ts';
import type { Box } from '../../../../gis/types.ts';

/** PDF measures in points: 72 to an inch. */
export const PT_PER_MM = 72 / 25.4;

/** Landscape, millimetres. */
const PAPERS = { a3: [420, 297], a4: [297, 210] } as const;
const MARGIN_MM = 10;
const TITLE_MM = 17;
const FOOT_MM = 15;
/** Room for the coordinates at the frame. */
const LABEL_MM = 6;
const COLUMN_MM = { a3: 92, a4: 78 } as const;

/** Usual scales, largest first. */
const SCALES = [1, 2, 5]
  .flatMap(step => [100, 1_000, 10_000, 100_000, 1_000_000].map(ten => step * ten))
  .concat([2_500, 25_000, 250_000])
  .toSorted((a, b) => a - b)
  .filter(scale => scale >= 500);

/** A rectangle on the sheet, millimetres from its upper left corner. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface SheetLayout {
  readonly widthMm: number;
  readonly heightMm: number;
  readonly title: Area;
  readonly map: Area;
  readonly column: Area;
  readonly foot: Area;
  /** 1 to this. */
  readonly scale: number;
  /** What the map frame shows, metres of the zone. */
  readonly shown: Box;
}

/**
 * Where everything stands, and the scale: as asked for, or the largest usual one that the selection fits in with some room.
 * @throws AppError `export-scale-too-large` when the selection does not fit on the paper at that scale
 */
export function layOut(paper: 'a3' | 'a4', asked: number | null, [west, south, east, north]: Box): SheetLayout {
  const [widthMm, heightMm] = PAPERS[paper];
  const columnMm = COLUMN_MM[paper];
  const inner = widthMm - 2 * MARGIN_MM;
  const map: Area = {
    x: MARGIN_MM + LABEL_MM,
    y: MARGIN_MM + TITLE_MM + LABEL_MM,
    width: inner - columnMm - 2 * LABEL_MM - 3,
    height: heightMm - 2 * MARGIN_MM - TITLE_MM - FOOT_MM - 2 * LABEL_MM,
  };
  const fits = (scale: number, share: number): boolean =>
    ((east - west) * 1000) / scale <= map.width * share && ((north - south) * 1000) / scale <= map.height * share;
  const scale = asked ?? SCALES.find(one => fits(one, 0.94));
  if (scale === undefined || !fits(scale, 1)) {
    const possible = SCALES.find(one => fits(one, 1)) ?? Infinity;
    throw new AppError('export-scale-too-large', { scale: asked ?? SCALES.at(-1), possible });
  }
  const [halfWidth, halfHeight] = [(map.width * scale) / 2000, (map.height * scale) / 2000];
  const [x, y] = [(west + east) / 2, (south + north) / 2];
  return {
    widthMm,
    heightMm,
    scale,
    map,
    title: { x: MARGIN_MM, y: MARGIN_MM, width: inner, height: TITLE_MM },
    column: {
      x: widthMm - MARGIN_MM - columnMm,
      y: MARGIN_MM + TITLE_MM,
      width: columnMm,
      height: heightMm - 2 * MARGIN_MM - TITLE_MM,
    },
    // Below the map alone: the column runs down to the margin, full as it is on a small sheet.
    foot: { x: MARGIN_MM, y: heightMm - MARGIN_MM - FOOT_MM + 1, width: inner - columnMm - 3, height: FOOT_MM - 1 },
    shown: [x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight],
  };
}

/** 1, 2 or 5 times a power of ten: the largest that comes at least `least` times in a length. */
export function roundStep(length: number, least: number): number {
  const limit = length / least;
  const ten = 10 ** Math.floor(Math.log10(limit));
  return ([5, 2, 1].find(step => step * ten <= limit) ?? 1) * ten;
}
