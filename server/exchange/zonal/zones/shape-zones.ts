import { parseCrs } from '../../../../gis/crs/parse-crs.ts';
import { GisError } from '../../../../gis/errors.ts';
import type { RasterGrid } from '../../../../gis/raster/raster-file.ts';
import { createPositionMap, shapeZone } from '../../../../gis/zonal/zone-shape.ts';
import type { PositionMap } from '../../../../gis/zonal/zone-shape.ts';
import { findEpsgDefinition } from '../../../platform/raster/epsg-definitions.ts';
import { readZones } from '../../zone-readers/read-zones.ts';
import type { ZoneRecord } from '../../zone-readers/zone-file.ts';
import { UnusableFile } from '../../zone-readers/zone-file.ts';
import { ShapeStore } from './shape-store.ts';
import { describeRasterFault } from '../raster-faults.ts';
import type { ZonalArguments } from '../zonal-arguments.ts';

/** Zones of a file as they lie on a grid; their geometries are let go of as they are read. */
export interface ShapedZones {
  readonly ids: readonly (string | number)[];
  readonly shapes: ShapeStore;
}

/** A record without geometry stays in the list, so that it has its row. */
const NOTHING = { type: 'MultiPolygon', coordinates: [] } as const;

/** Reads a file of zones and shapes each as it comes: of a file of any length only what is measured is held. Throws UnusableFile. */
export async function shapeZones(
  { zones: path, id, zonesTowgs84 }: Pick<ZonalArguments, 'zones' | 'id' | 'zonesTowgs84'>,
  grid: RasterGrid,
): Promise<ShapedZones> {
  const ids: (string | number)[] = [];
  let shapes = new ShapeStore();
  let map: PositionMap;
  let hasField = false;
  let isShifted = false;
  await readZones(path, {
    begin(crs) {
      ({ map, isShifted } = mapTo(grid, path, crs, zonesTowgs84));
      ids.length = 0;
      shapes = new ShapeStore();
      hasField = false;
    },
    visit(record) {
      if (id !== undefined && id in record.properties) hasField = true;
      ids.push(nameOf(record, id));
      shapes.add(shapeZone(record.geometry ?? NOTHING, grid, map, shapes.roomFor));
    },
  });
  // Not before: a file may name its system after its zones. Parameters that change nothing would be taken for ones that did.
  if (zonesTowgs84 !== undefined && !isShifted)
    throw new UnusableFile(path, 'is in a system that takes no shift parameters');
  if (id !== undefined && ids.length > 0 && !hasField) throw new UnusableFile(path, `has no field ${id}`);
  return { ids, shapes };
}

function nameOf(record: ZoneRecord, id: string | undefined): string | number {
  const own = id === undefined ? record.id : record.properties[id];
  if (typeof own === 'number') return own;
  const isPlain = typeof own === 'string' || typeof own === 'boolean';
  return isPlain ? String(own) : (JSON.stringify(own ?? undefined) ?? '');
}

/** From the system that a file of zones names (by a code that the core has no rule for, perhaps) to that of the grid. */
function mapTo(
  grid: RasterGrid,
  path: string,
  crs: string,
  towgs84: readonly number[] | undefined,
): { map: PositionMap; isShifted: boolean } {
  try {
    const { code, definition } = parseCrs(crs, { towgs84, definitionOf: findEpsgDefinition });
    const isShifted = definition.includes('+towgs84');
    return { map: createPositionMap(isShifted ? definition : (code ?? definition), grid.crs), isShifted };
  } catch (error) {
    if (!(error instanceof GisError)) throw error;
    throw new UnusableFile(path, describeRasterFault(error), { cause: error });
  }
}
