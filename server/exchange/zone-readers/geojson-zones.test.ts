import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { unpackPolygons } from '../../../gis/geometry/packed.ts';
import type { PackedGeometry } from '../../../gis/geometry/packed.ts';
import { collectZones } from './collect-zones.fixture.ts';
import { cutFile } from './geojson/cut-file.ts';
import type { Stretch } from './geojson/cut-file.ts';
import { StretchReader } from './geojson/stretch-reader.ts';
import type { ZoneRecord } from './zone-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'regreen-geojson-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function read(text: string): Promise<{ crs: string; rows: unknown[] }> {
  const path = join(folder, 'zones.json');
  writeFileSync(path, text);
  const { crs, records } = await collectZones(path);
  const rows = records.map(rowOf);
  expect(await readBackwards(path, records.length)).toEqual({ crs, rows });
  return { crs, rows };
}

const rowOf = ({ id, properties, geometry }: ZoneRecord): unknown => [
  id,
  properties,
  geometry && unpackPolygons(geometry as PackedGeometry).coordinates,
];

/** As threads may read it: in stretches of a few features, the last one first. */
async function readBackwards(path: string, count: number): Promise<{ crs: string; rows: unknown[] }> {
  const { crs, stretches } = await cutFile(path, 2 ** (count % 17));
  return { crs, rows: readStretches(path, stretches.toReversed()).toReversed().flat() };
}

/** The rows of each stretch. */
function readStretches(path: string, stretches: readonly Stretch[]): unknown[][] {
  const reader = new StretchReader(path);
  try {
    return stretches.map(stretch => {
      const rows: unknown[] = [];
      reader.read(stretch, record => rows.push(rowOf(record)));
      return rows;
    });
  } finally {
    reader.close();
  }
}

const ring = [
  [0, 0],
  [1.5, 0],
  [1, 1e-3],
  [0, 0],
];
const feature = (more: object, geometry: unknown = { type: 'Polygon', coordinates: [ring] }): string =>
  JSON.stringify({ type: 'Feature', properties: {}, geometry, ...more });

describe('GeoJSON read with one feature in hand', () => {
  it('any top level: collection, list, lines, records, a feature, a geometry; names its system before or after', async () => {
    const one = feature({ id: 'a', properties: { name: '矿"[]{}\\', coordinates: [1, 'x'] } });
    const row = ['a', { name: '矿"[]{}\\', coordinates: [1, 'x'] }, [[ring]]];
    const crs = '"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::32647"}}';
    const rows = [row, [2, {}, [[ring]]]];
    const both = `${one},\n ${feature({})}`;
    const named = { crs: 'urn:ogc:def:crs:EPSG::32647', rows };
    expect(await read(`{"type":"FeatureCollection",${crs},"features":[${both}]}`)).toEqual(named);
    expect(await read(`\uFEFF { "features" : [ ${both} ] , "type":"FeatureCollection" , ${crs} } \n`)).toEqual(named);
    const unnamed = { crs: 'EPSG:4326', rows };
    expect(await read(`[${both}]`)).toEqual(unnamed);
    expect(await read(`${one}\n\n${feature({})}\n`)).toEqual(unnamed);
    expect(await read(`\u001e${one}\n\u001e${feature({})}\n`)).toEqual(unnamed);
    expect((await read(one)).rows).toEqual([row]);
    expect((await read(JSON.stringify({ type: 'Polygon', coordinates: [ring] }))).rows).toEqual([[1, {}, [[ring]]]]);
    expect((await read('{"type":"FeatureCollection","features":[]}')).rows).toEqual([]);
  });

  it('heights, collections of geometries, empty and missing ones', async () => {
    const high = ring.map(position => [...position, 99]);
    const multi = { type: 'MultiPolygon', coordinates: [[ring], [ring, ring]] };
    const { rows } = await read(
      [
        feature({}, { type: 'Polygon', coordinates: [high] }),
        feature({}, { type: 'GeometryCollection', geometries: [multi, { type: 'Polygon', coordinates: [ring] }] }),
        feature({}, null),
        feature({}, { type: 'MultiPolygon', coordinates: [] }),
      ].join('\n'),
    );
    expect(rows.map(row => (row as unknown[])[2])).toEqual([[[ring]], [[ring], [ring, ring], [ring]], undefined, []]);
  });

  it('features of any size, wherever the text is cut in pieces', { timeout: 60_000 }, async () => {
    const position = fc.tuple(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer());
    const polygon = fc.array(fc.array(position, { minLength: 1, maxLength: 30 }), { minLength: 1, maxLength: 4 });
    const text = fc.string({ unit: 'binary', maxLength: 40 });
    const features = fc.array(fc.tuple(polygon, text, fc.integer({ min: 0, max: 60_000 })), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(features, async list => {
        const made = list.map(([coordinates, name, room]) =>
          feature({ properties: { name, room: ' '.repeat(room) } }, { type: 'Polygon', coordinates }),
        );
        const { rows } = await read(`{"type":"FeatureCollection","features":[${made.join(',')}]}`);
        expect(rows).toEqual(
          made.map((one, i) => {
            const { properties, geometry } = JSON.parse(one) as { properties: object; geometry: { coordinates: [] } };
            return [i + 1, properties, [geometry.coordinates]];
          }),
        );
      }),
      { numRuns: 25 },
    );
  });

  it('texts that were damaged say the same read together as one by one', { timeout: 60_000 }, async () => {
    const texts = [feature({ id: 7 }), feature({ properties: { coordinates: [[[1, 2]]] } }), feature({}, null)];
    const whole = `{"type":"FeatureCollection","features":[${[...texts, ...texts, ...texts].join(',')}]}`;
    const path = join(folder, 'damaged.json');
    const outcome = async (work: () => Promise<unknown>): Promise<unknown> => {
      try {
        return await work();
      } catch (error) {
        return String(error);
      }
    };
    const damage = fc.array(
      fc.tuple(fc.nat(whole.length), fc.nat(3), fc.constantFrom(...'{}[]",:\\0159.-eE aT\n\x1e'.split(''))),
      {
        minLength: 1,
        maxLength: 3,
      },
    );
    let sound = 0;
    await fc.assert(
      fc.asyncProperty(damage, async list => {
        let text = whole;
        for (const [at, length, by] of list) text = text.slice(0, at) + by + text.slice(at + length);
        writeFileSync(path, text);
        const together = await outcome(async () => (await collectZones(path)).records.map(rowOf));
        const alone = await outcome(async () => {
          const { stretches } = await cutFile(path, 100);
          return readStretches(path, stretches).flat();
        });
        if (Array.isArray(alone)) sound += 1;
        // Brackets that do not close are met at the end where all is cut before anything is read.
        if (typeof alone === 'string' && typeof together === 'string') return;
        expect(together).toEqual(alone);
      }),
      { numRuns: 500 },
    );
    expect(sound).toBeGreaterThan(40);
  });

  it.each(['[F,,F]', '[F,]', '[,F]', '{"type":"FeatureCollection","features":[F,,F]}'])(
    'a list with a value missing is not read, by one thread or by several: %s',
    async list => {
      const text = list.replaceAll('F', feature({}, null));
      await expect(read(text)).rejects.toThrow(/is not JSON/);
      await expect(readBackwards(join(folder, 'zones.json'), 16)).rejects.toThrow(/is not JSON/);
    },
  );

  it('one feature of many megabytes', async () => {
    const long = Float64Array.from({ length: 240_000 }, (_, i) => (i + 1) / 7);
    const positions = Array.from({ length: 120_000 }, (_, i) => [long[2 * i], long[2 * i + 1]]);
    const path = join(folder, 'long.json');
    writeFileSync(path, feature({}, { type: 'Polygon', coordinates: [positions] }));
    const { records } = await collectZones(path);
    expect(records[0]?.geometry).toMatchObject({ positions: long });
  });

  it('says what is wrong: no JSON, no GeoJSON, and which feature', async () => {
    const wrong: [text: string, fault: RegExp][] = [
      ['', /is neither GeoJSON/],
      ['[]', /is not GeoJSON/],
      ['{"type":"FeatureCollection","features":[', /is not JSON/],
      [`{"type":"FeatureCollection","features":[${feature({})} ${feature({})}]}`, /is not JSON/],
      [`{"type":"FeatureCollection","features":[${feature({})}]} x`, /is not JSON/],
      [`${feature({})}\n{`, /is not JSON/],
      [feature({}).replace('1.5', '1.5.5'), /is not JSON/],
      [feature({}).replace('1.5', '01.5'), /is not JSON/],
      [`{"type":"Topology","features":[${feature({})}]}`, /is not GeoJSON/],
      [feature({}).replace('1.5', '"1.5"'), /feature 1 has coordinates that are not rings of numbers/],
      [feature({}).replace('[1.5,0]', '[1.5]'), /feature 1 has coordinates that are not rings of numbers/],
      [feature({}, { type: 'Polygon', coordinates: [[ring]] }), /not rings of numbers/],
      [feature({}, { type: 'MultiPolygon', coordinates: [ring] }), /not rings of numbers/],
      [`[${feature({})},7]`, /feature 2 is not an object/],
      [`[${feature({})},${feature({}, { type: 'Point', coordinates: [1, 2] })}]`, /feature 2 is a Point/],
    ];
    for (const [text, fault] of wrong) await expect(read(text), text).rejects.toThrow(fault);
  });
});
