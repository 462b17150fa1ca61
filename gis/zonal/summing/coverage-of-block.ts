import { CoverageRasteriser } from '../coverage/coverage-rasteriser.ts';
import type { CellWindow, CoverageRows } from '../coverage/coverage-rows.ts';
import type { ZoneShape } from '../zone-shape.ts';

/** How zones cover the block in hand. */
export interface Coverage {
  /** `zone` is the number of the zone in the plan. */
  cover(zone: number, shape: ZoneShape, window: CellWindow): CoverageRows | undefined;
  /** The next block comes. */
  forget(): void;
}

/** Where layers share the zones what the first one has covered is kept for the others until the next block. */
export function createCoverage(isShared: boolean): Coverage {
  const rasteriser = new CoverageRasteriser();
  if (!isShared) return { cover: (_, shape, window) => rasteriser.cover(shape, window), forget: () => undefined };
  const known = new Map<number, CoverageRows | undefined>();
  return {
    cover(zone, shape, window) {
      const rows = known.get(zone);
      if (rows !== undefined || known.has(zone)) return rows;
      const made = copyRows(rasteriser.cover(shape, window));
      known.set(zone, made);
      return made;
    },
    forget: () => known.clear(),
  };
}

/** The rasteriser's own arrays hold until its next answer only. */
function copyRows(rows: CoverageRows | undefined): CoverageRows | undefined {
  if (rows === undefined) return undefined;
  const { firstRow, rowCount, rowStarts, starts, ends, weights } = rows;
  const count = rowStarts[rowCount] as number;
  return {
    firstRow,
    rowCount,
    rowStarts: rowStarts.slice(0, rowCount + 1),
    starts: starts.slice(0, count),
    ends: ends.slice(0, count),
    weights: weights.slice(0, count),
  };
}
