import { GisError } from '../../../../gis/errors.ts';
import type { RasterGrid } from '../../../../gis/raster/raster-file.ts';
import { createPositionMap } from '../../../../gis/zonal/zone-shape.ts';
import { StretchReader } from '../../zone-readers/geojson/stretch-reader.ts';
import type { Stretch } from '../../zone-readers/geojson/cut-file.ts';
import { describeFileFault, UnusableFile } from '../../zone-readers/zone-file.ts';
import type { SharedShapes } from './shape-store.ts';
import { ZoneShaper } from './zone-shaper.ts';

/** A file of GeoJSON that threads read together: plain data. */
export interface SharedReading {
  readonly path: string;
  readonly stretches: readonly Stretch[];
  /** How many stretches are taken: in memory that the threads share. */
  readonly taken: Int32Array;
  /** The field that names zones, the system of their coordinates and the grid they come to lie on. */
  readonly field: string | undefined;
  readonly crs: string;
  readonly grid: RasterGrid;
}

/** What one thread has read. */
export interface ReadShare {
  readonly ids: readonly (string | number)[];
  readonly shapes: SharedShapes;
  readonly hasField: boolean;
  /** The stretches taken, in their order, and the zones of each: those up to `end`. */
  readonly parts: readonly { readonly stretch: number; readonly end: number }[];
  /** What was wrong with the stretch after those. */
  readonly fault: ({ readonly stretch: number } & SentFault) | undefined;
}

/** Errors lose their class on the way from thread to thread. */
export type SentFault =
  { readonly text: string } | { readonly code: string; readonly params: Readonly<Record<string, unknown>> };

/** Reads stretches as long as there are any that no other thread has taken. After a fault nobody takes more. */
export function readShare({ path, stretches, taken, field, crs, grid }: SharedReading): ReadShare {
  const zones = new ZoneShaper(field, grid, createPositionMap(crs, grid.crs));
  const parts: { stretch: number; end: number }[] = [];
  let reader: StretchReader | undefined;
  let fault: ReadShare['fault'];
  for (let at = Atomics.add(taken, 0, 1); at < stretches.length; at = Atomics.add(taken, 0, 1)) {
    try {
      reader ??= new StretchReader(path);
      reader.read(stretches[at] as Stretch, record => zones.take(record));
      parts.push({ stretch: at, end: zones.ids.length });
    } catch (error) {
      fault = { stretch: at, ...faultOf(error) };
      Atomics.store(taken, 0, stretches.length);
    }
  }
  reader?.close();
  return { ids: zones.ids, shapes: zones.shapes.share(), hasField: zones.hasField, parts, fault };
}

function faultOf(error: unknown): SentFault {
  if (error instanceof GisError) return { code: error.code, params: error.params };
  return { text: error instanceof UnusableFile ? error.message : describeFileFault(error) };
}
