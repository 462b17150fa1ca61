import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { cutFile } from '../../zone-readers/geojson/cut-file.ts';
import { UnusableFile } from '../../zone-readers/zone-file.ts';
import { readShare } from './read-share.ts';
import type { SharedReading } from './read-share.ts';
import { readTogether } from './read-together.ts';
import type { ReadsZones } from './read-together.ts';
import { openShapes } from './shape-store.ts';
import { shapeZones } from './shape-zones.ts';

const folder = mkdtempSync(join(tmpdir(), 'regreen-together-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const crs = 'EPSG:32647';
const grid = { width: 300, height: 200, originX: 500_000, originY: 4_000_000, cellWidth: 10, cellHeight: 10, crs };

/** A square with so many holes; every seventh zone has no geometry, every fifth nothing in it. */
function feature(i: number): unknown {
  const ring = (size: number, x: number) =>
    [
      [0, 0],
      [size, 0],
      [size, size],
      [0, size],
      [0, 0],
    ].map(([u, v]) => [500_000 + i + x + (u as number) / 3, 3_999_000 + (v as number) / 7]);
  const rings = [ring(90, 0), ...Array.from({ length: i % 4 }, (_, hole) => ring(2, hole + 1))];
  const geometry = i % 7 === 3 ? null : { type: 'Polygon', coordinates: i % 5 === 4 ? [] : rings };
  return { type: 'Feature', properties: { code: i % 2 === 0 ? `z${i}` : i }, geometry };
}

async function fileOf(features: readonly unknown[]): Promise<Omit<SharedReading, 'taken'>> {
  const path = join(folder, 'zones.json');
  const crsMember = { type: 'name', properties: { name: crs } };
  writeFileSync(path, JSON.stringify({ type: 'FeatureCollection', features, crs: crsMember }));
  const { stretches, crs: named } = await cutFile(path, 700);
  expect(stretches.length).toBeGreaterThan(12);
  return { path, stretches, field: 'code', crs: named, grid };
}

/** A thread that takes so many stretches and answers after others did. */
const taking =
  (count: number): ReadsZones =>
  async reading => {
    const before = reading.taken[0] as number;
    const share = readShare({ ...reading, stretches: reading.stretches.slice(0, before + count) });
    // It asked for one more than it was to take.
    if (share.fault === undefined) Atomics.sub(reading.taken, 0, 1);
    await new Promise(resolve => setImmediate(resolve));
    return structuredClone(share);
  };
const neverReady: ReadsZones = () => new Promise(() => undefined);

describe('zones of one file read by several threads', () => {
  it('are the same in the same order, and a thread that is still starting is not waited for', async () => {
    const reading = await fileOf(Array.from({ length: 200 }, (_, i) => feature(i)));
    const alone = await shapeZones({ zones: reading.path, id: 'code', zonesTowgs84: undefined }, grid);
    const together = await readTogether(reading, [taking(3), neverReady, taking(0), taking(4)]);
    expect(together.ids).toEqual(alone.ids);
    expect(together.hasField).toBe(true);
    const [one, other] = [openShapes(alone.shapes), openShapes(together.shapes)];
    expect(other.length).toBe(200);
    for (let zone = 0; zone < 200; zone += 1) {
      const [a, b] = [one.at(zone), other.at(zone)];
      if (typeof a !== 'object' || typeof b !== 'object') expect(b).toBe(a);
      else {
        for (const key of ['points', 'ringEnds', 'ringSigns', 'minU', 'maxU', 'minV', 'maxV', 'areaCells'] as const)
          expect(b[key]).toEqual(a[key]);
      }
    }
  });

  it('tell the first fault of the file, whichever thread met it', async () => {
    const features = Array.from({ length: 200 }, (_, i) => feature(i));
    features[20] = 7;
    features[190] = 8;
    const reading = await fileOf(features);
    for (const others of [[], [taking(9)], [taking(1), neverReady]]) {
      const fault = readTogether(reading, others);
      await expect(fault).rejects.toThrow('feature 21 is not an object');
      await expect(fault).rejects.toBeInstanceOf(UnusableFile);
    }
  });

  it('are not waited for in vain where another thread breaks down', async () => {
    const reading = await fileOf(Array.from({ length: 200 }, (_, i) => feature(i)));
    const broken: ReadsZones = ({ taken }) => {
      Atomics.add(taken, 0, 1);
      return Promise.reject(new Error('out of memory'));
    };
    await expect(readTogether(reading, [broken, neverReady])).rejects.toThrow('out of memory');
  });
});
