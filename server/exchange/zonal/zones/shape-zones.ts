import { parseCrs } from '../../../../gis/crs/parse-crs.ts';
import { GisError } from '../../../../gis/errors.ts';
import type { RasterGrid } from '../../../../gis/raster/raster-file.ts';
import { createPositionMap } from '../../../../gis/zonal/zone-shape.ts';
import { findEpsgDefinition } from '../../../platform/raster/epsg-definitions.ts';
import { cutZones, readZones } from '../../zone-readers/read-zones.ts';
import { UnusableFile } from '../../zone-readers/zone-file.ts';
import { describeRasterFault } from '../raster-faults.ts';
import type { ZonalArguments } from '../zonal-arguments.ts';
import { readTogether } from './read-together.ts';
import type { ReadsZones, ShapedZones } from './read-together.ts';
import { ShapeStore } from './shape-store.ts';
import { ZoneShaper } from './zone-shaper.ts';

/**
 * Reads a file of zones and shapes each as it comes: of a file of any length only what is measured is held. Other threads take their share of a long
 * one. Throws UnusableFile.
 */
export async function shapeZones(
  { zones: path, id, zonesTowgs84 }: Pick<ZonalArguments, 'zones' | 'id' | 'zonesTowgs84'>,
  grid: RasterGrid,
  others: readonly ReadsZones[] = [],
): Promise<ShapedZones> {
  let isShifted = false;
  const crsOf = (named: string): string => {
    const known = nameCrs(path, named, zonesTowgs84);
    isShifted = known.isShifted;
    return known.crs;
  };
  // Coordinates are read faster than they are handed out; what takes time is to project them.
  const isProjected = (named: string): boolean => mapTo(grid, path, crsOf(named)) !== undefined;
  const cut = others.length > 0 ? await cutZones(path, isProjected) : undefined;
  const zones =
    cut === undefined
      ? await readAlone(path, named => new ZoneShaper(id, grid, mapTo(grid, path, crsOf(named))))
      : await readTogether({ path, stretches: cut.stretches, field: id, crs: crsOf(cut.crs), grid }, others);
  // Not before: a file may name its system after its zones. Parameters that change nothing would be taken for ones that did.
  if (zonesTowgs84 !== undefined && !isShifted)
    throw new UnusableFile(path, 'is in a system that takes no shift parameters');
  if (id !== undefined && zones.ids.length > 0 && !zones.hasField) throw new UnusableFile(path, `has no field ${id}`);
  return zones;
}

async function readAlone(path: string, begin: (crs: string) => ZoneShaper): Promise<ShapedZones> {
  let zones: ZoneShaper | undefined;
  await readZones(path, {
    begin: crs => void (zones = begin(crs)),
    visit: record => zones?.take(record),
    place: features => zones?.place(features) === true,
    visitPlaced: (features, records, from, to) => zones?.takePlaced(features, records, from, to),
  });
  return {
    ids: zones?.ids ?? [],
    shapes: (zones?.shapes ?? new ShapeStore()).share(),
    hasField: zones?.hasField ?? false,
  };
}

/** The system that a file of zones names, by a code that the core has no rule for perhaps, as the core knows it. */
function nameCrs(
  path: string,
  crs: string,
  towgs84: readonly number[] | undefined,
): { crs: string; isShifted: boolean } {
  return namingCrsFaults(path, () => {
    const { code, definition } = parseCrs(crs, { towgs84, definitionOf: findEpsgDefinition });
    const isShifted = definition.includes('+towgs84');
    return { crs: isShifted ? definition : (code ?? definition), isShifted };
  });
}

const mapTo = (grid: RasterGrid, path: string, crs: string) =>
  namingCrsFaults(path, () => createPositionMap(crs, grid.crs));

function namingCrsFaults<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof GisError)) throw error;
    throw new UnusableFile(path, describeRasterFault(error), { cause: error });
  }
}
