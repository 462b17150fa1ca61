// What is missing, what is written, and what goes with its land; on both databases.
import { beforeAll, expect, it } from 'vitest';
import type { Polygon } from '../../gis/types.ts';
import type { SceneGround } from '../../server/imagery/scenes/scenes.repository.ts';
import * as scenes from '../../server/imagery/scenes/scenes.repository.ts';
import { createImageryService } from '../../server/imagery/imagery.service.ts';
import type { Jobs } from '../../server/platform/jobs/jobs.ts';
import type { Storage } from '../../server/platform/storage/storage.ts';
import { getIndex, INDEX_CODES, type IndexCode } from '../../server/imagery/indices.ts';
import type { ZoneMeasure } from '../../server/imagery/statistics/measure-zones.ts';
import * as statistics from '../../server/imagery/statistics/statistics.repository.ts';
import * as vegetation from '../../server/imagery/vegetation/vegetation.repository.ts';
import { ALGORITHM_VERSION } from '../../server/imagery/statistics/judge-zone.ts';
import { newEvent } from '../../server/land/events/events.contract.ts';
import { createLandService, type LandService } from '../../server/land/land.service.ts';
import { createPublicReader } from '../../server/biodiversity/public-reader.ts';
import type { Database } from '../../server/platform/db/database.ts';
import { describeOnBothDatabases } from '../helpers/databases.ts';
import { createRooms, makeMine, square, viewerOf } from '../helpers/rooms.ts';

const VERSION = ALGORITHM_VERSION;
const admin = viewerOf('admin');

const measure = (index: ZoneMeasure['index'], mean: number, status: ZoneMeasure['status'] = 'ok'): ZoneMeasure => ({
  index,
  status,
  mean,
  stdev: 0.05,
  min: mean,
  max: mean,
  median: mean,
  vegetatedAreaM2: 10,
  validFraction: 1,
  nEff: 50,
});

describeOnBothDatabases('statistics of scenes', getDb => {
  let db: Database;
  let land: LandService;
  let mineId: number;
  let sceneId: number;

  const addScene = async (on: string, sha256: string, west = 101, south = 36, side = 0.1): Promise<number> => {
    const ground: SceneGround = {
      files: [],
      footprint: square(west, south, side) as unknown as Polygon,
      crs: 'EPSG:4326',
      widthPx: 10,
      heightPx: 10,
      cellSizeM: 10,
    };
    const meaning = {
      acquiredOn: on,
      sensor: 'test',
      bands: { red: { file: 'a', band: 1 }, nir: { file: 'a', band: 2 } },
      mask: null,
      maskClasses: [3, 8],
      keepClasses: [],
      scale: 1e-4,
      offset: -0.1,
      noData: null,
      processingBaseline: '05.09',
      cloudFraction: 0.2,
      isPublic: true,
      mineId: null,
    };
    const id = await db.transaction(tx => scenes.upsertScene(tx, meaning, ground, sha256, null));
    if (id === undefined) throw new Error('scene was there');
    await scenes.setSceneReady(db.knex, id, ground, { low: 0, high: 0.3 });
    return id;
  };
  const event = (west: number, stage: string, on: string) =>
    land.events.record(
      admin,
      mineId,
      newEvent.parse({
        type: 'Feature',
        geometry: square(west, 36.02, 0.01),
        properties: { stage, effectiveOn: on, scope: 'LIC', evidenceGrade: 'E0', damageType: 'EXC' },
      }),
    );
  const wanted = (indices: readonly IndexCode[], version = VERSION) => ({ sceneId, version, indices });
  const missing = (store: 'open' | 'restricted' = 'open', indices: readonly IndexCode[] = ['ndvi']) =>
    statistics.listMissingTargets(db.knex, store, wanted(indices), 100, 1e6);
  const filter = (index: IndexCode) => ({
    index,
    bands: getIndex(index).bands,
    version: VERSION,
    from: null,
    to: null,
    sceneId: null,
    publicOnly: false,
  });

  beforeAll(async () => {
    db = getDb();
    const rooms = createRooms(db);
    land = createLandService({ db, mines: rooms.mines });
    mineId = (await makeMine(rooms, 'STAT')).id;
    await event(101.01, 'DST', '2019-01-01');
    await event(101.03, 'DST', '2019-01-01');
    await event(101.03, 'EST', '2020-01-01');
    sceneId = await addScene('2021-07-01', 'a'.repeat(64));
  }, 120_000);

  it('keeps a scene as it was described, and one of the same content once', async () => {
    const scene = await scenes.findScene(db.knex, sceneId);
    expect(scene).toMatchObject({
      acquiredOn: '2021-07-01',
      state: 'ready',
      maskClasses: [3, 8],
      keepClasses: [],
      noData: null,
      offset: -0.1,
      stretch: { low: 0, high: 0.3 },
      bbox: [101, 36, 101.1, 36.1],
      revision: 2,
    });
    await expect(addScene('2021-07-01', 'a'.repeat(64))).rejects.toThrow('scene was there');
  });

  it('takes up a failed scene again', async () => {
    const id = await addScene('2018-07-01', 'b'.repeat(64), 80, 30);
    await scenes.setSceneFailed(db.knex, id, 'raster-truncated', { file: 'a' });
    expect(await scenes.findScene(db.knex, id)).toMatchObject({ state: 'failed', faultCode: 'raster-truncated' });
    expect(await addScene('2018-07-01', 'b'.repeat(64), 80, 30)).toBe(id);
    expect(await scenes.findScene(db.knex, id)).toMatchObject({ state: 'ready', faultCode: null });
  });

  it('lists what lies on a scene on its day, once, until it is written', async () => {
    const targets = await missing();
    expect(targets.map(({ kind }) => kind)).toEqual(['land', 'land']);
    expect(targets[0]?.wkb.byteLength).toBeGreaterThan(100);
    expect(await statistics.countOpenMissing(db.knex, wanted(['ndvi']))).toBe(2);
    const results = targets.map((target, at) => ({
      target,
      measures: [measure('ndvi', 0.2 + at), measure('fvc', 0.1)],
    }));
    expect(await statistics.storeMeasures(db.knex, sceneId, VERSION, results)).toBe(4);
    // Again: the same rows, not more.
    expect(await statistics.storeMeasures(db.knex, sceneId, VERSION, results)).toBe(4);
    expect(await db.knex('zonal_stat').count<{ count: number }[]>('* as count')).toEqual([{ count: 4 }]);
    expect(await missing()).toEqual([]);
    // Of another version of the computation everything is missing.
    expect(await statistics.countOpenMissing(db.knex, wanted(['ndvi'], VERSION + 1))).toBe(2);
  });

  it('asks for the indices that came later, of scenes whose bands allow them', async () => {
    const later = await missing('open', ['ndvi', 'savi', 'fvc']);
    expect(later.map(({ indices }) => indices)).toEqual([['savi'], ['savi']]);
    expect(await statistics.countOpenMissing(db.knex, wanted(['ndvi', 'savi']))).toBe(2);
    expect(await statistics.listScenesBehind(db.knex, VERSION)).toEqual([sceneId]);
    expect(await statistics.listScenesMissing(db.knex, mineId, VERSION)).toEqual([sceneId]);
    const rest = INDEX_CODES.filter(index => !['ndvi', 'fvc', 'savi', 'nbr', 'ndmi', 'bsi'].includes(index));
    const complete = (target: statistics.MissingTarget) => ({
      target,
      measures: rest.map(index => measure(index, 0.3)),
    });
    await statistics.storeMeasures(db.knex, sceneId, VERSION, later.map(complete));
    expect(await statistics.listScenesMissing(db.knex, mineId, VERSION)).toEqual([sceneId]);
    // What red and near infrared allow is there now but for SAVI; the others are not missed.
    await statistics.storeMeasures(
      db.knex,
      sceneId,
      VERSION,
      later.map(target => ({ target, measures: [measure('savi', 0.3)] })),
    );
    expect(await statistics.listScenesMissing(db.knex, mineId, VERSION)).toEqual([]);
    expect(await statistics.listScenesBehind(db.knex, VERSION)).toEqual([]);
    expect(await statistics.listScenesBehind(db.knex, VERSION + 1)).toEqual([sceneId]);
    const rows = await vegetation.listLandRows(db.knex, { mineId, periodId: null }, filter('nbr'), all());
    expect(rows).toMatchObject([
      { status: 'bands-missing', missingBands: ['swir2'], mean: null },
      { status: 'bands-missing', missingBands: ['swir2'], mean: null },
    ]);
    const [stage] = await vegetation.listStageRows(db.knex, { mineId, periodId: null }, filter('bsi'));
    expect(stage).toMatchObject({ status: 'bands-missing', mean: null, leftOut: { cellCount: 1 } });
  });

  it('queues at the start what scenes of an older version lack, once each', async () => {
    const queued: unknown[] = [];
    const jobs = {
      define: () => undefined,
      enqueue: (_tx: unknown, kind: string, payload: unknown, options: { key?: string }) => {
        queued.push([kind, payload, options.key]);
        return Promise.resolve('');
      },
    } as unknown as Jobs;
    const { mines, biodiversity } = createRooms(db);
    const storage = {} as Storage;
    const start = () => createImageryService({ db, storage, jobs, mines, land, biodiversity }).catchUp();
    await start();
    expect(queued).toEqual([]);
    await db.knex('zonal_stat').where({ scene_id: sceneId, index_code: 'evi2' }).update({ algorithm_version: 1 });
    await start();
    expect(queued).toEqual([['zonal-scene', { sceneId }, `scene:${sceneId}`]]);
    await db.knex('zonal_stat').where({ scene_id: sceneId, index_code: 'evi2' }).update({ algorithm_version: VERSION });
  });

  it('replaces the rows of an older version of the computation, of land too', async () => {
    const [target] = await statistics.listMissingTargets(db.knex, 'open', wanted(['ndvi'], VERSION + 1), 1, 1e6);
    if (target === undefined) throw new Error('nothing missing');
    const versions = () =>
      db
        .knex('zonal_stat')
        .where({ target_kind: 'land', target_id: target.targetId, index_code: 'msavi2' })
        .pluck('algorithm_version') as Promise<number[]>;
    await statistics.storeMeasures(db.knex, sceneId, VERSION - 1, [{ target, measures: [measure('msavi2', 0.1)] }]);
    expect(await versions()).toEqual([VERSION]);
  });

  it('stops after so many points, but always gives one target', async () => {
    const few = await statistics.listMissingTargets(db.knex, 'open', wanted(['ndvi'], VERSION + 1), 100, 1);
    expect(few).toHaveLength(1);
    expect(await statistics.listMissingTargets(db.knex, 'open', wanted(['ndvi'], VERSION + 1), 1, 1e6)).toHaveLength(1);
  });

  it('gives rows, means by stage weighted by area, and what was left out', async () => {
    const source = { mineId, periodId: null };
    const page = { targetId: null, limit: 10, after: null };
    const rows = await vegetation.listLandRows(db.knex, source, filter('ndvi'), page);
    expect(new Set(rows.map(({ stage, status }) => `${stage} ${status}`))).toEqual(new Set(['DST ok', 'EST ok']));
    expect(
      await vegetation.listLandRows(db.knex, source, { ...filter('savi'), version: VERSION + 1 }, page),
    ).toMatchObject([
      { status: 'not-computed', mean: null },
      { status: 'not-computed', mean: null },
    ]);
    const stages = await vegetation.listStageRows(db.knex, source, filter('ndvi'));
    expect(stages).toMatchObject([
      { stage: 'DST', cellCount: 1, leftOut: { cellCount: 0, areaM2: 0 }, status: 'ok', fvc: 0.1 },
      { stage: 'EST', cellCount: 1, status: 'ok' },
    ]);
  });

  it('asks for what new land lacks, and drops the rows of land that is replaced', async () => {
    const before = (await vegetation.listLandRows(db.knex, { mineId, periodId: null }, filter('ndvi'), all())).length;
    expect(await statistics.listScenesMissing(db.knex, mineId, VERSION)).toEqual([]);
    const { id } = await event(101.05, 'DST', '2021-01-01');
    expect(await statistics.listScenesMissing(db.knex, mineId, VERSION)).toEqual([sceneId]);
    const [target] = await missing();
    if (target === undefined) throw new Error('nothing missing');
    expect(await statistics.anyCellSeen(db.knex, [Number(target.targetId)])).toBe(true);
    await statistics.storeMeasures(db.knex, sceneId, VERSION, [{ target, measures: [measure('ndvi', 0.3)] }]);
    await land.events.retract(admin, mineId, id, 'test', 1);
    const rows = await db.knex('zonal_stat').where({ target_id: target.targetId, target_kind: 'land' });
    expect(rows).toEqual([]);
    // A result that comes too late finds no cell and is left out.
    expect(
      await statistics.storeMeasures(db.knex, sceneId, VERSION, [{ target, measures: [measure('ndvi', 0.3)] }]),
    ).toBe(0);
    expect(await vegetation.listLandRows(db.knex, { mineId, periodId: null }, filter('ndvi'), all())).toHaveLength(
      before,
    );
  });

  it('keeps the rows of a published cell when the working ledger drops it', async () => {
    const { id } = await event(101.07, 'DST', '2021-01-01');
    const [target] = await missing();
    if (target === undefined) throw new Error('nothing missing');
    await statistics.storeMeasures(db.knex, sceneId, VERSION, [{ target, measures: [measure('ndvi', 0.3)] }]);
    const period = await land.periods.publish(admin, mineId, { asAt: '2021-12-31' });
    await land.events.retract(admin, mineId, id, 'test', 1);
    const rows = await vegetation.listLandRows(db.knex, { mineId, periodId: period.id }, filter('ndvi'), all());
    expect(rows.find(({ targetId }) => String(targetId) === target.targetId)).toMatchObject({ mean: 0.3 });
    const working = await vegetation.listLandRows(db.knex, { mineId, periodId: null }, filter('ndvi'), all());
    expect(working.some(({ targetId }) => String(targetId) === target.targetId)).toBe(false);
  });

  it('pools land in use and reference areas of a day for the judgement', async () => {
    const [area] = (await db
      .knex('reference_area')
      .insert({
        mine_id: mineId,
        ecosystem_zh: '草原',
        ecosystem_en: 'grassland',
        geom: db.knex.raw(`st_multi(st_makeenvelope(101.08, 36.08, 101.09, 36.09, 4326))`),
        valid_from: '2015-01-01',
      })
      .returning('id')) as { id: number }[];
    const [target] = (await missing()).filter(({ kind }) => kind === 'reference');
    expect(target?.targetId).toBe(String(area?.id));
    if (target === undefined) return;
    await statistics.storeMeasures(db.knex, sceneId, VERSION, [{ target, measures: [measure('ndvi', 0.7)] }]);
    const observed = await vegetation.listObservations(db.knex, { mineId, periodId: null }, filter('ndvi'));
    expect(observed).toHaveLength(1);
    expect(observed[0]).toMatchObject({
      sceneId,
      acquiredOn: '2021-07-01',
      disturbed: { nEff: 50, validFraction: 1 },
      reference: { nEff: 50 },
    });
    expect(observed[0]?.reference?.mean).toBeCloseTo(0.7, 12);
  });

  it('forgets older versions of a facility when a newer one is measured', async () => {
    const [facility] = (await db
      .knex('facility')
      .insert({
        mine_id: mineId,
        type: 'WRD',
        name_zh: '排土场',
        name_en: 'dump',
        geom: db.knex.raw(`st_multi(st_makeenvelope(101.05, 36.06, 101.06, 36.07, 4326))`),
        valid_from: '2015-01-01',
        status: 'operate',
      })
      .returning('id')) as { id: number }[];
    const write = async (): Promise<void> => {
      const target = (await missing()).find(({ kind }) => kind === 'facilities');
      if (target === undefined) throw new Error('nothing missing');
      await statistics.storeMeasures(db.knex, sceneId, VERSION, [{ target, measures: [measure('ndvi', 0.4)] }]);
    };
    await write();
    await db.knex('facility').where({ id: facility?.id }).update({ revision: 2 });
    await write();
    const rows = (await db.knex('zonal_stat').where({ facility_id: facility?.id })) as { target_version: number }[];
    expect(rows.map(row => row.target_version)).toEqual([2]);
    const listed = await vegetation.listFacilityRows(db.knex, mineId, filter('ndvi'), all());
    expect(listed).toMatchObject([{ targetId: facility?.id, status: 'ok' }]);
  });

  it('shows habitats of a category only to who may see them', async () => {
    const [open, secret] = (await db
      .knex('habitat_patch')
      .insert([
        { ...habitat('open', 0), geom: db.knex.raw(`st_multi(st_makeenvelope(101.01, 36.06, 101.02, 36.07, 4326))`) },
        habitat('secret', 2),
      ])
      .returning('id')) as { id: string }[];
    await db.knex.raw(
      'insert into restricted.habitat_geometry (patch_id, geom) values (?, st_multi(st_makeenvelope(101.03, 36.06, 101.04, 36.07, 4326)))',
      [secret?.id ?? ''],
    );
    const habitatsOf = async (store: 'open' | 'restricted'): Promise<string[]> =>
      (await missing(store)).filter(({ kind }) => kind === 'habitats').map(({ targetId }) => targetId);
    expect(await habitatsOf('open')).toEqual([open?.id]);
    expect(await habitatsOf('restricted')).toEqual([secret?.id]);
    for (const store of ['open', 'restricted'] as const) {
      const targets = (await missing(store)).filter(({ kind }) => kind === 'habitats');
      const results = targets.map(target => ({ target, measures: [measure('ndvi', 0.6)] }));
      await statistics.storeMeasures(db.knex, sceneId, VERSION, results);
    }
    const ids = (rows: readonly { targetId: unknown }[]): unknown[] => rows.map(row => row.targetId);
    const args = [mineId, filter('ndvi'), all()] as const;
    expect(ids(await vegetation.listOpenHabitatRows(db.knex, ...args))).toEqual([open?.id]);
    const seenBy = async (categories: readonly number[]): Promise<unknown[]> =>
      ids(await vegetation.listExactHabitatRows(db.knex, mineId, categories, filter('ndvi'), all()));
    expect(await seenBy([3, 4])).toEqual([open?.id]);
    expect(new Set(await seenBy([2]))).toEqual(new Set([open?.id, secret?.id]));
    // The second wall: under the role of public reads the rows of hidden habitats are not there at all.
    const readAsPublic = createPublicReader(db);
    const rows = await readAsPublic(role => role('zonal_stat').whereNotNull('habitat_id').pluck('habitat_id'));
    expect(rows).toEqual([open?.id]);
    expect(ids(await readAsPublic(role => vegetation.listOpenHabitatRows(role, ...args)))).toEqual([open?.id]);
    await expect(
      readAsPublic(role => vegetation.listExactHabitatRows(role, mineId, [2], filter('ndvi'), all())),
    ).rejects.toMatchObject({ code: '42501' });
    await expect(
      readAsPublic(role => role.withSchema('restricted').from('scene_target').select('*')),
    ).rejects.toMatchObject({ code: '42501' });
  });

  it('computes for a mine whose only news is a hidden habitat', async () => {
    await db.knex('zonal_stat').whereNotNull('habitat_id').delete();
    await db.knex('habitat_patch').where({ sensitivity: 0 }).delete();
    const open = await missing('open', ['ndvi']);
    await statistics.storeMeasures(
      db.knex,
      sceneId,
      VERSION,
      open.map(target => ({ target, measures: [measure('ndvi', 0.1)] })),
    );
    expect(await missing('open')).toEqual([]);
    expect(await missing('restricted')).toHaveLength(1);
    expect(await statistics.listScenesMissing(db.knex, mineId, VERSION)).toContain(sceneId);
  });

  const all = () => ({ targetId: null, limit: 100, after: null });
  const habitat = (name: string, sensitivity: number) => ({
    mine_id: mineId,
    name_zh: name,
    name_en: name,
    habitat_code: '4.4',
    uses: db.knex.raw(`'{}'::text[]`),
    sensitivity,
    valid_from: '2015-01-01',
  });
});
