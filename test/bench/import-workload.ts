// What the import bench works on: a GeoPackage of many small plots on land of their own, the same bytes in every run.
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { STORAGE_CRS } from '../../gis/crs/crs.ts';
import { getCrs } from '../../gis/crs/parse-crs.ts';
import type { Position } from '../../gis/types.ts';
import type { ExportLayer, Feature, Field } from '../../server/exchange/formats/export-layer.ts';
import { writeGeoPackage } from '../../server/exchange/formats/geopackage/geopackage.ts';
import { randomOf } from '../helpers/blobs.ts';

/** South-west corner of the plots, and how far one lies from the next, degrees. */
export const WEST = 111.91;
export const SOUTH = 34.91;
const STEP = 0.0018;

const field = (name: string, title: string): Field => ({
  name,
  short: name.toUpperCase(),
  type: 'text',
  title: { zh: title, en: name },
  meaning: { zh: title, en: name },
});

/** Writes `count` plots, ten corners each and some 30 m across, unless the folder has them; answers the path. */
export async function writePlots(folder: string, count: number): Promise<string> {
  const path = join(folder, `plots-${count}.gpkg`);
  if (existsSync(path)) return path;
  const draft = join(folder, `plots-${count}.part`);
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  const words = { zh: '测试地块', en: 'Plots of the bench' };
  const layer: ExportLayer = {
    name: 'plots',
    title: words,
    geometry: 'polygons',
    fields: [field('name', '名称'), field('stage', '阶段')],
    classes: null,
    label: { en: 'name', zh: 'name' },
    features: () => plots(count),
  };
  const written = await writeGeoPackage({
    layer,
    crs: { ...getCrs(STORAGE_CRS), code: STORAGE_CRS },
    encoding: 'utf-8',
    notes: {
      query: 'bench',
      asAt: '2020-01-01',
      day: '2020-01-01',
      role: 'bench',
      owner: words,
      precision: words,
      licence: words,
      definitionVersion: '1',
    },
    sheet: { paper: 'a4', scale: null },
    folder: draft,
  });
  renameSync(written.path, path);
  rmSync(draft, { recursive: true });
  return path;
}

async function* plots(count: number): AsyncGenerator<Feature> {
  const random = randomOf(count);
  const columns = Math.ceil(Math.sqrt(count));
  const round = (degrees: number): number => Math.round(degrees * 1e7) / 1e7;
  for (let index = 0; index < count; index++) {
    const [lng, lat] = [WEST + STEP * (index % columns), SOUTH + STEP * Math.floor(index / columns)];
    const ring = Array.from({ length: 10 }, (_unused, corner): Position => {
      const angle = (corner / 10) * 2 * Math.PI;
      const radius = 0.0003 + 0.0003 * random();
      return [round(lng + radius * Math.cos(angle)), round(lat + radius * Math.sin(angle))];
    });
    yield {
      id: index,
      values: { name: `P${index + 1}`, stage: 'DST' },
      geometry: { type: 'MultiPolygon', coordinates: [[[...ring, ring[0] as Position]]] },
    };
  }
}
