import type { RasterGrid } from '../raster/raster-file.ts';
import type { BandSource, ClassMask } from './block-inputs.ts';
import type { BandRole, Expression, ExpressionOptions } from './expression.ts';
import type { Stat, StatName } from './statistics.ts';
import type { Zone, ZoneFault, ZoneShape } from './zone-shape.ts';

export interface ZonalRequest {
  /** The bands that the expression needs; the grid of the first one that it names is the grid of the statistics. */
  readonly bands: Partial<Readonly<Record<BandRole, BandSource>>>;
  /** `band` (the role `value`) unless said otherwise. */
  readonly expression?: Expression | undefined;
  readonly expressionOptions?: ExpressionOptions | undefined;
  readonly mask?: ClassMask | undefined;
  readonly zones: readonly Zone[];
  readonly stats: readonly StatName[];
  /** Heard between blocks; GisError `zonal-cancelled`. */
  readonly signal?: { readonly aborted: boolean } | undefined;
  /** Share of the blocks done, 0..1. */
  readonly onProgress?: ((fraction: number) => void) | undefined;
  /** Lets the host's event loop turn (`setImmediate`); called every few blocks. */
  readonly pause?: (() => Promise<void>) | undefined;
}

/** Everything that has to be known before the first block is read; the same in every thread. */
export interface ZonalPlan {
  /** Its zones are the plan's `ids` and `shapes`. */
  readonly request: Omit<ZonalRequest, 'zones'>;
  readonly grid: RasterGrid;
  readonly stats: readonly Stat[];
  /** Of each zone, in the order of the request. */
  readonly ids: readonly (string | number)[];
  readonly shapes: ZoneShapes;
  readonly blocksDown: number;
}

/** Shape of each zone on the grid, or why it has none: an array, or a store that holds them more tightly and makes each as it is asked for. */
export interface ZoneShapes {
  readonly length: number;
  /** The same as columns, where there are such. */
  readonly columns?: ShapeColumns | undefined;
  at(zone: number): ZoneShape | ZoneFault | undefined;
}

/** Shapes of zones as plain columns. */
export interface ShapeColumns {
  /** Points of the zones, one zone after the other. */
  readonly rooms: readonly Float64Array[];
  /** The room of each zone, and the numbers `[start, end)` of it that are its points. */
  readonly roomOf: Uint32Array;
  readonly pointStarts: Uint32Array;
  readonly pointEnds: Uint32Array;
  /** Points of one ring end where those of the next begin: counted within the zone. */
  readonly ringEnds: Uint32Array;
  readonly ringSigns: Int8Array;
  /** Rings up to the end of each zone. */
  readonly ringTotals: Uint32Array;
  /** minU, maxU, minV, maxV, areaCells of each zone. */
  readonly extents: Float64Array;
}
