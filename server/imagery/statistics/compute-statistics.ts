// The zonal jobs: whatever is missing is computed in a thread, batch by batch, each batch written in one transaction. A
// job that dies goes on where it stopped, because what is missing is asked anew before every batch.
import type { Database } from '../../platform/db/database.ts';
import type { JobContext } from '../../platform/jobs/jobs.ts';
import type { Storage } from '../../platform/storage/storage.ts';
import { computableIndices } from '../indices.ts';
import type { SceneSource } from '../rasters/open-scene.ts';
import { toSceneSource } from '../scenes/scene-source.ts';
import { findScene } from '../scenes/scenes.repository.ts';
import { ALGORITHM_VERSION } from './judge-zone.ts';
import { createMeasuringThread, type MeasuringThread } from './measure-in-thread.ts';
import * as repository from './statistics.repository.ts';
import type { TargetStore, Wanted } from './statistics.repository.ts';
import type { ZonalTask } from './zonal.thread.ts';

const TARGETS_TOGETHER = 2000;
/** 16 bytes each, held twice: as it came and on the grid. */
const POINTS_TOGETHER = 1_000_000;

export interface StatisticsDeps {
  readonly db: Database;
  readonly storage: Storage;
}

/**
 * All rows that a ready scene lacks. Hidden habitats come last and move no progress: who watches a job must not learn
 * whether there are any.
 */
export const computeScene = (deps: StatisticsDeps, sceneId: number, context: JobContext): Promise<void> =>
  withThread(context, thread => computeInThread(deps, sceneId, context, thread));

async function withThread(context: JobContext, work: (thread: MeasuringThread) => Promise<void>): Promise<void> {
  const thread = createMeasuringThread(context.signal);
  try {
    await work(thread);
  } finally {
    await thread.close();
  }
}

async function computeInThread(
  { db, storage }: StatisticsDeps,
  sceneId: number,
  context: JobContext,
  thread: MeasuringThread,
): Promise<void> {
  const scene = await findScene(db.knex, sceneId);
  if (scene?.state !== 'ready') return;
  const wanted: Wanted = { sceneId, version: ALGORITHM_VERSION, indices: computableIndices(scene.bands) };
  if (wanted.indices.length === 0) return;
  const source = await toSceneSource(scene, storage);
  const missing = await repository.countOpenMissing(db.knex, wanted);
  const tell = (measured: number): void => void context.progress(Math.min(1, measured / Math.max(1, missing)));
  await computeStore(db, 'open', { wanted, source, thread }, context.signal, tell);
  await computeStore(db, 'restricted', { wanted, source, thread }, context.signal, () => undefined);
}

async function computeStore(
  db: Database,
  store: TargetStore,
  { wanted, source, thread }: { wanted: Wanted; source: SceneSource; thread: MeasuringThread },
  signal: AbortSignal,
  tell: (measured: number) => void,
): Promise<void> {
  for (let measured = 0; ;) {
    signal.throwIfAborted();
    const targets = await repository.listMissingTargets(db.knex, store, wanted, TARGETS_TOGETHER, POINTS_TOGETHER);
    if (targets.length === 0) return;
    const task: ZonalTask = {
      source,
      // What one of the batch lacks is computed for all: after an update that is the same for every target.
      indices: wanted.indices.filter(index => targets.some(target => target.indices.includes(index))),
      targets: targets.map(({ wkb, areaM2 }) => ({ wkb, areaM2 })),
    };
    const before = measured;
    const measures = await thread.measure(task, fraction => tell(before + fraction * targets.length));
    const written = await db.transaction(tx =>
      repository.storeMeasures(
        tx,
        wanted.sceneId,
        wanted.version,
        targets.map(({ kind, targetId, targetVersion }, at) => ({
          target: { kind, targetId, targetVersion },
          measures: measures[at] ?? [],
        })),
      ),
    );
    measured += targets.length;
    // Every target of the batch vanished meanwhile: ask once more what is missing, it cannot be the same ones.
    if (written === 0 && targets.length < TARGETS_TOGETHER) return;
  }
}

/** All rows that the scenes of a mine lack: after its land, facilities, habitats or reference areas changed. */
export async function computeMine(deps: StatisticsDeps, mineId: number, context: JobContext): Promise<void> {
  const sceneIds = await repository.listScenesMissing(deps.db.knex, mineId, ALGORITHM_VERSION);
  // No progress: how many scenes lack something may be told by hidden habitats alone.
  const silent: JobContext = { ...context, progress: async () => undefined };
  await withThread(context, async thread => {
    for (const sceneId of sceneIds) await computeInThread(deps, sceneId, silent, thread);
  });
}
