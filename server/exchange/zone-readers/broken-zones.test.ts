// Broken files of zones get an answer: records, or a sentence. Never a crash, never a hang, never a position that is no number where one is needed.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serialize } from 'flatgeobuf/lib/mjs/geojson.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GisError } from '../../../gis/errors.ts';
import { shapeZone } from '../../../gis/zonal/zone-shape.ts';
import { randomOf } from '../../../test/helpers/blobs.ts';
import { hasGdal } from '../../../test/helpers/raster.ts';
import { readZones } from './read-zones.ts';
import { UnusableFile } from './zone-file.ts';

const isLong = process.env['REGREEN_LONG_TESTS'] === '1';
const MUTATIONS = isLong ? 10_000 : 150;
/** Of the processor, not of the clock: a busy machine says nothing of the reader. */
const MAX_CPU_MS = 5000;
const MAX_BYTES = 300 << 20;
const grid = { width: 64, height: 64, originX: 100, originY: 30, cellWidth: 0.5, cellHeight: 0.5, crs: 'EPSG:4326' };

const folder = mkdtempSync(join(tmpdir(), 'regreen-broken-zones-'));
const at = (name: string): string => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const features = Array.from({ length: 12 }, (_, i) => {
  const ring = [0, 1, 2, 3, 0].map(k => [100 + i + (k === 1 || k === 2 ? 0.7 : 0), 20 + (k > 1 ? 0.6 : 0)]);
  return {
    type: 'Feature' as const,
    properties: { code: `矿${i}`, size: i / 4 },
    geometry: { type: 'MultiPolygon' as const, coordinates: [[ring]] },
  };
});
const collection = { type: 'FeatureCollection' as const, features };

/** The readers by what they read; those that only GDAL writes are left out without it. */
const FORMATS = [
  'zones.geojson',
  'zones.fgb',
  ...(hasGdal ? ['zones.gpkg', 'zones.shp', 'zones.dbf', 'indexed.fgb'] : []),
];

beforeAll(() => {
  writeFileSync(at('zones.geojson'), JSON.stringify(collection));
  writeFileSync(at('zones.fgb'), serialize(collection as never));
  if (!hasGdal) return;
  for (const name of ['zones.gpkg', 'zones.shp', 'indexed.fgb']) {
    const own = name.endsWith('shp') ? ['-lco', 'ENCODING=UTF-8'] : [];
    execFileSync('ogr2ogr', ['-q', '-nlt', 'MULTIPOLYGON', ...own, at(name), at('zones.geojson')], { stdio: 'ignore' });
  }
}, 60_000);

/** Reads and shapes a file; the answer is how many records there were, or how it was refused. */
async function answerOf(path: string): Promise<string> {
  let records = 0;
  try {
    await readZones(path, {
      begin: () => (records = 0),
      visit({ geometry }) {
        records += 1;
        if (geometry === undefined) return;
        const shape = shapeZone(geometry, grid, undefined);
        if (typeof shape !== 'string' && !Number.isFinite(shape.areaCells)) throw new Error('a shape without an area');
      },
    });
    return records === features.length ? 'all' : records === 0 ? 'none' : 'some';
  } catch (error) {
    if (error instanceof UnusableFile || error instanceof GisError) return error.name;
    throw error;
  }
}

function breakFile(valid: Uint8Array, random: () => number): Uint8Array {
  // A true copy: `slice` of a Buffer is a view.
  const bytes = new Uint8Array(valid.subarray(0, random() < 0.1 ? Math.floor(random() * valid.length) : valid.length));
  const changes = 1 + Math.floor(random() ** 3 * 12);
  for (let i = 0; i < changes; i += 1) {
    const index = random() < 0.4 ? Math.floor(random() * 400) : Math.floor(random() * bytes.length);
    if (index < bytes.length) bytes[index] = random() < 0.3 ? 255 : Math.floor(random() * 256);
  }
  return bytes;
}

it.skipIf(!hasGdal)(
  'a Shapefile cut anywhere, also between two records, and a table cut anywhere, is refused',
  async () => {
    for (const end of ['shp', 'dbf', 'shx', 'prj']) writeFileSync(at(`cut.${end}`), readFileSync(at(`zones.${end}`)));
    for (const end of ['shp', 'dbf']) {
      const whole = readFileSync(at(`cut.${end}`));
      // Records begin at 100 and are 136 bytes long each. The last byte of a table only says that it ends.
      for (let length = 4; length < whole.length - 1; length += 8) {
        writeFileSync(at(`cut.${end}`), whole.subarray(0, length));
        expect([end, length, await answerOf(at('cut.shp'))]).toEqual([end, length, 'UnusableFile']);
      }
      writeFileSync(at(`cut.${end}`), whole);
    }
  },
);

describe.each(FORMATS)('broken files of zones: %s', name => {
  // The table of a Shapefile is broken beside shapes that are whole.
  const opened = name === 'zones.dbf' ? 'zones.shp' : name;
  it('whole, it has all of its zones', async () => expect(await answerOf(at(opened))).toBe('all'));

  it(
    `${MUTATIONS} of them get an answer each within ${MAX_CPU_MS} ms of work and 300 MB`,
    { timeout: 3_600_000 },
    async () => {
      const random = randomOf(name.length * 7919);
      const valid = readFileSync(at(name));
      const target = name === 'zones.dbf' ? name : `broken-${name}`;
      const path = name === 'zones.dbf' ? at(opened) : at(target);
      if (name === 'zones.shp')
        for (const end of ['dbf', 'shx', 'prj'])
          writeFileSync(at(`broken-zones.${end}`), readFileSync(at(`zones.${end}`)));
      const answers = new Map<string, number>();
      let slowestCpuMs = 0;
      let most = 0;
      let before = 0;
      for (let round = 0; round < MUTATIONS; round += 1) {
        if (round % 1000 === 0) before = process.memoryUsage().rss;
        writeFileSync(at(target), breakFile(valid, random));
        const cpuBefore = process.cpuUsage();
        const answer = await answerOf(path).catch((cause: unknown) => {
          throw new Error(`round ${round}`, { cause });
        });
        const { user, system } = process.cpuUsage(cpuBefore);
        slowestCpuMs = Math.max(slowestCpuMs, (user + system) / 1000);
        most = Math.max(most, process.memoryUsage().rss - before);
        answers.set(answer, (answers.get(answer) ?? 0) + 1);
      }
      writeFileSync(at(name), valid);
      if (isLong) {
        const told = JSON.stringify(Object.fromEntries(answers));
        process.stderr.write(
          `${name}: slowest ${slowestCpuMs.toFixed(0)} ms, memory +${(most / 2 ** 20).toFixed(0)} MB, ${told}\n`,
        );
      }
      expect(slowestCpuMs).toBeLessThan(MAX_CPU_MS);
      expect(most).toBeLessThan(MAX_BYTES);
      expect(answers.size).toBeGreaterThan(1);
    },
  );
});
