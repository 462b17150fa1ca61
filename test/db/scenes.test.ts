// What the store keeps of a scene: its files while its row names them, and overviews made again where they are no longer made so.
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Polygon } from '../../gis/types.ts';
import { createImageryService } from '../../server/imagery/imagery.service.ts';
import { OVERVIEW_SUFFIX } from '../../server/imagery/rasters/build-overviews.ts';
import { renewOverviews } from '../../server/imagery/scenes/renew-overviews.ts';
import * as scenes from '../../server/imagery/scenes/scenes.repository.ts';
import { createScenesService } from '../../server/imagery/scenes/scenes.service.ts';
import { createLandService } from '../../server/land/land.service.ts';
import type { Database } from '../../server/platform/db/database.ts';
import type { JobContext, Jobs } from '../../server/platform/jobs/jobs.ts';
import { openStorage } from '../../server/platform/storage/open-storage.ts';
import { describeOnBothDatabases } from '../helpers/databases.ts';
import { createRooms, square, viewerOf } from '../helpers/rooms.ts';
import { degreeGrid, sceneTiff } from '../http/scene-files.ts';

const MEANING = {
  acquiredOn: '2017-07-01',
  sensor: 'test',
  bands: { red: { file: 'a', band: 1 }, nir: { file: 'a', band: 2 } },
  mask: null,
  maskClasses: [],
  keepClasses: [],
  scale: 1e-4,
  offset: 0,
  noData: null,
  processingBaseline: null,
  cloudFraction: null,
  isPublic: true,
  mineId: null,
};
const GROUND = {
  files: [],
  footprint: square(80, 29, 0.1) as unknown as Polygon,
  crs: 'EPSG:4326',
  widthPx: 600,
  heightPx: 30,
  cellSizeM: 10,
};
const OLD = 'scenes/x/0.ovr';
const NEW = `scenes/x/0${OVERVIEW_SUFFIX}`;
const file = { name: 'a', key: 'scenes/x/0.tif', bytes: 1, sha256: '', overviewKey: OLD };

/** The jobs that the start of a process queues. */
async function queuedAtStart(db: Database): Promise<unknown[]> {
  const queued: unknown[] = [];
  const jobs = {
    define: () => undefined,
    enqueue: (_tx: unknown, kind: string, payload: unknown, options: { key?: string }) => {
      queued.push([kind, payload, options.key]);
      return Promise.resolve('');
    },
  } as unknown as Jobs;
  const { mines, biodiversity } = createRooms(db);
  const storage = {} as Parameters<typeof createImageryService>[0]['storage'];
  await createImageryService({
    db,
    storage,
    jobs,
    mines,
    land: createLandService({ db, mines }),
    biodiversity,
  }).catchUp();
  return queued;
}

describeOnBothDatabases('scenes', getDb => {
  it('keep their files where only asking how their job goes has failed', async () => {
    const db = getDb();
    const folder = await mkdtemp(join(tmpdir(), 'regreen-kept-'));
    try {
      const storage = await openStorage(undefined, folder);
      const jobs = {
        enqueue: () => Promise.resolve(randomUUID()),
        get: () => Promise.reject(new Error('connection lost')),
      } as unknown as Jobs;
      const service = createScenesService({ db, storage, jobs, mines: createRooms(db).mines });
      const content = await sceneTiff({ grid: degreeGrid(81, 30, 40, 30), bands: [() => 500, () => 700] });
      const meaning = { acquiredOn: '2018-07-01', sensor: 'test', bands: { red: 1, nir: 2 } };
      const sent = service.add(viewerOf('admin'), [{ name: 'a.tif', content }], meaning);
      await expect(sent).rejects.toThrow('connection lost');
      const [scene] = (await service.list(viewerOf('admin'), { from: '2018-07-01', to: '2018-07-01', limit: 10 }))
        .items;
      const { files = [] } = (await scenes.findScene(db.knex, scene?.id ?? 0)) ?? {};
      expect(await storage.list('scenes/')).toEqual(files.map(({ key }) => key));
      expect(files).toHaveLength(1);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('of which overviews are of an older version get them again, once, and their pictures new addresses', async () => {
    const db = getDb();
    const folder = await mkdtemp(join(tmpdir(), 'regreen-renewed-'));
    try {
      const storage = await openStorage(undefined, folder);
      const grid = degreeGrid(80, 30, 600, 30);
      await storage.put(file.key, await sceneTiff({ grid, bands: [() => 500, () => 700] }));
      await storage.put(OLD, new Uint8Array(8));
      const id = (await db.transaction(tx => scenes.upsertScene(tx, MEANING, GROUND, 'c'.repeat(64), null))) as number;
      expect(await queuedAtStart(db)).toEqual([]);
      await scenes.setSceneReady(db.knex, id, GROUND, null);
      await db
        .knex('scene')
        .where({ id })
        .update({ files: JSON.stringify([file]) });
      expect(await queuedAtStart(db)).toEqual([['renew-overviews', { sceneId: id }, `overviews:${id}`]]);

      const context: JobContext = {
        jobId: '',
        signal: new AbortController().signal,
        progress: () => Promise.resolve(),
      };
      const before = await scenes.findScene(db.knex, id);
      await renewOverviews({ db, storage }, id, context);
      const after = await scenes.findScene(db.knex, id);
      expect(after).toMatchObject({ state: 'ready', revision: (before?.revision ?? 0) + 1 });
      expect(after?.files).toMatchObject([{ key: file.key, overviewKey: NEW, widthPx: 600 }]);
      expect(await storage.list('scenes/x/')).toEqual([file.key, NEW]);

      expect(await queuedAtStart(db)).toEqual([]);
      await renewOverviews({ db, storage }, id, context);
      expect((await scenes.findScene(db.knex, id))?.revision).toBe(after?.revision);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
