import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { geoPackageOf, readMeans, runPeers } from './zonal-peers.ts';
import type { PeerMeasure } from './zonal-peers.ts';
import { writeNdvi, writeScene, writeZones } from './zonal-workload.ts';

interface Measure {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakRssMb: number;
}

const TEN_STATS = 'mean,stdev,min,max,median,p10,p90,count,sum,valid_fraction';
const thisProcess = fileURLToPath(new URL('./zonal-process.js', import.meta.url));
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 3);

/**
 * Zonal NDVI of 1,000 and 10,000 zones over a scene of 10980 x 10980 cells, each run a fresh process from start to written CSV, beside inflating the
 * same blocks and doing nothing else (with Node's zlib, and in the module that the command itself uses), and beside exactextract and terra on a
 * ready-made NDVI raster, where they are installed. Zones come from GeoJSON, and once from the GeoPackage that exactextract reads. BENCH_DIR keeps
 * the workload between runs; BENCH_ROUNDS (3) runs of each, the best one counts, and three times as many pairs of what lies close together;
 * EXACTEXTRACT names that program where it is not on the PATH. On a busy machine the processor's time says more than the clock.
 */
export async function benchZonal(): Promise<void> {
  const folder = process.env['BENCH_DIR'] ?? join(tmpdir(), 'regreen-bench');
  mkdirSync(folder, { recursive: true });
  const size = Number(process.env['BENCH_SIZE'] ?? 10_980);
  say(`workload in ${folder} …`);
  const scene = await writeScene(folder, size);
  const ndvi = await writeNdvi(folder, scene, size);
  const means = new Map<number, Measure>();
  for (const count of [1000, 10_000]) {
    say(`${count} zones from GeoJSON`);
    means.set(count, benchCount(folder, scene, ndvi, writeZones(folder, size, count)));
  }
  const [few, many] = [means.get(1000) as Measure, means.get(10_000) as Measure];
  say(
    `9,000 more zones: ${seconds(many.cpuMs - few.cpuMs)} of processor time more, ${memory(many)} instead of ${memory(few)}`,
  );
  say('pixels: 1,000 zones, mean, 1 thread');
  for (const times of [1, 4, 16]) {
    const side = Math.round(size / Math.sqrt(16 / times));
    const raster = await writeScene(folder, side);
    const measure = best(zonal(writeZones(folder, side, 1000), raster, join(folder, `pixels-${times}.csv`)));
    say(`  ${String(times).padStart(2)} x ${seconds(measure.cpuMs)} cpu  ${memory(measure)}`);
  }
}

/** Answers the measure of the mean alone in one thread. */
function benchCount(folder: string, scene: string, ndvi: string, zones: string): Measure {
  const out = join(folder, 'out.csv');
  const blocks = join(folder, 'blocks.json');
  best(['blocks', zones, scene, blocks], 1);
  const limits: Limits = { zlib: best(['inflate', blocks, scene]), module: best(['inflate-own', blocks, scene]) };
  row("inflating alone, Node's zlib", limits.zlib, limits);
  row('inflating alone, our own module', limits.module, limits);
  const tenOut = join(folder, 'ten.csv');
  const pairs = inTurn(zonal(zones, scene, tenOut, '--stats', TEN_STATS), zonal(zones, scene, out));
  const [ten, mean] = [bestOf(pairs.map(([first]) => first)), bestOf(pairs.map(([, second]) => second))];
  row('NDVI mean, 1 thread', mean, limits);
  const own = readMeans(out);
  const two = best(zonal(zones, scene, out, '--threads', '2'));
  row('NDVI mean, 2 threads', two, limits);
  row('ten statistics, 1 thread', ten, limits);
  say(`  ten statistics / mean alone: ${medianRatios(pairs)}, the median of ${pairs.length} in turn`);
  for (const stats of ['mean', TEN_STATS]) {
    const [one, all] = ['1', '10'].map(dates => best(['dates', zones, scene, dates, stats], 1)) as [Measure, Measure];
    say(`  ten dates in one pass / one date (${stats}): ${ratios(all, one)}, ${memory(one)} and ${memory(all)}`);
  }
  const peers = runPeers(ndvi, zones, say);
  const layer = geoPackageOf(zones);
  if (layer !== undefined) {
    const same = best(zonal(layer, scene, out));
    row('NDVI mean, 1 thread, GeoPackage', same, limits);
    for (const { name, format, ...times } of peers)
      if (format === 'GeoPackage') say(`    zones from the same file / ${name}: ${ratios(same, times)}`);
  }
  for (const peer of peers) tellPeer(peer, mean, two, own);
  if (peers.length > 0) {
    const plain = join(folder, 'plain.csv');
    best(['zonal', '--zones', zones, '--raster', ndvi, '--id', 'id', '--stats', 'mean', '--out', plain], 1);
    const same = readMeans(plain);
    for (const { name, means } of peers)
      say(`  on the same Float32 raster, means differ from ${name}'s by ${apart(same, means)}`);
  }
  return mean;
}

function tellPeer(
  { name, format, means, ...times }: PeerMeasure,
  one: Measure,
  two: Measure,
  own: ReadonlyMap<number, number>,
): void {
  say(`  ${name} on ready-made NDVI, zones from ${format}: ${seconds(times.wallMs)}, cpu ${seconds(times.cpuMs)}`);
  say(
    `    1 thread / ${name}: ${ratios(one, times)}; 2 threads: ${ratios(two, times)}; means differ by ${apart(own, means)}`,
  );
}

function apart(a: ReadonlyMap<number, number>, b: ReadonlyMap<number, number>): string {
  let most = 0;
  let lonely = 0;
  for (const [id, mean] of a) {
    const other = b.get(id) ?? NaN;
    if (Number.isNaN(mean) !== Number.isNaN(other)) lonely += 1;
    else if (!Number.isNaN(mean)) most = Math.max(most, Math.abs(mean - other));
  }
  return `at most ${most.toExponential(1)}${lonely > 0 ? `, ${lonely} zones have one on one side only` : ''}`;
}

function zonal(zones: string, raster: string, out: string, ...more: string[]): string[] {
  const files = ['--zones', zones, '--raster', raster, '--out', out];
  const stats = more.includes('--stats') ? more : ['--stats', 'mean', ...more];
  return ['zonal', ...files, '--red', '1', '--nir', '2', '--id', 'id', ...stats];
}

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
const memory = ({ peakRssMb }: Measure): string => `${peakRssMb.toFixed(0)} MB`;
type Times = Pick<Measure, 'wallMs' | 'cpuMs'>;
const ratios = (a: Times, b: Times): string =>
  `${(a.wallMs / b.wallMs).toFixed(2)} (cpu ${(a.cpuMs / b.cpuMs).toFixed(2)})`;

/** What it takes to inflate the needed blocks and do nothing else: as Node does it, and as the command does it. */
interface Limits {
  readonly zlib: Measure;
  readonly module: Measure;
}

function row(name: string, measure: Measure, { zlib, module }: Limits): void {
  const cells = [seconds(measure.wallMs), `cpu ${seconds(measure.cpuMs)}`, memory(measure)];
  say(`  ${name.padEnd(36)} ${cells.join('  ')}  ${ratios(measure, zlib)} x zlib, ${ratios(measure, module)} x module`);
}

/** The fastest of some fresh processes, clock and processor each for itself: what the machine can do when it is let. */
const best = (argv: readonly string[], times = rounds): Measure =>
  bestOf(Array.from({ length: times }, () => runProcess(argv)));

function bestOf(measures: readonly Measure[]): Measure {
  return {
    wallMs: Math.min(...measures.map(({ wallMs }) => wallMs)),
    cpuMs: Math.min(...measures.map(({ cpuMs }) => cpuMs)),
    peakRssMb: Math.max(...measures.map(({ peakRssMb }) => peakRssMb)),
  };
}

/** Two things that hardly differ, one right after the other and each first by turns: what else the machine does falls on both. */
function inTurn(first: readonly string[], second: readonly string[]): (readonly [Measure, Measure])[] {
  return Array.from({ length: 3 * rounds }, (_, i) => {
    if (i % 2 === 0) return [runProcess(first), runProcess(second)];
    const other = runProcess(second);
    return [runProcess(first), other];
  });
}

function medianRatios(pairs: readonly (readonly [Measure, Measure])[]): string {
  const median = (of: (measure: Measure) => number): number => {
    const rising = pairs.map(([first, second]) => of(first) / of(second)).sort((a, b) => a - b);
    return rising[rising.length >> 1] as number;
  };
  return `${median(({ wallMs }) => wallMs).toFixed(2)} (cpu ${median(({ cpuMs }) => cpuMs).toFixed(2)})`;
}

function runProcess(argv: readonly string[]): Measure {
  const { status, stdout, stderr } = spawnSync(process.execPath, [thisProcess, ...argv], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`bench process failed: ${stderr}`);
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Measure;
}
