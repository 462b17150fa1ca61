import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrations } from '../../migrations/index.ts';
import { createLandService, type LandService } from '../../server/land/land.service.ts';
import { listCells, listShares } from '../../server/land/partition/partition.repository.ts';
import { createMinesService } from '../../server/mines/mines.service.ts';
import { newMine } from '../../server/mines/mines.contract.ts';
import { createOrganisationsService } from '../../server/organisations/organisations.service.ts';
import type { Database } from '../../server/platform/db/database.ts';
import { createHousekeeping } from '../../server/platform/db/housekeeping.ts';
import { openDatabase } from '../../server/platform/db/open-database.ts';
import { migrate } from '../../server/platform/db/migrate.ts';
import { createLog } from '../../server/platform/log.ts';
import { withScratchDatabase } from './scratch-database.ts';
import { ADMIN, dayAt, loadEvents, loadManyMines, randomEvent, seededRandom } from './land-workload.ts';

const EVENTS = Number(process.env['BENCH_EVENTS'] ?? 2000);
const MINES = Number(process.env['BENCH_MINES'] ?? 1000);
const CELLS_PER_MINE = 200;

/** Median limits in ms by database. */
const LIMITS = {
  forward: { postgres: 25, embedded: 25 },
  'back-dated by a year': { postgres: 80, embedded: 80 },
  'retract an old event': { postgres: 80, embedded: 80 },
  'partition at a date': { postgres: 40, embedded: 150 },
  'restoration of a mine': { postgres: 40, embedded: 150 },
  'rates of all mines': { postgres: 60, embedded: 60 },
} as const;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

/**
 * The land ledger at the size of a large mine: two thousand events of 65 vertices over ten years. Adds one, forward and back-dated,
 * reads the partition, and groups the rates of a thousand mines with 200,000 cells; on the embedded database and, with
 * BENCH_DATABASE_URL, on PostgreSQL. A median over its limit fails the bench.
 */
export async function benchLand(): Promise<void> {
  const only = process.env['BENCH_ONLY'];
  if (only !== 'postgres') {
    const dataDir = await mkdtemp(join(tmpdir(), 'regreen-bench-land-'));
    await measure(await openDatabase({ dataDir }));
    await rm(dataDir, { recursive: true, force: true });
  }
  const url = process.env['BENCH_DATABASE_URL'];
  if (url === undefined) say('postgres: not measured, BENCH_DATABASE_URL is not set');
  else if (only !== 'embedded') {
    await withScratchDatabase(url, async scratch => measure(await openDatabase({ url: scratch, dataDir: tmpdir() })));
  }
}

async function measure(db: Database): Promise<void> {
  try {
    await migrate(db, migrations);
    const organisations = createOrganisationsService({ db });
    const mines = createMinesService({ db, organisations });
    const land = createLandService({ db, mines });
    const mineId = await makeMine(organisations, mines);
    const random = seededRandom(12_345);
    const startedAtMs = performance.now();
    await loadEvents(land, mineId, EVENTS, random);
    say(`${db.kind}: ${EVENTS} events loaded in ${((performance.now() - startedAtMs) / 1000).toFixed(0)} s`);
    await tidy(db, 'land_cell, land_event, land_transition');
    const { rows } = await db.knex.raw<{ rows: { cells: number; open: number }[] }>(
      'select count(*)::int as cells, count(*) filter (where valid_to is null)::int as open from land_cell',
    );
    say(`${db.kind}: ${rows[0]?.cells} cells, ${rows[0]?.open} of them open`);
    await measureWrites(db, land, mineId, random);
    await measureReads(db, land, mineId);
    await loadManyMines(db, MINES, CELLS_PER_MINE);
    await tidy(db, 'land_cell, land_event, mine');
    const query = { groupBy: 'organisation', asAt: '2021-12-31', basis: 'A', scope: ['LIC'] } as const;
    await report(db, 'rates of all mines', 41, () => land.rates.getGrouped(ADMIN, { ...query, scope: ['LIC'] }));
  } finally {
    await db.close();
  }
}

/** As each database is tidied in use. */
async function tidy(db: Database, tables: string): Promise<void> {
  if (db.kind === 'postgres') await db.knex.raw(`vacuum analyze ${tables}`);
  else await createHousekeeping(db, createLog('silent')).run();
}

async function measureWrites(db: Database, land: LandService, mineId: number, random: () => number): Promise<void> {
  let day = 3651;
  await report(db, 'forward', 41, () => land.events.record(ADMIN, mineId, randomEvent(random, dayAt(day++))));
  const yearAgo = dayAt(day - 365);
  const ids: number[] = [];
  await report(db, 'back-dated by a year', 41, async () => {
    ids.push((await land.events.record(ADMIN, mineId, randomEvent(random, yearAgo))).id);
  });
  await report(db, 'retract an old event', 15, () => land.events.retract(ADMIN, mineId, ids.pop() ?? 0, 'bench', 1));
}

async function measureReads(db: Database, land: LandService, mineId: number): Promise<void> {
  const asAt = dayAt(3650);
  const view = { source: 'working', mineId, asAt, knownAt: null } as const;
  await report(db, 'partition at a date', 21, () => listCells(db.knex, view));
  await report(db, 'restoration of a mine', 21, () =>
    land.rates.getRestoration(ADMIN, mineId, { asAt, basis: 'A', scope: ['LIC'] }),
  );
  const shares = await listShares(db.knex, view, asAt);
  const { rows } = await db.knex.raw<{ rows: { area: number }[] }>(
    `select sum(st_area(geom::geography)) as area from (
       select overlay_union(array_agg(geom)) as geom from (
         select geom, st_clusterdbscan(geom, 0, 1) over () as cluster from land_event
         where mine_id = ? and effective_on <= cast(? as date) and retracted_at is null) e group by cluster) c`,
    [mineId, asAt],
  );
  const union = rows[0]?.area ?? 0;
  const cells = shares.reduce((sum, row) => sum + row.areaM2, 0);
  say(`${db.kind}: sum of cells against area of their union ${((cells - union) / union).toExponential(1)}`);
}

async function report(
  db: Database,
  name: keyof typeof LIMITS,
  times: number,
  work: () => Promise<unknown>,
): Promise<void> {
  const laps: number[] = [];
  const cpuBeforeMs = await cpuMs(db);
  for (let i = 0; i < times; i++) {
    const startedAtMs = performance.now();
    await work();
    laps.push(performance.now() - startedAtMs);
  }
  const meanCpuMs = ((await cpuMs(db)) - cpuBeforeMs) / times;
  laps.sort((a, b) => a - b);
  const at = (share: number) => laps[Math.min(laps.length - 1, Math.floor(laps.length * share))] ?? NaN;
  const limit = LIMITS[name][db.kind];
  say(
    `${db.kind}: ${name}: median ${at(0.5).toFixed(1)} ms, best ${at(0).toFixed(1)}, p95 ${at(0.95).toFixed(1)}, processor time a turn ${meanCpuMs.toFixed(1)}; ` +
      `${(at(0.5) / limit).toFixed(2)} of the limit (${limit} ms)`,
  );
  if (at(0.5) > limit) process.exitCode = 1;
}

/**
 * Processor time of this process and of its database connections so far, ms: tells, on a busy machine, waiting from work. Without
 * /proc the connections' share is left out.
 */
async function cpuMs(db: Database): Promise<number> {
  const { user, system } = process.cpuUsage();
  const own = (user + system) / 1000;
  if (db.kind === 'embedded') return own;
  const { rows } = await db.knex.raw<{ rows: { pid: number }[] }>(
    'select pid from pg_stat_activity where datname = current_database()',
  );
  const ticks = rows.map(({ pid }) => {
    try {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /, '')
        .split(' ');
      return Number(fields[11]) + Number(fields[12]);
    } catch {
      return 0;
    }
  });
  return own + ticks.reduce((sum, each) => sum + each * 10, 0);
}

async function makeMine(
  organisations: ReturnType<typeof createOrganisationsService>,
  mines: ReturnType<typeof createMinesService>,
): Promise<number> {
  await organisations.create(ADMIN, {
    code: 'BENCH',
    nameZh: '测',
    nameEn: 'Bench',
    parentCode: null,
    kind: 'company',
  });
  const mine = await mines.create(
    ADMIN,
    newMine.parse({
      type: 'Feature',
      geometry: {
        type: 'Polygon',
        coordinates: [[[111.9, 34.9], [112.2, 34.9], [112.2, 35.2], [111.9, 35.2], [111.9, 34.9]]], // prettier-ignore
      },
      properties: {
        code: 'BENCH-1',
        nameZh: '测试矿',
        nameEn: 'Bench mine',
        organisationCode: 'BENCH',
        mineral: 'bauxite',
        method: 'open',
      },
    }),
  );
  return mine.id;
}
