import { beforeAll, describe, expect, it } from 'vitest';
import { decodeTile, type DecodedFeature } from '../../gis/tiles/decode-tile.ts';
import { tileAt } from '../../gis/tiles/mercator.ts';
import { newHabitat } from '../../server/biodiversity/habitats/habitats.contract.ts';
import { facilityPatch, newFacility } from '../../server/facilities/facilities.contract.ts';
import type { Viewer } from '../../server/platform/viewer.ts';
import { tileSources } from '../../server/portal/tiles/tiles-sources.ts';
import { createTilesService, type TilesService } from '../../server/portal/tiles/tiles.service.ts';
import { blob, randomOf } from '../helpers/blobs.ts';
import { describeOnBothDatabases } from '../helpers/databases.ts';
import { createRooms, makeMine, square, viewerOf, type Rooms } from '../helpers/rooms.ts';

const AS_AT = '2022-12-31';
const admin = viewerOf('admin');
const publicViewer = viewerOf('public');

describeOnBothDatabases('vector tiles', (getDb, kind) => {
  let rooms: Rooms;
  let tiles: TilesService;
  let mine: { id: number; organisationId: number };
  let facilityId: number;

  const draw = async (layer: string, z: number, x: number, y: number, viewer: Viewer = publicViewer) => {
    const plan = await tiles.plan(viewer, { layer, z, x, y }, AS_AT);
    const tile = await tiles.draw(viewer, plan);
    return { plan, tile, layers: decodeTile(tile.bytes) };
  };
  const drawAt = (layer: string, z: number, position: [number, number], viewer?: Viewer) => {
    const { x, y } = tileAt(position, z);
    return draw(layer, z, x, y, viewer);
  };

  beforeAll(async () => {
    const db = getDb();
    rooms = createRooms(db);
    mine = await makeMine(rooms, 'T1');
    tiles = createTilesService({ db, sources: tileSources({ db, ...rooms }), today: () => AS_AT });
    const random = randomOf(7);
    for (let i = 0; i < 60; i++) {
      const made = await rooms.facilities.create(
        admin,
        mine.id,
        newFacility.parse({
          type: 'Feature',
          geometry: blob(random, 101 + random() * 0.2, 36 + random() * 0.2, 0.002 + random() * 0.03, i % 3 === 0),
          properties: {
            type: i % 2 ? 'PIT' : 'WRD',
            nameZh: `设施 ${i}`,
            nameEn: `Facility ${i}`,
            validFrom: i === 5 ? '2030-01-01' : '2012-01-01',
          },
        }),
      );
      facilityId = made.id;
    }
  });

  it('draws the mine at every zoom, alone in the world and cut to pieces', async () => {
    for (const z of [0, 5, 10, 16]) {
      const { layers } = await drawAt('mines', z, [101.05, 36.05]);
      expect(layers.map(layer => layer.name)).toEqual(['mines']);
      expect(layers[0]?.features[0]?.attributes).toMatchObject({
        mineId: mine.id,
        kind: 'LICENCE',
        code: 'T1',
        nameZh: 'T1 矿',
        mineral: 'bauxite',
      });
    }
    const elsewhere = await drawAt('mines', 10, [0, 0]);
    expect(elsewhere.tile.bytes.byteLength).toBe(0);
  });

  it('knows no other layers, zooms or tiles', async () => {
    await expect(tiles.plan(publicViewer, { layer: 'parcels', z: 8, x: 0, y: 0 }, AS_AT)).rejects.toMatchObject({
      code: 'tile-layer-unknown',
    });
    for (const [z, x, y] of [
      [8, 256, 0],
      [8, 0, 256],
      [17, 0, 0],
      [3, 0, 0],
      [8, -1, 0],
      [8, 0.5, 0],
    ] as const) {
      await expect(tiles.plan(publicViewer, { layer: 'facilities', z, x, y }, AS_AT)).rejects.toMatchObject({
        code: 'tile-out-of-range',
      });
    }
  });

  it('changes version and ETag with the data, and only then', async () => {
    const before = await drawAt('facilities', 12, [101.1, 36.1]);
    expect((await drawAt('facilities', 12, [101.1, 36.1])).plan.etag).toBe(before.plan.etag);
    expect((await drawAt('facilities', 12, [101.1, 36.1], admin)).plan.etag).toBe(before.plan.etag);
    const other = await tiles.plan(publicViewer, before.plan.address, '2021-12-31');
    expect(other.etag).not.toBe(before.plan.etag);
    const { revision } = await rooms.facilities.get(mine.id, facilityId);
    await rooms.facilities.patch(
      admin,
      mine.id,
      facilityId,
      facilityPatch.parse({ nameEn: 'Renamed', geometry: square(101.1, 36.1) }),
      revision,
    );
    const after = await drawAt('facilities', 12, [101.105, 36.105]);
    expect(after.plan.version).not.toBe(before.plan.version);
    expect(after.layers[0]?.features.map(feature => feature.attributes['nameEn'])).toContain('Renamed');
  });

  it('leaves out the smallest first when a tile is crowded, and says so', async () => {
    const [source] = tileSources({ db: getDb(), ...rooms }).filter(one => one.layer === 'facilities');
    if (!source) throw new Error('no facilities layer');
    const crowded = createTilesService({ db: getDb(), sources: [{ ...source, limit: 3 }] });
    const { x, y } = tileAt([101.1, 36.1], 8);
    const plan = await crowded.plan(publicViewer, { layer: 'facilities', z: 8, x, y }, AS_AT);
    const tile = await crowded.draw(publicViewer, plan);
    const areas = (decodeTile(tile.bytes)[0]?.features ?? []).map(feature => Number(feature.attributes['areaM2']));
    const largest = (await source.listRows({ key: 'public' }, AS_AT, [90, 30, 110, 40]))
      .map(row => row.areaM2)
      .toSorted((a, b) => b - a);
    expect(tile.isTruncated).toBe(true);
    expect(areas).toEqual(largest.slice(0, 3));
    expect((await draw('facilities', 8, x, y)).tile.isTruncated).toBe(false);
  });

  it('gives each audience its own habitats, its own address and its own ETag', async () => {
    await getDb().transaction(tx => rooms.biodiversity.taxa.loadReference(tx));
    const taxonIds = [(await rooms.biodiversity.taxa.getByName(getDb().knex, 'Aegypius monachus')).id];
    const make = (nameEn: string, more: object) =>
      rooms.biodiversity.habitats.create(
        viewerOf('ecologist'),
        mine.id,
        newHabitat.parse({
          type: 'Feature',
          geometry: square(101.02, 36.02),
          properties: { nameZh: '生境', nameEn, habitatCode: '4.7', validFrom: '2018-01-01', ...more },
        }),
      );
    const open = await make('open meadow', {});
    const before = await drawAt('habitats', 12, [101.025, 36.025]);
    const nest = await make('nest', { taxonIds, uses: ['BREED'] });
    const namesIn = (drawn: { layers: ReturnType<typeof decodeTile> }) =>
      (drawn.layers[0]?.features ?? []).map(feature => String(feature.attributes['nameEn'])).toSorted();
    for (const viewer of [
      publicViewer,
      admin,
      viewerOf('group', mine.organisationId),
      viewerOf('regulator'),
      viewerOf('manager', mine.organisationId),
    ]) {
      expect(namesIn(await drawAt('habitats', 12, [101.025, 36.025], viewer))).toEqual(['open meadow']);
    }
    const after = await drawAt('habitats', 12, [101.025, 36.025]);
    expect([after.plan.version, after.plan.etag, after.tile.bytes]).toEqual([
      before.plan.version,
      before.plan.etag,
      before.tile.bytes,
    ]);
    const exact = await drawAt('habitats', 12, [101.025, 36.025], { ...viewerOf('ecologist'), accountId: 5 });
    expect(namesIn(exact)).toEqual(['nest', 'open meadow']);
    expect(exact.plan.isPublic).toBe(false);
    for (const { layers } of [after, exact]) {
      expect(layers[0]?.features.map(feature => feature.attributes['mineId'])).toEqual(
        layers[0]?.features.map(() => mine.id),
      );
    }
    expect(exact.plan.version).not.toBe(after.plan.version);
    expect(exact.layers[0]?.features.map(feature => String(feature.attributes['habitatId'])).toSorted()).toEqual(
      [open.id, nest.id].toSorted(),
    );
    const logged = (await getDb()
      .knex.withSchema('restricted')
      .from('exact_access_log')
      .where({ account_id: 5, route: 'tiles' })) as { subject_ids: string[] }[];
    expect(logged.map(row => row.subject_ids)).toEqual([[nest.id]]);
  });

  // The embedded PostGIS has no ST_AsMVT to compare with.
  const onPostgres = kind === 'postgres' ? it : () => undefined;
  onPostgres('draws what ST_AsMVT draws: the same features and attributes, geometry within a unit', async () => {
    let compared = 0;
    for (const z of [8, 10, 12, 14, 16]) {
      for (const position of [
        [101.05, 36.05],
        [101.1, 36.1],
        [101.15, 36.12],
        [101.0201, 36.19],
      ] as [number, number][]) {
        const { x, y } = tileAt(position, z);
        const { layers } = await draw('facilities', z, x, y);
        const theirs = decodeTile(await drawInDatabase(z, x, y));
        const byId = (features: readonly DecodedFeature[] = []) =>
          new Map(features.map(feature => [feature.id, feature]));
        const ours = byId(layers[0]?.features);
        const reference = byId(theirs[0]?.features);
        expect(new Set(ours.keys())).toEqual(new Set(reference.keys()));
        for (const [id, feature] of ours) {
          const other = reference.get(id);
          if (!other) continue;
          expect(feature.attributes).toEqual(other.attributes);
          expect(feature.type).toBe(other.type);
          expect(farthest(feature, other)).toBeLessThanOrEqual(1);
          expect(farthest(other, feature)).toBeLessThanOrEqual(1);
          compared++;
        }
      }
    }
    expect(compared).toBeGreaterThan(100);
  });

  async function drawInDatabase(z: number, x: number, y: number): Promise<Uint8Array> {
    const { rows } = await getDb().knex.raw<{ rows: { mvt: Uint8Array }[] }>(
      `select st_asmvt(t, 'facilities', 4096, 'geom', 'feature_id') as mvt
       from (
         select f.id as feature_id, f.id, f.mine_id as "mineId", f.type, f.name_zh as "nameZh", f.name_en as "nameEn",
           f.status, f.area_m2 as "areaM2",
           st_asmvtgeom(st_transform(f.geom, 3857), st_tileenvelope(?, ?, ?), 4096, 64, true) as geom
         from facility f
         where f.geom is not null and f.valid_from <= ?::date and (f.valid_to is null or f.valid_to > ?::date)
         order by f.area_m2 desc, f.id
       ) t where t.geom is not null`,
      [z, x, y, AS_AT, AS_AT],
    );
    return rows[0]?.mvt ?? new Uint8Array();
  }
});

/** The largest distance, in tile units, from a vertex of one to the outline of the other; vertices on the clip border are left out. */
function farthest(one: DecodedFeature, other: DecodedFeature): number {
  let most = 0;
  for (const [px, py] of one.rings.flat()) {
    if (px <= -62 || py <= -62 || px >= 4158 || py >= 4158) continue;
    let nearest = Infinity;
    for (const ring of other.rings) {
      ring.forEach(([ax, ay], i) => {
        const [bx, by] = ring[(i + 1) % ring.length] as [number, number];
        const length2 = (bx - ax) ** 2 + (by - ay) ** 2;
        const t =
          length2 === 0 ? 0 : Math.max(0, Math.min(1, ((px - ax) * (bx - ax) + (py - ay) * (by - ay)) / length2));
        nearest = Math.min(nearest, Math.hypot(px - ax - t * (bx - ax), py - ay - t * (by - ay)));
      });
    }
    most = Math.max(most, nearest);
  }
  return most;
}

describe('the comparison itself', () => {
  it('sees a vertex that is two units off', () => {
    const feature = (dx: number): DecodedFeature => ({
      type: 3,
      attributes: {},
      points: [],
      rings: [
        [
          [0, 0],
          [100 + dx, 0],
          [100, 100],
          [0, 100],
        ],
      ],
    });
    expect(farthest(feature(2), feature(0))).toBe(2);
    expect(farthest(feature(0), feature(0))).toBe(0);
  });
});
