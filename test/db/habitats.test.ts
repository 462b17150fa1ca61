import { beforeAll, expect, it } from 'vitest';
import { habitatListQuery, habitatPatch, newHabitat } from '../../server/biodiversity/habitats/habitats.contract.ts';
import { createPublicReader } from '../../server/biodiversity/public-reader.ts';
import { newOccurrence, occurrenceListQuery } from '../../server/biodiversity/occurrences/occurrences.contract.ts';
import { newSurvey } from '../../server/biodiversity/surveys/surveys.contract.ts';
import type { Viewer } from '../../server/platform/viewer.ts';
import { layerRevision } from '../../server/platform/layers.ts';
import { describeOnBothDatabases } from '../helpers/databases.ts';
import { createRooms, makeMine, square, viewerOf, type Rooms } from '../helpers/rooms.ts';

describeOnBothDatabases('habitats and occurrences', getDb => {
  let rooms: Rooms;
  let mine: { id: number; organisationId: number };
  let taxon: (name: string) => Promise<number>;
  const ecologist = viewerOf('ecologist');
  const steward = viewerOf('steward');

  const habitat = (properties: object, geometry: unknown = square(101.02, 36.02)) =>
    newHabitat.parse({
      type: 'Feature',
      geometry,
      properties: { nameZh: '生境', nameEn: 'Habitat', habitatCode: '4.7', validFrom: '2018-01-01', ...properties },
    });
  const occurrence = (properties: object, coordinates = [101.0312345, 36.0412345]) =>
    newOccurrence.parse({
      type: 'Feature',
      geometry: { type: 'Point', coordinates },
      properties: { eventDate: '2021-05-01', ...properties },
    });
  const names = async (viewer: Viewer, query: object = {}): Promise<string[]> =>
    (await rooms.biodiversity.habitats.list(viewer, mine.id, habitatListQuery.parse(query))).items
      .map(item => item.nameEn)
      .toSorted();

  beforeAll(async () => {
    const db = getDb();
    rooms = createRooms(db);
    mine = await makeMine(rooms, 'H1');
    await db.transaction(tx => rooms.biodiversity.taxa.loadReference(tx));
    await db.transaction(tx => rooms.biodiversity.taxa.loadReference(tx));
    taxon = async name => (await rooms.biodiversity.taxa.getByName(db.knex, name)).id;
    const { habitats } = rooms.biodiversity;
    await habitats.create(
      ecologist,
      mine.id,
      habitat({ nameEn: 'egrets', taxonIds: [await taxon('Egretta garzetta')], uses: ['BREED'] }),
    );
    await habitats.create(
      ecologist,
      mine.id,
      habitat({ nameEn: 'nest', taxonIds: [await taxon('Aegypius monachus')], uses: ['BREED'] }),
    );
    await habitats.create(
      ecologist,
      mine.id,
      habitat({ nameEn: 'cranes', taxonIds: [await taxon('Grus nigricollis')], uses: ['WINTER'] }),
    );
    await habitats.create(
      ecologist,
      mine.id,
      habitat({ nameEn: 'griffons', taxonIds: [await taxon('Gyps himalayensis')], uses: ['BREED'] }),
    );
    await habitats.create(
      ecologist,
      mine.id,
      habitat({ nameEn: 'thrushes', taxonIds: [await taxon('Garrulax canorus')], uses: ['FORAGE'] }),
    );
  });

  it('knows the protection of a taxon, and lists taxa by any of their names', async () => {
    const found = await rooms.biodiversity.taxa.list({ q: '秃鹫', limit: 10 });
    expect(found.items).toMatchObject([
      {
        scientificName: 'Aegypius monachus',
        statuses: [
          { list: 'CITES', level: 'II' },
          { list: 'CN_WILDLIFE_2021', level: 'I' },
          { list: 'IUCN_RL', level: 'NT' },
        ],
      },
    ]);
    expect((await rooms.biodiversity.taxa.list({ q: 'little egret', limit: 10 })).items).toHaveLength(1);
  });

  it('gives each role what it may see and nothing of the rest', async () => {
    expect(await names(viewerOf('public'))).toEqual(['egrets']);
    expect(await names(viewerOf('admin', mine.organisationId))).toEqual(['egrets']);
    expect(await names(viewerOf('group', mine.organisationId))).toEqual(['egrets']);
    expect(await names(viewerOf('manager', mine.organisationId))).toEqual(['egrets']);
    expect(await names(viewerOf('regulator'))).toEqual(['cranes', 'egrets', 'griffons', 'thrushes']);
    expect(await names(ecologist)).toEqual(['cranes', 'egrets', 'griffons', 'nest', 'thrushes']);
    expect(await names(steward)).toEqual(['cranes', 'egrets', 'griffons', 'nest', 'thrushes']);
  });

  it('answers an id that the viewer may not see as one that does not exist', async () => {
    const { items } = await rooms.biodiversity.habitats.list(ecologist, mine.id, habitatListQuery.parse({}));
    const nest = items.find(item => item.nameEn === 'nest');
    expect(nest).toMatchObject({
      sensitivity: 1,
      habitatNameZh: '亚热带/热带高海拔草地',
      geometry: { type: 'MultiPolygon' },
    });
    const absent = '00000000-0000-4000-8000-000000000000';
    for (const viewer of [viewerOf('public'), viewerOf('admin'), viewerOf('regulator')]) {
      await expect(rooms.biodiversity.habitats.get(viewer, mine.id, nest?.id ?? '')).rejects.toMatchObject({
        code: 'not-found',
        params: { kind: 'habitat' },
      });
      await expect(rooms.biodiversity.habitats.get(viewer, mine.id, absent)).rejects.toMatchObject({
        code: 'not-found',
        params: { kind: 'habitat' },
      });
    }
    await expect(
      rooms.biodiversity.habitats.patch(viewerOf('admin'), mine.id, nest?.id ?? '', { nameEn: 'x' }, 99),
    ).rejects.toMatchObject({ code: 'not-found' });
  });

  it('keeps the place out of the ordinary table, and out of reach of the role that public reads put on', async () => {
    const rows = (await getDb()
      .knex('habitat_patch')
      .whereNot({ sensitivity: 0 })
      .select('geom', 'area_m2')) as object[];
    expect(rows).toHaveLength(4);
    expect(rows.every(row => Object.values(row).every(value => value === null))).toBe(true);
    const readAsPublic = createPublicReader(getDb());
    expect(await readAsPublic(open => open('habitat_patch').pluck('name_en'))).toEqual(['egrets']);
    expect(await readAsPublic(open => open('habitat_taxon').select('*'))).toHaveLength(1);
    for (const table of ['habitat_geometry', 'occurrence_geometry', 'exact_access_log']) {
      await expect(readAsPublic(open => open.withSchema('restricted').from(table).select('*'))).rejects.toMatchObject({
        code: '42501',
      });
    }
    await expect(readAsPublic(open => open('account').select('*'))).rejects.toMatchObject({ code: '42501' });
  });

  it('lets an administrator write a sensitive place but gives it back without the place', async () => {
    const made = await rooms.biodiversity.habitats.create(
      viewerOf('admin'),
      mine.id,
      habitat({ nameEn: 'typed in', taxonIds: [await taxon('Manis pentadactyla')] }),
    );
    expect(made).toMatchObject({ sensitivity: 1, geometry: null, areaM2: null });
    expect(await names(viewerOf('admin'))).not.toContain('typed in');
    expect(await names(steward)).toContain('typed in');
  });

  it('lets anyone tighten, only a steward loosen, and moves the place between the stores', async () => {
    const { habitats } = rooms.biodiversity;
    const made = await habitats.create(
      ecologist,
      mine.id,
      habitat({ nameEn: 'moved', taxonIds: [await taxon('Grus nigricollis')], uses: ['WINTER'], sensitivity: 0 }),
    );
    expect(made.sensitivity).toBe(2);
    const patch = (viewer: Viewer, body: object, ifMatch: number) =>
      habitats.patch(viewer, mine.id, made.id, habitatPatch.parse(body), ifMatch);
    await expect(patch(steward, { sensitivity: 0 }, 1)).rejects.toMatchObject({
      code: 'sensitivity-reason-required',
      params: { computed: 2 },
    });
    const publicBefore = await layerRevision(getDb().knex, 'habitats');
    const opened = await patch(steward, { sensitivity: 0, sensitivityReason: '公开湖面,无巢' }, 1);
    expect(opened).toMatchObject({ sensitivity: 0, geometry: made.geometry, revision: 2 });
    expect(await layerRevision(getDb().knex, 'habitats')).toBeGreaterThan(publicBefore);
    expect(await names(viewerOf('public'))).toEqual(['egrets', 'moved']);
    expect(await getDb().knex.withSchema('restricted').from('habitat_geometry').where({ patch_id: made.id })).toEqual(
      [],
    );
    expect(await patch(steward, { nameEn: 'moved twice' }, 2)).toMatchObject({ sensitivity: 0 });
    expect(await patch(ecologist, { sensitivity: 1, geometry: square(101.05, 36.05) }, 3)).toMatchObject({
      sensitivity: 1,
      revision: 4,
    });
    expect(await names(viewerOf('public'))).toEqual(['egrets']);
    await expect(patch(ecologist, { nameEn: 'late' }, 3)).rejects.toMatchObject({
      code: 'stale-revision',
      params: { currentRevision: 4 },
    });
    const history = await getDb()
      .knex('audit_entry')
      .where({ subject_kind: 'habitat', subject_id: made.id })
      .orderBy('id');
    expect(history).toHaveLength(4);
    expect(JSON.stringify(history.at(-1)?.after)).not.toContain('101.05');
  });

  it('a hidden change moves no revision that those can read who may not know of it', async () => {
    const layers = ['habitats', 'habitats-exact', 'habitats-strictest'] as const;
    const revisions = (): Promise<number[]> => Promise.all(layers.map(layer => layerRevision(getDb().knex, layer)));
    const [open = 0, exact = 0, strictest = 0] = await revisions();
    await rooms.biodiversity.habitats.create(
      ecologist,
      mine.id,
      habitat({ nameEn: 'another nest', taxonIds: [await taxon('Aegypius monachus')] }),
    );
    expect(await revisions()).toEqual([open, exact, strictest + 1]);
  });

  it('ends the version that another one supersedes', async () => {
    const { habitats } = rooms.biodiversity;
    const first = await habitats.create(ecologist, mine.id, habitat({ nameEn: 'meadow' }));
    const second = await habitats.create(
      ecologist,
      mine.id,
      habitat({ nameEn: 'meadow, smaller', validFrom: '2021-01-01', supersedes: first.id }),
    );
    expect(second.supersedes).toBe(first.id);
    expect((await habitats.get(ecologist, mine.id, first.id)).validTo).toBe('2021-01-01');
    expect(await names(viewerOf('public'), { asAt: '2020-12-31' })).toEqual(['egrets', 'meadow']);
    expect(await names(viewerOf('public'), { asAt: '2021-01-01' })).toEqual(['egrets', 'meadow, smaller']);
    expect(await names(viewerOf('public'), { bbox: '0,0,1,1' })).toEqual([]);
    await expect(habitats.create(ecologist, mine.id, habitat({ seasonFrom: '03-01' }))).rejects.toMatchObject({
      code: 'season-incomplete',
    });
  });

  it('writes down who read which sensitive places, without a coordinate and once an hour', async () => {
    const log = () => getDb().knex.withSchema('restricted').from('exact_access_log').orderBy('id');
    const before = ((await log()) as unknown[]).length;
    const reader: Viewer = { ...viewerOf('regulator'), accountId: 77 };
    await names(reader);
    await names(reader);
    const rows = (await log()).slice(before) as { subject_ids: string[]; role: string; account_id: number }[];
    expect(rows).toMatchObject([{ account_id: 77, role: 'regulator', route: 'habitats', subject_kind: 'habitat' }]);
    // Categories 2, 3 and 4: all that a regulator reads beyond the public.
    expect(rows[0]?.subject_ids).toHaveLength(3);
    expect(JSON.stringify(rows)).not.toContain('101.0');
  });

  it('hides occurrences the same way, and an unidentified one too', async () => {
    const { occurrences, surveys } = rooms.biodiversity;
    const hidden = await surveys.create(
      ecologist,
      mine.id,
      newSurvey.parse({ eventType: 'transect', eventDate: '2021-05-01', sensitivity: 2 }),
    );
    const open = await surveys.create(
      ecologist,
      mine.id,
      newSurvey.parse({ eventType: 'pointCount', eventDate: '2021-05-02' }),
    );
    const make = (properties: object) => occurrences.create(ecologist, mine.id, occurrence(properties));
    const egret = await make({ scientificName: 'Egretta garzetta', surveyId: open.id, individualCount: 12 });
    expect(egret).toMatchObject({
      sensitivity: 0,
      geometry: { coordinates: [101.0312345, 36.0412345] },
      taxon: { nameZh: '白鹭' },
    });
    expect(await make({ scientificName: 'Egretta garzetta', surveyId: hidden.id })).toMatchObject({ sensitivity: 2 });
    expect(await make({ scientificName: 'Aegypius monachus', use: 'FORAGE' })).toMatchObject({ sensitivity: 2 });
    expect(await make({})).toMatchObject({ sensitivity: 2, taxon: null });
    await expect(make({ scientificName: 'Falco vespertinus' })).rejects.toMatchObject({ code: 'taxon-unknown' });
    const ids = async (viewer: Viewer, query: object = {}) =>
      (await occurrences.list(viewer, mine.id, occurrenceListQuery.parse(query))).items.map(item => item.id);
    expect(await ids(viewerOf('public'))).toEqual([egret.id]);
    expect(await ids(viewerOf('manager', mine.organisationId))).toEqual([egret.id]);
    expect(await ids(ecologist)).toHaveLength(4);
    expect(await ids(ecologist, { taxon: await taxon('Egretta garzetta') })).toHaveLength(2);
    expect(await ids(viewerOf('public'), { from: '2021-05-02' })).toEqual([]);
    const visible = async (viewer: Viewer) =>
      (await surveys.list(viewer, mine.id, { limit: 10 })).items.map(item => item.id);
    expect(await visible(viewerOf('public'))).toEqual([open.id]);
    expect((await visible(ecologist)).toSorted()).toEqual([open.id, hidden.id].toSorted());
    await expect(
      occurrences.create(
        viewerOf('admin'),
        mine.id,
        occurrence({ scientificName: 'Egretta garzetta', surveyId: hidden.id }),
      ),
    ).rejects.toMatchObject({ code: 'survey-unknown' });
    await expect(occurrences.create(ecologist, mine.id, occurrence({}, [36.04, 101.03]))).rejects.toMatchObject({
      code: 'coordinates-swapped',
    });
  });
});
