// One measured process: the zonal job's thread over a scene and many targets, while the event loop of the server's thread is
// watched. `node imagery-process.js TARGETS SCENE BLUE SHORTWAVE`; the last line of stdout is JSON.
import { existsSync, readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { SceneSource } from '../../server/imagery/rasters/open-scene.ts';
import { createMeasuringThread } from '../../server/imagery/statistics/measure-in-thread.ts';
import type { ZoneTarget } from '../../server/imagery/statistics/measure-zones.ts';
import { INDEX_CODES } from '../../server/imagery/indices.ts';

const [zonesPath = '', scenePath = '', bluePath = '', shortWavePath = ''] = process.argv.slice(2);
const source: SceneSource = {
  files: [
    { name: 'scene.tif', path: scenePath },
    { name: 'blue.tif', path: bluePath },
    { name: 'swir.tif', path: shortWavePath },
  ],
  bands: {
    blue: { file: 'blue.tif', band: 1 },
    red: { file: 'scene.tif', band: 1 },
    nir: { file: 'scene.tif', band: 2 },
    swir1: { file: 'swir.tif', band: 1 },
    swir2: { file: 'swir.tif', band: 2 },
  },
  mask: null,
  maskClasses: [],
  keepClasses: [],
  scale: 1e-4,
  offset: 0,
  noData: undefined,
};

const targets = readTargets(zonesPath);
// What making the workload cost is not the job's.
await new Promise(resolve => setTimeout(resolve, 200));
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
const holds = watchHolds();
const startedCpu = process.cpuUsage();
const startedAtMs = performance.now();
// Batches as the job takes them from the database.
let rows = 0;
const thread = createMeasuringThread();
for (let from = 0; from < targets.length; from += 2000) {
  const measures = await thread.measure({ source, targets: targets.slice(from, from + 2000), indices: INDEX_CODES });
  rows += measures.reduce((sum, each) => sum + each.length, 0);
}
await thread.close();
const wallMs = performance.now() - startedAtMs;
delay.disable();
holds.stop();
const cpu = process.cpuUsage(startedCpu);
process.stdout.write(
  `${JSON.stringify({
    rows,
    wallMs,
    cpuMs: (cpu.user + cpu.system) / 1000,
    worstDelayMs: delay.max / 1e6,
    worstHoldMs: holds.worstMs(),
    peakRssMb: process.resourceUsage().maxRSS / 1024,
  })}\n`,
);

/** As written by the bench: length of the WKB, area, WKB, one target after another. */
function readTargets(path: string): ZoneTarget[] {
  const bytes = readFileSync(path);
  const read: ZoneTarget[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = bytes.readUInt32LE(at);
    read.push({ areaM2: bytes.readDoubleLE(at + 4), wkb: new Uint8Array(bytes.subarray(at + 12, at + 12 + length)) });
    at += 12 + length;
  }
  return read;
}

/**
 * Processor time that this thread took between two turns of its event loop, at worst: what the product itself held it up,
 * also on a machine where other programs take the processor away. Linux only; undefined elsewhere.
 */
function watchHolds(): { worstMs(): number | undefined; stop(): void } {
  const path = `/proc/self/task/${process.pid}/schedstat`;
  if (!existsSync(path)) return { worstMs: () => undefined, stop: () => undefined };
  const takenMs = (): number => Number(readFileSync(path, 'utf8').split(' ')[0]) / 1e6;
  let last = takenMs();
  let worst = 0;
  const timer = setInterval(() => {
    const now = takenMs();
    worst = Math.max(worst, now - last);
    last = now;
  }, 1);
  return { worstMs: () => worst, stop: () => clearInterval(timer) };
}
