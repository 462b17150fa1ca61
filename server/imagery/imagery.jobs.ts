// Background work of the room, by name. Every effect is keyed by its inputs: a job may run twice.
import { z } from 'zod';
import type { Database } from '../platform/db/database.ts';
import type { Jobs } from '../platform/jobs/jobs.ts';
import type { Storage } from '../platform/storage/storage.ts';
import { ingestScene } from './scenes/ingest-scene.ts';
import { renewOverviews } from './scenes/renew-overviews.ts';
import { computeMine, computeScene } from './statistics/compute-statistics.ts';

const ofScene = z.strictObject({ sceneId: z.number().int().positive() });
const ofMine = z.strictObject({ mineId: z.number().int().positive() });

export function defineImageryJobs(deps: { db: Database; storage: Storage; jobs: Jobs }): void {
  const { jobs } = deps;
  jobs.define('ingest-scene', ofScene, ({ sceneId }, context) => ingestScene(deps, sceneId, context));
  jobs.define('renew-overviews', ofScene, ({ sceneId }, context) => renewOverviews(deps, sceneId, context));
  // No result: how many targets there were would count hidden habitats.
  jobs.define('zonal-scene', ofScene, ({ sceneId }, context) => computeScene(deps, sceneId, context));
  jobs.define('zonal-mine', ofMine, ({ mineId }, context) => computeMine(deps, mineId, context));
}
