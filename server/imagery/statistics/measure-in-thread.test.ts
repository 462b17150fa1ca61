import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest';
import { writeGeoTiff } from '../../../gis/raster/write-geotiff.ts';
import { AppError } from '../../platform/errors.ts';
import { nodeDeflate } from '../../platform/raster/node-codecs.ts';
import { createMeasuringThread } from './measure-in-thread.ts';
import { measureZones } from './measure-zones.ts';
import { plainScene, rectangleOnGrid, smallGrid as grid, zoneTarget } from './small-scene.fixture.ts';
import type { ZonalTask } from './zonal.thread.ts';

const folder = mkdtempSync(join(tmpdir(), 'regreen-thread-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const started: Worker[] = [];
const note = (worker: Worker): void => void started.push(worker);
beforeEach(() => void process.on('worker', note));
afterEach(() => {
  process.off('worker', note);
  started.length = 0;
});

let files = 0;
async function taskOf(nir: number): Promise<ZonalTask> {
  const path = join(folder, `${files++}.tif`);
  const bands = [100, nir].map(value => new Uint16Array(24).fill(value));
  writeFileSync(path, await writeGeoTiff({ width: 6, height: 4, bands }, { grid, sampleType: 'uint16' }, nodeDeflate));
  const places = { red: { file: 'a.tif', band: 1 }, nir: { file: 'a.tif', band: 2 } };
  return {
    source: plainScene([{ name: 'a.tif', path }], { bands: places }),
    targets: [zoneTarget(rectangleOnGrid(5, 5, 55, 35)), zoneTarget(rectangleOnGrid(0, 0, 10, 10))],
    indices: ['ndvi', 'savi'],
  };
}

it('measures scene after scene in one thread, also behind one that cannot be read, and ends it', async () => {
  const thread = createMeasuringThread();
  for (const nir of [200, 300, 400]) {
    const task = await taskOf(nir);
    expect(await thread.measure(task)).toEqual(await measureZones(task.source, task.targets, task));
    writeFileSync(task.source.files[0]?.path ?? '', 'no raster any more');
    await expect(thread.measure(task)).rejects.toBeInstanceOf(AppError);
  }
  expect(started).toHaveLength(1);
  await thread.close();
  expect(started[0]?.threadId).toBe(-1);
});

it('tells of a thread that was lost, and goes on in another', async () => {
  const thread = createMeasuringThread();
  const task = await taskOf(300);
  const isBegun = new Promise(resolve => process.once('worker', resolve));
  const outcome = thread.measure(task).catch((error: unknown) => error);
  await isBegun;
  await started[0]?.terminate();
  expect(String(await outcome)).toMatch(/ended without a result/);
  const [again] = await thread.measure(task);
  expect(again?.[0]?.mean).toBeCloseTo(0.5, 12);
  await started[1]?.terminate();
  expect(await thread.measure(task)).toHaveLength(2);
  expect(started).toHaveLength(3);
  await thread.close();
});

it('ends at once when it is called off, and begins nothing after that', async () => {
  const own = new AbortController();
  const thread = createMeasuringThread(own.signal);
  const task = await taskOf(300);
  await thread.measure(task);
  const reason = new AppError('job-cancelled');
  const outcome = thread.measure(task).catch((error: unknown) => error);
  own.abort(reason);
  expect(await outcome).toBe(reason);
  await expect(thread.measure(task)).rejects.toBe(reason);
  expect(started).toHaveLength(1);
  await thread.close();
});
