import { CoverageRasteriser } from '../coverage/coverage-rasteriser.ts';
import type { CellWindow, CoverageRows } from '../coverage/coverage-rows.ts';
import type { ZoneShape } from '../zone-shape.ts';

/** How zones cover the block in hand. */
export interface Coverage {
  /** Several layers ask for the same zones. */
  readonly isShared: boolean;
  /** `zone` is the number of the zone in the plan. Of a large block the first part, as `CoverageRasteriser` has it. */
  cover(zone: number, shape: ZoneShape, window: CellWindow): CoverageRows | undefined;
  /** The next part. */
  more(): CoverageRows | undefined;
  /** The next block comes. */
  forget(): void;
}

/** Where layers share the zones what the first one has covered is kept for the others until the next block. */
export function createCoverage(isShared: boolean): Coverage {
  const rasteriser = new CoverageRasteriser();
  if (!isShared) {
    return {
      isShared,
      cover: (_, shape, window) => rasteriser.cover(shape, window),
      more: () => rasteriser.more(),
      forget: () => undefined,
    };
  }
  const known = new Map<number, CoverageRows[]>();
  let parts: Iterator<CoverageRows> = [].values();
  const more = (): CoverageRows | undefined => parts.next().value as CoverageRows | undefined;
  return {
    isShared,
    cover(zone, shape, window) {
      const own = known.get(zone) ?? [];
      if (!known.has(zone)) {
        known.set(zone, own);
        for (let rows = rasteriser.cover(shape, window); rows !== undefined; rows = rasteriser.more()) {
          own.push(copyRows(rows));
        }
      }
      parts = own.values();
      return more();
    },
    more,
    forget: () => known.clear(),
  };
}

/** The rasteriser's own arrays hold until its next answer only. */
function copyRows(rows: CoverageRows): CoverageRows {
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
