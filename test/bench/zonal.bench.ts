import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeScene, writeZones } from './zonal-workload.ts';

interface Measure {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakRssMb: number;
}

const ROUNDS = 3;
const TEN_STATS = 'mean,stdev,min,max,median,p10,p90,count,sum,valid_fraction';
const thisProcess = fileURLToPath(new URL('./zonal-process.js', import.meta.url));

/**
 * Zonal NDVI of 1,000 and 10,000 zones over a scene of 10980 x 10980 cells, each run a fresh process from start to written CSV, beside inflating the
 * same blocks and doing nothing else, and beside terra where R has it. BENCH_DIR keeps the workload between runs.
 */
export async function benchZonal(): Promise<void> {
  const folder = process.env['BENCH_DIR'] ?? join(tmpdir(), 'regreen-bench');
  mkdirSync(folder, { recursive: true });
  const size = Number(process.env['BENCH_SIZE'] ?? 10_980);
  say(`workload in ${folder} …`);
  const scene = await writeScene(folder, size);
  for (const count of [1000, 10_000]) {
    const zones = writeZones(folder, size, count);
    const out = join(folder, `out-${count}.csv`);
    const zonal = (...more: string[]): string[] => [
      'zonal',
      '--zones',
      zones,
      '--raster',
      scene,
      '--red',
      '1',
      '--nir',
      '2',
      '--id',
      'id',
      '--out',
      out,
      ...more,
    ];
    const limit = best(['inflate', zones, scene]);
    row(`${count} zones: inflating alone`, limit, limit);
    const mean = best(zonal('--stats', 'mean'));
    row(`${count} zones: NDVI mean, 1 thread`, mean, limit);
    row(`${count} zones: NDVI mean, 2 threads`, best(zonal('--stats', 'mean', '--threads', '2')), limit);
    const ten = best(zonal('--stats', TEN_STATS));
    row(`${count} zones: ten statistics, 1 thread`, ten, limit);
    say(`  ten statistics / mean alone = ${(ten.wallMs / mean.wallMs).toFixed(2)}`);
    // Leaves the means, not the ten, for the comparison.
    best(zonal('--stats', 'mean'));
    compareWithTerra(scene, zones, out, mean);
  }
  const small = await writeScene(folder, Math.round(size / 4));
  const fewZones = writeZones(folder, Math.round(size / 4), 1000);
  const quarter = best([
    'zonal',
    '--zones',
    fewZones,
    '--raster',
    small,
    '--red',
    '1',
    '--nir',
    '2',
    '--out',
    join(folder, 'small.csv'),
  ]);
  say(`peak memory on a sixteenth of the cells: ${quarter.peakRssMb.toFixed(0)} MB`);
}

const say = (text: string): void => void process.stdout.write(`${text}\n`);

function row(name: string, { wallMs, cpuMs, peakRssMb }: Measure, limit: Measure): void {
  const cells = [`${(wallMs / 1000).toFixed(2)} s`, `cpu ${(cpuMs / 1000).toFixed(2)} s`, `${peakRssMb.toFixed(0)} MB`];
  // On a busy machine the processor's time says more than the clock.
  const ratios = `${(wallMs / limit.wallMs).toFixed(2)} (cpu ${(cpuMs / limit.cpuMs).toFixed(2)})`;
  say(`${name.padEnd(42)} ${cells.join('  ')}  ${ratios} x inflating alone`);
}

/** The fastest of some fresh processes: what the machine can do when it is let. */
function best(argv: readonly string[]): Measure {
  const measures = Array.from({ length: ROUNDS }, () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [thisProcess, ...argv], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`bench process failed: ${stderr}`);
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Measure;
  });
  return measures.reduce((fastest, measure) => (measure.wallMs < fastest.wallMs ? measure : fastest));
}

/** terra::extract(exact = TRUE) of the same NDVI; also compares the means. */
function compareWithTerra(scene: string, zones: string, out: string, ours: Measure): void {
  const script = `suppressMessages(library(terra)); s <- rast("${scene}"); n <- (s[[2]]-s[[1]])/(s[[2]]+s[[1]]); v <- vect("${zones}");
    e <- extract(n, v, fun = mean, exact = TRUE, na.rm = TRUE); write.csv(e, "${out}.terra.csv", row.names = FALSE)`;
  const startedAt = performance.now();
  const { status, error } = spawnSync('Rscript', ['-e', script], { encoding: 'utf8' });
  if (error !== undefined || status !== 0) {
    say('  terra: not installed here, not compared');
    return;
  }
  const wallMs = performance.now() - startedAt;
  const read = (path: string): number[] =>
    readFileSync(path, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map(line => Number(line.split(',')[1]));
  const [a, b] = [read(out), read(`${out}.terra.csv`)];
  const difference = a.reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] ?? NaN))), 0);
  say(
    `  terra: ${(wallMs / 1000).toFixed(1)} s; ours / terra = ${(ours.wallMs / wallMs).toFixed(3)}; means differ by at most ${difference.toExponential(1)}`,
  );
}
