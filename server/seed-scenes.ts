import { z } from 'zod';
import type { DrawnScene, WantedScenes } from '../samples/scenes/draw-scenes.thread.ts';
import { ALL_SITES } from '../samples/sites/all-sites.ts';
import type { ScenesService } from './imagery/scenes/scenes.service.ts';
import type { MinesService } from './mines/mines.service.ts';
import type { Database } from './platform/db/database.ts';
import type { JobContext, Jobs } from './platform/jobs/jobs.ts';
import { runInThread, threadUrl } from './platform/threads.ts';
import type { Viewer } from './platform/viewer.ts';

export interface SceneSeedDeps {
  readonly database: Database;
  readonly jobs: Jobs;
  readonly mines: MinesService;
  readonly scenes: ScenesService;
}

/** In whose name the samples are written: history shows that nobody signed in did it. */
export const SEEDER: Viewer = { accountId: null, username: 'samples', role: 'admin', organisationIds: new Set() };

const KIND = 'draw-sample-scenes';

/** Makes the job known; has to happen before jobs are taken. */
export function defineSampleJobs(deps: SceneSeedDeps): void {
  deps.jobs.define(KIND, z.strictObject({}), async (_payload, context) => ({ drawn: await drawScenes(deps, context) }));
}

/** Queues the drawing of the scenes that are missing. The server need not wait for it: the land is there before. */
export async function queueSampleScenes(deps: SceneSeedDeps): Promise<void> {
  const missing = Object.values(await missingScenes(deps)).flat();
  if (missing.length === 0) return;
  await deps.database.transaction(tx => deps.jobs.enqueue(tx, KIND, {}, { key: KIND }));
}

async function drawScenes(deps: SceneSeedDeps, context: JobContext): Promise<number> {
  const wanted = await missingScenes(deps);
  const total = Object.values(wanted).flat().length;
  if (total === 0) return 0;
  let done = 0;
  // One after the other, in the order in which they are drawn; a fault ends the job once the thread has come to its end.
  let line: Promise<void> = Promise.resolve();
  const addInTurn = (drawn: DrawnScene): void => {
    line = line.then(async () => {
      if (context.signal.aborted) return;
      await addScene(deps, drawn);
      await context.progress(++done / total);
    });
    line.catch(() => undefined);
  };
  const url = threadUrl(import.meta.url, '../samples/scenes/draw-scenes.thread.ts');
  await runInThread<number>(url, wanted, {
    signal: context.signal,
    onMessage: message => addInTurn(message as DrawnScene),
  });
  await line;
  return done;
}

async function addScene({ mines, scenes }: SceneSeedDeps, { scene, image, mask }: DrawnScene): Promise<void> {
  const mineId = await findMineId(mines, scene.siteCode);
  if (mineId === undefined) return;
  const places = scene.bandNames.map((name, index) => [name, { file: image.name, band: index + 1 }]);
  await scenes.add(
    SEEDER,
    [image, mask].map(({ name, bytes }) => ({ name, content: bytes })),
    {
      acquiredOn: scene.acquiredOn,
      sensor: scene.sensor,
      bands: Object.fromEntries(places),
      mask: { file: mask.name, band: 1 },
      maskClasses: [...scene.maskClasses],
      scale: scene.scale,
      offset: scene.offset,
      processingBaseline: scene.processingBaseline,
      cloudFraction: scene.cloudFraction,
      mineId,
    },
  );
}

/** Dates that a sample mine should have a scene of and has not. Mines that are not there want none. */
async function missingScenes({ mines, scenes }: SceneSeedDeps): Promise<WantedScenes> {
  const wanted: [code: string, dates: readonly string[]][] = [];
  for (const { mine, scene } of ALL_SITES) {
    const mineId = await findMineId(mines, mine.code);
    if (mineId === undefined) continue;
    const { items } = await scenes.list(SEEDER, { mine: mineId, limit: 1000 });
    const known = new Set(items.map(item => item.acquiredOn));
    wanted.push([mine.code, scene.dates.filter(date => !known.has(date))]);
  }
  return Object.fromEntries(wanted);
}

export async function findMineId(mines: MinesService, code: string): Promise<number | undefined> {
  const { items } = await mines.list({ q: code, limit: 100 });
  return items.find(mine => mine.code === code)?.id;
}
