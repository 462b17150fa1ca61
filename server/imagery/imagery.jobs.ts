// Background work of the room, by name. Every effect is keyed by its inputs: a job may run twice.
import { z } from 'zod';
import type { Database } from '../platform/db/database.ts';
import type { Jobs } from '../platform/jobs/jobs.ts';
import type { Storage } from '../platform/storage/storage.ts';
import { ingestScene } from './scenes/ingest-scene.ts';
import { computeMine, computeScene } from './statistics/compute-statistics.ts';

const ofScene = z.strictObject({ sceneId: z.number().int().positive() });
const ofMine = z.strictObject({ mineId: z.number().int().positive() });

export function defineImageryJobs(deps: { db: Database; storage: Storage; jobs: Jobs }): void {
  const { jobs } = deps;
  jobs.define('ingest-scene', ofScene, ({ sceneId }, context) => ingestScene(deps, sceneId, context));
  jobs.define('zonal-scene', ofScene, async ({ sceneId }, context) => ({
    targets: await computeScene(deps, sceneId, context),
  }));
  jobs.define('zonal-mine', ofMine, async ({ mineId }, context) => ({
    targets: await computeMine(deps, mineId, context),
  }));
}
