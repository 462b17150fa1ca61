// Satellite and drone pictures: scenes in, statistics over land, pictures and judgements out. The room reads pixels only in
// threads, and never says that vegetation was lost because one scene is paler than another.
import type { BiodiversityService } from '../biodiversity/biodiversity.service.ts';
import type { LandService } from '../land/land.service.ts';
import type { MinesService } from '../mines/mines.service.ts';
import type { Database } from '../platform/db/database.ts';
import type { Jobs } from '../platform/jobs/jobs.ts';
import type { Storage } from '../platform/storage/storage.ts';
import { defineImageryJobs } from './imagery.jobs.ts';
import { OVERVIEW_SUFFIX } from './rasters/build-overviews.ts';
import { listScenesDrawnBefore } from './scenes/scenes.repository.ts';
import { createScenesService, type ScenesService } from './scenes/scenes.service.ts';
import { ALGORITHM_VERSION } from './statistics/judge-zone.ts';
import { anyCellSeen, listScenesBehind } from './statistics/statistics.repository.ts';
import { clearUnfinished } from './scenes/receiving/scene-folder.ts';
import { createSceneTilesService, type SceneTilesService } from './tiles/scene-tiles.service.ts';
import { createReferenceAreasService, type ReferenceAreasService } from './vegetation/reference-areas.service.ts';
import { createVegetationService, type VegetationService } from './vegetation/vegetation.service.ts';

export interface ImageryService {
  readonly scenes: ScenesService;
  readonly vegetation: VegetationService;
  readonly referenceAreas: ReferenceAreasService;
  readonly tiles: SceneTilesService;
  /** Queues what scenes computed by an older version lack, and overviews made by one. For the start of the process, after the queues are made. */
  catchUp(): Promise<void>;
  /** Removes what uploads left that were begun before and lost with their process. */
  clearUnfinished(beforeMs: number): Promise<void>;
}

/** Also defines the room's jobs and listens for new land cells: both have to happen before jobs are taken. */
export function createImageryService(deps: {
  db: Database;
  storage: Storage;
  jobs: Jobs;
  mines: MinesService;
  land: LandService;
  biodiversity: BiodiversityService;
  now?: () => Date;
}): ImageryService {
  const { db, jobs, land, storage } = deps;
  defineImageryJobs(deps);
  land.events.onCellsChanged(async (tx, { mineId, cellIds }) => {
    if (!(await anyCellSeen(tx, cellIds))) return;
    await jobs.enqueue(tx, 'zonal-mine', { mineId }, { subject: { kind: 'mine', id: mineId } });
  });
  const scenes = createScenesService(deps);
  return {
    scenes,
    vegetation: createVegetationService(deps),
    referenceAreas: createReferenceAreasService(deps),
    tiles: createSceneTilesService({ scenes, storage }),
    clearUnfinished: beforeMs => clearUnfinished(db.knex, storage, beforeMs),
    async catchUp() {
      for (const sceneId of await listScenesBehind(db.knex, ALGORITHM_VERSION)) {
        const subject = { kind: 'scene', id: sceneId };
        await db.transaction(tx => jobs.enqueue(tx, 'zonal-scene', { sceneId }, { key: `scene:${sceneId}`, subject }));
      }
      for (const sceneId of await listScenesDrawnBefore(db.knex, OVERVIEW_SUFFIX)) {
        const options = { key: `overviews:${sceneId}`, subject: { kind: 'scene', id: sceneId } };
        await db.transaction(tx => jobs.enqueue(tx, 'renew-overviews', { sceneId }, options));
      }
    },
  };
}
