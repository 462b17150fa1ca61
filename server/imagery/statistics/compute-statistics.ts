// The zonal jobs: whatever is missing is computed in a thread, batch by batch, each batch written in one transaction. A
// job that dies goes on where it stopped, because what is missing is asked anew before every batch.
import type { Database } from '../../platform/db/database.ts';
import type { JobContext } from '../../platform/jobs/jobs.ts';
import type { Storage } from '../../platform/storage/storage.ts';
import { toSceneSource } from '../scenes/scene-source.ts';
import { findScene } from '../scenes/scenes.repository.ts';
import { ZONAL_INDICES } from '../vegetation/vegetation.contract.ts';
import { ALGORITHM_VERSION } from './judge-zone.ts';
import { measureInThread } from './measure-in-thread.ts';
import * as repository from './statistics.repository.ts';
import type { ZonalTask } from './zonal.thread.ts';

const TARGETS_TOGETHER = 2000;
/** 16 bytes each, held twice: as it came and on the grid. */
const POINTS_TOGETHER = 1_000_000;

export interface StatisticsDeps {
  readonly db: Database;
  readonly storage: Storage;
}

/** All rows that a ready scene lacks; how many targets were measured. */
export async function computeScene(deps: StatisticsDeps, sceneId: number, context: JobContext): Promise<number> {
  const { db, storage } = deps;
  const scene = await findScene(db.knex, sceneId);
  const isMeasurable = scene?.state === 'ready' && scene.bands.red !== undefined && scene.bands.nir !== undefined;
  if (!isMeasurable) return 0;
  const source = await toSceneSource(scene, storage);
  const { missing } = await repository.countTargets(db.knex, sceneId, ALGORITHM_VERSION);
  let measured = 0;
  for (;;) {
    context.signal.throwIfAborted();
    const targets = await repository.listMissingTargets(
      db.knex,
      sceneId,
      ALGORITHM_VERSION,
      TARGETS_TOGETHER,
      POINTS_TOGETHER,
    );
    if (targets.length === 0) return measured;
    const task: ZonalTask = {
      source,
      indices: ZONAL_INDICES,
      targets: targets.map(({ wkb, areaM2 }) => ({ wkb, areaM2 })),
    };
    const tell = (fraction: number): void =>
      void context.progress(Math.min(1, (measured + fraction * targets.length) / Math.max(1, missing)));
    const measures = await measureInThread(task, { signal: context.signal, onProgress: tell });
    const written = await db.transaction(tx =>
      repository.storeMeasures(
        tx,
        sceneId,
        ALGORITHM_VERSION,
        targets.map(({ kind, targetId, targetVersion }, at) => ({
          target: { kind, targetId, targetVersion },
          measures: measures[at] ?? [],
        })),
      ),
    );
    measured += targets.length;
    // Every target of the batch vanished meanwhile: ask once more what is missing, it cannot be the same ones.
    if (written === 0 && targets.length < TARGETS_TOGETHER) return measured;
  }
}

/** All rows that the scenes of a mine lack: after its land, facilities, habitats or reference areas changed. */
export async function computeMine(deps: StatisticsDeps, mineId: number, context: JobContext): Promise<number> {
  const sceneIds = await repository.listScenesMissing(deps.db.knex, mineId, ALGORITHM_VERSION);
  let measured = 0;
  for (const [at, sceneId] of sceneIds.entries()) {
    measured += await computeScene(deps, sceneId, {
      ...context,
      progress: fraction => context.progress((at + fraction) / sceneIds.length),
    });
  }
  return measured;
}
