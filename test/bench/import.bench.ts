import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { writePlots } from './import-workload.ts';
import { withScratchDatabase } from './scratch-database.ts';

interface Measure {
  readonly written: number;
  readonly faults: number;
  readonly wallMs: number;
  readonly jobMs: number;
  readonly cpuMs: number;
  readonly peakRssMb: number;
  readonly verifyMs: number;
}

const MAX_RSS_MB = 300;
/** Of ogr2ogr's time. */
const MAX_RATIO = 2;
const measured = fileURLToPath(new URL('./import-process.js', import.meta.url));
const say = (text: string): void => void process.stdout.write(`${text}\n`);
const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

/**
 * A GeoPackage of 100,000 plots, read, diagnosed and written to the ledger in a job, by a fresh process, beside what `ogr2ogr` takes to copy
 * the same file into the same server (BENCH_DATABASE_URL; without one the embedded database is measured alone). The gate is the plain
 * copy: one table, indexed at the end. Beside it stands what the tool takes for a table that is indexed like events and may not be
 * emptied of its indexes, because others read it. The ledger is verified afterwards. BENCH_ROUNDS (2) runs of each,
 * the best one counts; BENCH_PLOTS changes the number of plots.
 */
export async function benchImport(): Promise<void> {
  const folder = process.env['BENCH_DIR'] ?? join(tmpdir(), 'regreen-bench');
  mkdirSync(folder, { recursive: true });
  const count = Number(process.env['BENCH_PLOTS'] ?? 100_000);
  const file = await writePlots(folder, count);
  const url = process.env['BENCH_DATABASE_URL'];
  const rounds = Array.from({ length: Number(process.env['BENCH_ROUNDS'] ?? 2) });
  if (url === undefined) {
    say('postgres: not measured, BENCH_DATABASE_URL is not set');
    tell('embedded', runImport(file, undefined));
    return;
  }
  const copies: number[] = [];
  const indexed: number[] = [];
  const imports: Measure[] = [];
  for (const _round of rounds) {
    const copyMs = await withScratch(url, scratch => runOgr2ogr(file, scratch, ['-nln', 'plots']));
    if (copyMs !== undefined) {
      copies.push(copyMs);
      indexed.push(await withScratch(url, scratch => runIndexed(file, scratch)));
    }
    imports.push(await withScratch(url, scratch => runImport(file, scratch)));
  }
  const best = imports.toSorted((a, b) => a.jobMs - b.jobMs)[0] as Measure;
  tell('postgres', best);
  if (best.written !== count) throw new Error(`${best.written} of ${count} plots written`);
  if (best.peakRssMb > MAX_RSS_MB) process.exitCode = 1;
  if (copies.length === 0) return say('ogr2ogr is not installed: nothing to compare with');
  const copyMs = Math.min(...copies);
  const indexedMs = Math.min(...indexed);
  say(`ogr2ogr into a new table: ${seconds(copyMs)}; into one indexed like events: ${seconds(indexedMs)}`);
  say(`job / ogr2ogr into a new table: ${(best.jobMs / copyMs).toFixed(2)} (gate ${MAX_RATIO})`);
  say(`job / ogr2ogr into a table indexed like events: ${(best.jobMs / indexedMs).toFixed(2)}`);
  say(`doctor and job / ogr2ogr into a new table: ${(best.wallMs / copyMs).toFixed(2)}`);
  if (best.jobMs > MAX_RATIO * copyMs) process.exitCode = 1;
}

function tell(database: string, { written, faults, wallMs, jobMs, cpuMs, peakRssMb, verifyMs }: Measure): void {
  say(
    `${database}: ${written} plots in the ledger after ${seconds(wallMs)}; ${seconds(jobMs)} of it the job, the rest the doctor`,
  );
  say(
    `${database}: ${seconds(cpuMs)} of processor in our process, peak memory ${peakRssMb.toFixed(0)} MB (gate ${MAX_RSS_MB})`,
  );
  say(`${database}: ${faults} faults in the ledger, verified in ${seconds(verifyMs)}`);
  if (faults > 0) process.exitCode = 1;
}

function runImport(file: string, url: string | undefined): Measure {
  const dataDir = mkdtempSync(join(tmpdir(), 'regreen-bench-import-'));
  const { DATABASE_URL: _url, ...rest } = process.env;
  const env = {
    ...rest,
    REGREEN_DATA_DIR: dataDir,
    REGREEN_DEMO: '0',
    ...(url === undefined ? {} : { DATABASE_URL: url }),
  };
  try {
    const child = spawnSync(process.execPath, [measured, file], { encoding: 'utf8', env, maxBuffer: 2 ** 26 });
    if (child.status !== 0) throw new Error(child.stderr);
    return JSON.parse(child.stdout.trim().split('\n').at(-1) ?? '') as Measure;
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Wall clock of a copy; undefined where the tool is not installed. */
function runOgr2ogr(file: string, url: string, options: readonly string[]): number | undefined {
  const { hostname, port, username, password, pathname } = new URL(url);
  const target = `PG:host=${hostname} port=${port || '5432'} user=${username} password=${password} dbname=${pathname.slice(1)}`;
  const startedAtMs = performance.now();
  // The tool's fast way, which it takes for new tables alone unless told otherwise.
  const settings = ['--config', 'PG_USE_COPY', 'YES', '-f', 'PostgreSQL'];
  const child = spawnSync('ogr2ogr', [...settings, target, file, 'plots', ...options], { encoding: 'utf8' });
  if (child.error !== undefined) return undefined;
  if (child.status !== 0) throw new Error(child.stderr);
  return performance.now() - startedAtMs;
}

/** Columns without defaults: for one with a default that a file does not name, the tool goes back to a statement a row. */
const INDEXED = [
  `create table events (id serial primary key, name text, stage text, geom geometry(MultiPolygon, 4326) not null,
    mine_id bigint, import_id bigint, effective_on date, recorded_at timestamptz)`,
  'create index on events using spgist (geom)',
  'create index on events (mine_id, effective_on, id)',
  'create index on events using brin (import_id)',
];

/** Wall clock of a copy into a table that has its indexes already. */
async function runIndexed(file: string, url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const statement of INDEXED) await client.query(statement);
  await client.end();
  return runOgr2ogr(file, url, ['-append', '-nln', 'events']) ?? Number.NaN;
}

/** With PostGIS there already, so that neither side pays for it. */
const withScratch = <T>(url: string, work: (url: string) => T): Promise<T> =>
  withScratchDatabase(url, async scratch => {
    const client = new pg.Client({ connectionString: scratch });
    await client.connect();
    await client.query('create extension postgis');
    await client.query('checkpoint');
    await client.end();
    return work(scratch);
  });
