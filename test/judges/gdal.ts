// GDAL as the outside judge of what we write. Without it those tests are skipped, and say so; with CI=true that is a failure.
import { execFile, spawnSync } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import { polygonAreaM2 } from '../../gis/earth/polygon-area.ts';
import type { Polygonal } from '../../gis/types.ts';

const run = promisify(execFile);

export function hasGdal(): boolean {
  if (spawnSync('ogrinfo', ['--version']).status === 0) return true;
  if (process.env['CI'] === 'true') throw new Error('no GDAL on this machine, and CI=true allows no skip');
  process.stderr.write('skipped: no GDAL (ogrinfo, ogr2ogr) on this machine\n');
  return false;
}

export interface ReadLayer {
  readonly count: number;
  /** `EPSG:4527`, or undefined where the file names no system that GDAL knows. */
  readonly crs: string | undefined;
  readonly fields: readonly string[];
  readonly features: readonly {
    readonly properties: Readonly<Record<string, unknown>>;
    readonly geometry: Polygonal | { type: 'Point'; coordinates: number[] } | null;
  }[];
  /** Sum over the polygons taken to longitude and latitude by GDAL, on the ellipsoid, m². */
  readonly areaM2: number;
}

/** A layer as GDAL reads it: count, system and fields by ogrinfo, attributes and outlines by ogr2ogr to GeoJSON in EPSG:4326. */
export async function readByGdal(path: string, layer?: string, options: readonly string[] = []): Promise<ReadLayer> {
  const described = await describe(path, layer, options);
  const named = [described.name];
  const out = `${path.replace(/^\/vsizip\//, '')}.read.geojson`;
  const toDegrees = described.crs === undefined ? [] : ['-t_srs', 'EPSG:4326'];
  await run('ogr2ogr', [
    '-f',
    'GeoJSON',
    ...toDegrees,
    '-lco',
    'COORDINATE_PRECISION=15',
    '-lco',
    'SIGNIFICANT_FIGURES=17',
    ...options,
    out,
    path,
    ...named,
  ]);
  const collection = JSON.parse(await readFile(out, 'utf8')) as { features: ReadLayer['features'] };
  await rm(out);
  return {
    count: described.count,
    crs: described.crs,
    fields: described.fields,
    features: collection.features,
    areaM2: collection.features.reduce(
      (sum, { geometry }) => sum + (geometry?.type.endsWith('Polygon') ? polygonAreaM2(geometry as Polygonal) : 0),
      0,
    ),
  };
}

/** From the words of ogrinfo, which all its versions say: JSON came later. */
async function describe(
  path: string,
  layer: string | undefined,
  options: readonly string[],
): Promise<{ name: string; count: number; crs: string | undefined; fields: string[] }> {
  const all = layer === undefined ? ['-al', path] : [path, layer];
  const { stdout } = await run('ogrinfo', ['-so', ...options, ...all], { maxBuffer: 1 << 26 });
  const [, name] = /^Layer name: (.*)$/m.exec(stdout) ?? [];
  const [, count] = /^Feature Count: (\d+)$/m.exec(stdout) ?? [];
  if (name === undefined || count === undefined) throw new Error(`ogrinfo says nothing of a layer: ${stdout}`);
  const wkt = /^Layer SRS WKT:\n([\s\S]*?)\n(?:Data axis|\S+:)/m.exec(stdout)?.[1] ?? '';
  const [, authority, code] = /ID\["(\w+)",(\d+)\]\]\s*$/.exec(wkt.trim()) ?? [];
  return {
    name,
    count: Number(count),
    crs: authority === undefined ? undefined : `${authority}:${code}`,
    fields: [...stdout.matchAll(/^(.+): (?:Integer64|Integer|Real|String|Date|DateTime)(?:\(.*?\))? \(/gm)].map(
      ([, field]) => field ?? '',
    ),
  };
}
