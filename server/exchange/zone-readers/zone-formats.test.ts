// The same zones in every format that is read: one record in hand, the same positions, and no cut file that passes for a whole one.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serialize } from 'flatgeobuf/lib/mjs/geojson.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GisError } from '../../../gis/errors.ts';
import { packGeometry } from '../../../gis/geometry/packed.ts';
import type { PackedGeometry } from '../../../gis/geometry/packed.ts';
import { hasGdal } from '../../../test/helpers/raster.ts';
import { collectZones } from './collect-zones.fixture.ts';
import { readZones } from './read-zones.ts';
import type { ZoneRecord } from './zone-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'regreen-zone-formats-'));
const at = (name: string): string => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const square = (x: number, y: number, side: number): [number, number][] => [
  [x, y],
  [x, y + side],
  [x + side, y + side],
  [x + side, y],
  [x, y],
];
const coordinatesOf = (i: number): [number, number][][][] => {
  const first = [square(100 + i / 7, 20 + i / 9, 0.5), square(100.1 + i / 7, 20.1 + i / 9, 0.2).reverse()];
  return i % 3 === 0 ? [first] : [[first[0] as [number, number][]], [square(110 + i / 7, 30, 0.25)]];
};
const features = Array.from({ length: 300 }, (_, i) => {
  const coordinates = coordinatesOf(i);
  const geometry = i % 5 === 4 ? null : { type: 'MultiPolygon' as const, coordinates };
  return { type: 'Feature' as const, properties: { code: `矿${i}`, size: i / 4 }, geometry };
});
const inWords = ({ properties, geometry }: ZoneRecord): unknown => {
  const packed = geometry === undefined || 'kind' in geometry ? geometry : packGeometry(geometry);
  return [properties['code'], packed === undefined ? [] : [...ringsOf(packed)].sort()];
};
/** Rings whichever corner they begin at and whichever way they go: a Shapefile winds them its own way. */
function* ringsOf({ positions, ringEnds }: PackedGeometry): Generator<string> {
  let start = 0;
  for (const end of ringEnds) {
    const corners = new Set<string>();
    for (let i = start; i < end; i += 1) corners.add(`${positions[2 * i]} ${positions[2 * i + 1]}`);
    yield [...corners].sort().join(', ');
    start = end;
  }
}
const sorted = (records: readonly ZoneRecord[]): string[] =>
  records.map(record => JSON.stringify(inWords(record))).sort();

beforeAll(() => {
  writeFileSync(at('zones.geojson'), JSON.stringify({ type: 'FeatureCollection', features }));
  const whole = features.filter(({ geometry }) => geometry !== null);
  writeFileSync(at('plain.fgb'), serialize({ type: 'FeatureCollection', features: whole } as never));
});

describe('zones record by record', () => {
  it.skipIf(!hasGdal)(
    'the same from GeoPackage, FlatGeobuf and Shapefile as from GeoJSON',
    { timeout: 60_000 },
    async () => {
      const all = (await collectZones(at('zones.geojson'))).records;
      for (const name of ['zones.gpkg', 'zones.fgb', 'zones.shp']) {
        execFileSync(
          'ogr2ogr',
          ['-q', '-nlt', 'MULTIPOLYGON', '-lco', 'ENCODING=UTF-8', at(name), at('zones.geojson')],
          {
            stdio: 'ignore',
          },
        );
        const { records } = await collectZones(at(name));
        // GDAL writes no feature without a geometry to FlatGeobuf.
        const written = name.endsWith('fgb') ? all.filter(({ geometry }) => geometry !== undefined) : all;
        expect(sorted(records), name).toEqual(sorted(written));
      }
    },
  );

  it('what the library writes, without an index and of one type', async () => {
    const { crs, records } = await collectZones(at('plain.fgb'));
    expect(crs).toBe('EPSG:4326');
    expect(records.map(inWords)).toEqual(
      features
        .filter(({ geometry }) => geometry !== null)
        .map(({ properties, geometry }, id) => inWords({ id, properties, geometry: geometry as never })),
    );
  });

  it('a FlatGeobuf file cut anywhere, or with any of its first bytes changed, is refused or read: no crash, no hang', async () => {
    const bytes = readFileSync(at('plain.fgb'));
    for (let length = 1; length < bytes.length; length += 977) {
      writeFileSync(at('cut.fgb'), bytes.subarray(0, length));
      await expect(collectZones(at('cut.fgb')), String(length)).rejects.toMatchObject({ name: 'UnusableFile' });
    }
    for (let i = 3; i < 900; i += 3) {
      const broken = Uint8Array.from(bytes);
      broken[i] = (i * 89) & 255;
      writeFileSync(at('broken.fgb'), broken);
      await collectZones(at('broken.fgb')).catch((error: unknown) =>
        expect(error).toHaveProperty('name', 'UnusableFile'),
      );
    }
  });

  it('passes on what its visitor throws, as it is', async () => {
    const fault = new GisError('crs-unsupported', {});
    for (const name of ['zones.geojson', 'plain.fgb', ...(hasGdal ? ['zones.gpkg', 'zones.shp'] : [])]) {
      const visit = (): void => {
        throw fault;
      };
      await expect(readZones(at(name), { begin: () => undefined, visit }), name).rejects.toBe(fault);
    }
  });

  it('a system named after the features makes them come once more', async () => {
    const named = { crs: { type: 'name', properties: { name: 'EPSG:32647' } } };
    writeFileSync(at('late.json'), JSON.stringify({ type: 'FeatureCollection', features, ...named }));
    const begun: string[] = [];
    let visited = 0;
    await readZones(at('late.json'), { begin: crs => begun.push(crs), visit: () => (visited += 1) });
    expect(begun).toEqual(['EPSG:4326', 'EPSG:32647']);
    expect(visited).toBe(2 * features.length);
  });
});
