import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { projectorFor } from '../../gis/crs/projector.ts';
import { polygonAreaM2 } from '../../gis/earth/polygon-area.ts';
import { encodeWkb } from '../../gis/geometry/wkb.ts';
import type { Polygon } from '../../gis/types.ts';
import { gridOf, writeBands, writeScene, writeZones } from './zonal/zonal-workload.ts';

interface Measure {
  readonly rows: number;
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly worstDelayMs: number;
  readonly worstHoldMs?: number;
  readonly peakRssMb: number;
}

const MAX_RSS_MB = 400;
const MAX_DELAY_MS = 50;
const measured = fileURLToPath(new URL('./imagery-process.js', import.meta.url));

/**
 * The zonal job over 10,000 targets on a scene of 10980 x 10980 cells, all eight indices, blue in a file of its own and
 * short-wave infrared at 20 m: the whole process must stay below 400 MB, and its event loop, the one that answers requests, never be held up for 50 ms.
 */
export async function benchImagery(): Promise<void> {
  const folder = process.env['BENCH_DIR'] ?? join(tmpdir(), 'regreen-bench');
  mkdirSync(folder, { recursive: true });
  const size = Number(process.env['BENCH_SIZE'] ?? 10_980);
  const scene = await writeScene(folder, size);
  const blue = await writeBands(join(folder, `blue-${size}.tif`), gridOf(size), 1);
  const shortWave = await writeBands(join(folder, `swir-${size}.tif`), gridOf(size / 2, 20), 2);
  const zones = writeTargets(folder, writeZones(folder, size, 10_000));
  const child = spawnSync(process.execPath, [measured, zones, scene, blue, shortWave], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  if (child.status !== 0) throw new Error(child.stderr);
  const { rows, wallMs, cpuMs, worstDelayMs, worstHoldMs, peakRssMb } = JSON.parse(
    child.stdout.trim().split('\n').at(-1) ?? '',
  ) as Measure;
  const say = (text: string): void => void process.stdout.write(`${text}\n`);
  say(`${rows} rows in ${(wallMs / 1000).toFixed(1)} s, ${(cpuMs / 1000).toFixed(1)} s of processor`);
  say(`peak memory ${peakRssMb.toFixed(0)} MB (gate ${MAX_RSS_MB})`);
  say(`longest wait for a turn of the event loop ${worstDelayMs.toFixed(0)} ms, other programs included`);
  const holdMs = worstHoldMs ?? worstDelayMs;
  say(`longest hold of the event loop by the product ${holdMs.toFixed(0)} ms (gate ${MAX_DELAY_MS})`);
  if (peakRssMb > MAX_RSS_MB || holdMs > MAX_DELAY_MS) process.exitCode = 1;
}

/** The zones as a job gets them from the database: WKB in longitude and latitude, with their area. */
function writeTargets(folder: string, zonesPath: string): string {
  const { features } = JSON.parse(readFileSync(zonesPath, 'utf8')) as { features: { geometry: Polygon }[] };
  const { inverse } = projectorFor('EPSG:32647');
  const parts = features.flatMap(({ geometry }) => {
    const polygon: Polygon = { type: 'Polygon', coordinates: geometry.coordinates.map(ring => ring.map(inverse)) };
    const wkb = encodeWkb(polygon, 4326);
    const head = Buffer.alloc(12);
    head.writeUInt32LE(wkb.length, 0);
    head.writeDoubleLE(polygonAreaM2(polygon), 4);
    return [head, wkb];
  });
  const path = join(folder, 'targets.bin');
  writeFileSync(path, Buffer.concat(parts));
  return path;
}
