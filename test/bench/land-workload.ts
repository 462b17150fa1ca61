// What the land bench works on: one mine with many overlapping events over ten years, and many mines with many cells.
import { newEvent, type NewEvent } from '../../server/land/events/events.contract.ts';
import type { LandService } from '../../server/land/land.service.ts';
import type { Database } from '../../server/platform/db/database.ts';
import type { Viewer } from '../../server/platform/viewer.ts';

export const ADMIN: Viewer = { accountId: null, username: 'bench', role: 'admin', organisationIds: new Set() };
const FIRST_DAY = Date.UTC(2012, 0, 1);
// Stages that need no disturbed land beneath them, so that the events may lie anywhere.
const STAGES = ['CLR', 'DST', 'DST', 'RDY'] as const;

/** The same numbers in every run and on every machine. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

export const dayAt = (offset: number): string => new Date(FIRST_DAY + offset * 86_400_000).toISOString().slice(0, 10);

/** An event of 65 vertices, 130 to 400 m in radius, somewhere in ten by ten kilometres. */
export function randomEvent(random: () => number, effectiveOn: string): NewEvent {
  const [lng, lat] = [112 + random() * 0.11, 35 + random() * 0.09];
  const radius = 0.0012 + random() * 0.0025;
  const phase = random() * 6;
  const ring = Array.from({ length: 64 }, (_, i) => {
    const angle = (i / 64) * 2 * Math.PI;
    const reach = radius * (1 + 0.25 * Math.sin(3 * angle + phase) + 0.1 * Math.sin(7 * angle));
    return [lng + (reach * Math.cos(angle)) / Math.cos((lat * Math.PI) / 180), lat + reach * Math.sin(angle)];
  });
  return newEvent.parse({
    type: 'Feature',
    geometry: { type: 'Polygon', coordinates: [[...ring, ring[0]]] },
    properties: { stage: STAGES[Math.floor(random() * STAGES.length)], effectiveOn, reason: 'REDIST', scope: 'LIC' },
  });
}

/** Two thousand events in the order of their dates over ten years. */
export async function loadEvents(
  land: LandService,
  mineId: number,
  count: number,
  random: () => number,
): Promise<void> {
  const events = Array.from({ length: count }, (_, i) => randomEvent(random, dayAt(Math.floor((i * 3650) / count))));
  for (let from = 0; from < count; from += 100)
    await land.events.recordAll(ADMIN, mineId, events.slice(from, from + 100));
}

/**
 * A thousand mines of two hundred cells each over ten years, one in ten of them still open, as in the mine above; written past the ledger,
 * because only reading them is measured.
 */
export async function loadManyMines(db: Database, mines: number, cellsPerMine: number): Promise<void> {
  await db.transaction(async tx => {
    await tx.raw('set local statement_timeout = 0');
    await tx.raw(
      `insert into mine (code, organisation_id, name_zh, name_en, province, mineral, method)
       select 'MANY-' || n, (select min(id) from organisation), '矿' || n, 'Mine ' || n, (array['QH','HA','YN','GX'])[1 + n % 4],
         (array['bauxite','copper','lead-zinc'])[1 + n % 3], 'open'
       from generate_series(1, ?) n`,
      [mines],
    );
    await tx.raw(
      `insert into land_event (mine_id, geom, stage, effective_on, scope, evidence_grade, recorded_revision)
       select id, st_multi(st_makeenvelope(100, 30, 100.01, 30.01, 4326)), 'DST', '2011-06-01', 'LIC', 'E0', 1
       from mine where code like 'MANY-%'`,
    );
    await tx.raw(
      `insert into land_cell (mine_id, event_id, stage, stage_rank, scope, evidence_grade, since, valid_from, valid_to, cut_geom)
       select e.mine_id, e.id, s.stage, land_stage_rank(s.stage), 'LIC', (array['E0','E2','E4'])[1 + n % 3], e.effective_on, date '2012-01-01' + n * 18,
         case when n % 10 > 0 then date '2012-01-01' + n * 18 + 400 end,
         st_multi(st_translate(t.geom, (e.id % 100) * 0.05, n * 0.005))
       from land_event e
       join mine m on m.id = e.mine_id and m.code like 'MANY-%'
       cross join generate_series(1, ?) n
       cross join (select st_buffer(st_setsrid(st_makepoint(100, 30), 4326), 0.002, 16) as geom) t
       cross join lateral (select (array['CLR','DST','RDY','LFM','EST','CMP'])[1 + n % 6] as stage) s`,
      [cellsPerMine],
    );
  });
}
