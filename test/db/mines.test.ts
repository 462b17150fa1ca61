import { beforeAll, expect, it } from 'vitest';
import { newBoundary } from '../../server/mines/boundaries.contract.ts';
import { mineListQuery, newMine } from '../../server/mines/mines.contract.ts';
import { describeOnBothDatabases } from '../helpers/databases.ts';
import { createRooms, makeMine, square, viewerOf, type Rooms } from '../helpers/rooms.ts';

const boundary = (kind: string, validFrom: string, more: object = {}, geometry: unknown = square(101, 36, 0.05)) =>
  newBoundary.parse({ type: 'Feature', geometry, properties: { kind, validFrom, ...more } });

describeOnBothDatabases('mines and boundaries', getDb => {
  let rooms: Rooms;
  let mine: { id: number; organisationId: number };
  const admin = viewerOf('admin');

  beforeAll(async () => {
    rooms = createRooms(getDb());
    mine = await makeMine(rooms, 'M1');
  });

  it('makes the mine and its licence boundary at once, with area on the ellipsoid and history', async () => {
    const made = await rooms.mines.get(admin, mine.id);
    expect(made).toMatchObject({
      code: 'M1',
      organisationCode: 'ORG-M1',
      province: 'QH',
      revision: 1,
      landRevision: 0,
    });
    expect(made.bbox).toEqual([101, 36, 101.1, 36.1]);
    expect(made.areaM2).toBeGreaterThan(99e6);
    expect(made.areaM2).toBeLessThan(101e6);
    expect(made.geometry?.type).toBe('MultiPolygon');
    const [licence] = (await rooms.boundaries.list(mine.id, { limit: 10 })).items;
    expect(licence).toMatchObject({ kind: 'LICENCE', validFrom: '2010-01-01', validTo: null, areaM2: made.areaM2 });
    const history = await getDb()
      .knex('audit_entry')
      .where({ subject_kind: 'mine', subject_id: String(mine.id) });
    expect(history).toMatchObject([{ action: 'mine.create', username: 'admin', before: null }]);
    await expect(getDb().knex('audit_entry').delete()).rejects.toThrow('append-only');
  });

  it('leaves nothing behind when the boundary is bad, and names the fault and its place', async () => {
    const bowTie = { type: 'Polygon', coordinates: [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]] }; // prettier-ignore
    const feature = newMine.parse({
      type: 'Feature',
      geometry: bowTie,
      properties: {
        code: 'BAD',
        nameZh: '坏',
        nameEn: 'Bad',
        organisationCode: 'ORG-M1',
        mineral: 'coal',
        method: 'open',
      },
    });
    await expect(rooms.mines.create(admin, feature)).rejects.toMatchObject({
      code: 'ring-crosses-itself',
      errors: [{ code: 'ring-crosses-itself', position: [0.5, 0.5] }],
    });
    expect((await rooms.mines.list(mineListQuery.parse({ q: 'BAD' }))).items).toEqual([]);
  });

  it('refuses a second mine of the same code and an organisation that is not there', async () => {
    const properties = {
      code: 'M1',
      nameZh: '二',
      nameEn: 'Two',
      organisationCode: 'ORG-M1',
      mineral: 'coal',
      method: 'open',
    };
    const feature = (more: object) =>
      newMine.parse({ type: 'Feature', geometry: square(101, 36), properties: { ...properties, ...more } });
    await expect(rooms.mines.create(admin, feature({}))).rejects.toMatchObject({ code: 'mine-code-taken' });
    await expect(rooms.mines.create(admin, feature({ organisationCode: 'NONE' }))).rejects.toMatchObject({
      code: 'organisation-unknown',
      params: { code: 'NONE' },
    });
    await expect(
      rooms.mines.create(viewerOf('manager', mine.organisationId + 1), feature({ code: 'M9' })),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('filters and pages by code', async () => {
    await makeMine(rooms, 'M2', 110, 30);
    await makeMine(rooms, 'M3', 110, 31);
    const list = (query: object) => rooms.mines.list(mineListQuery.parse(query));
    const codes = async (query: object) => (await list(query)).items.map(item => item.code);
    expect(await codes({})).toEqual(['M1', 'M2', 'M3']);
    expect(await codes({ bbox: '109,29,111,30.05' })).toEqual(['M2']);
    expect(await codes({ organisation: 'ORG-M3' })).toEqual(['M3']);
    expect(await codes({ q: 'm2 MINE' })).toEqual(['M2']);
    expect(await codes({ province: 'QH', mineral: 'bauxite', status: 'operate' })).toEqual(['M1', 'M2', 'M3']);
    expect(await codes({ mineral: 'copper' })).toEqual([]);
    const first = await list({ limit: 2 });
    expect(first.items.map(item => item.code)).toEqual(['M1', 'M2']);
    const second = await list({ limit: 2, cursor: first.nextCursor });
    expect(second).toMatchObject({ items: [{ code: 'M3' }], nextCursor: null });
    expect(first.items[0]).not.toHaveProperty('geometry');
    expect(first.items[0]).not.toHaveProperty('organisationId');
  });

  it('finds the mines of all organisations below one', async () => {
    const top = await rooms.organisations.create(admin, {
      code: 'GROUP',
      nameZh: '集团',
      nameEn: 'Group',
      parentCode: null,
      kind: 'group',
    });
    await getDb().knex('organisation').whereIn('code', ['ORG-M1', 'ORG-M2']).update({ parent_id: top.id });
    const found = await rooms.mines.list(mineListQuery.parse({ organisation: 'GROUP' }));
    expect(found.items.map(item => item.code)).toEqual(['M1', 'M2']);
    expect((await rooms.organisations.getByCode('ORG-M1')).parentCode).toBe('GROUP');
  });

  it('changes what is given, asks for the revision, and lets one of two writers win', async () => {
    const manager = viewerOf('manager', mine.organisationId);
    await expect(rooms.mines.patch(manager, mine.id, { status: 'suspend' }, undefined)).rejects.toMatchObject({
      code: 'if-match-required',
    });
    const answers = await Promise.allSettled([
      rooms.mines.patch(manager, mine.id, { status: 'suspend' }, 1),
      rooms.mines.patch(manager, mine.id, { status: 'close' }, 1),
    ]);
    expect(answers.map(answer => answer.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(answers.find(answer => answer.status === 'rejected')).toMatchObject({
      reason: { code: 'stale-revision', params: { currentRevision: 2 } },
    });
    const now = await rooms.mines.get(admin, mine.id);
    expect(now).toMatchObject({ revision: 2, nameEn: 'M1 mine', startOn: '2010-01-01' });
    await expect(rooms.mines.patch(manager, mine.id, { endOn: '2001-01-01' }, 2)).rejects.toMatchObject({
      code: 'mine-dates-reversed',
    });
    await expect(rooms.mines.patch(manager, 999_999, {}, 2)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('keeps one boundary of a kind at a time; superseding ends the earlier one', async () => {
    const create = (feature: ReturnType<typeof boundary>) => rooms.boundaries.create(admin, mine.id, feature);
    const first = await create(boundary('RESP', '2012-01-01'));
    await expect(create(boundary('RESP', '2015-01-01'))).rejects.toMatchObject({
      code: 'boundary-validity-overlap',
      params: { kind: 'RESP', id: first.id, validFrom: '2012-01-01' },
    });
    await expect(create(boundary('RECLZONE', '2015-01-01', { supersedes: first.id }))).rejects.toMatchObject({
      code: 'boundary-supersedes-unknown',
    });
    await expect(create(boundary('RESP', '2011-01-01', { supersedes: first.id }))).rejects.toMatchObject({
      code: 'boundary-supersedes-later',
    });
    const second = await create(boundary('RESP', '2015-01-01', { supersedes: first.id, docRef: '文号 1' }));
    const { items } = await rooms.boundaries.list(mine.id, { kind: 'RESP', limit: 10 });
    expect(items).toMatchObject([
      { id: first.id, validFrom: '2012-01-01', validTo: '2015-01-01', revision: 2 },
      { id: second.id, validFrom: '2015-01-01', validTo: null, docRef: '文号 1' },
    ]);
    const at = await rooms.boundaries.list(mine.id, { kind: 'RESP', asAt: '2014-12-31', limit: 10 });
    expect(at.items.map(item => item.id)).toEqual([first.id]);
    await expect(create(boundary('ECO', '2015-01-01', { validTo: '2015-01-01' }))).rejects.toMatchObject({
      code: 'validity-reversed',
    });
  });

  it('lets the constraint stop the second of two boundaries written at once', async () => {
    const answers = await Promise.allSettled(
      ['2012-01-01', '2013-01-01'].map(from => rooms.boundaries.create(admin, mine.id, boundary('NR', from))),
    );
    expect(answers.filter(answer => answer.status === 'fulfilled')).toHaveLength(1);
    expect(answers.find(answer => answer.status === 'rejected')).toMatchObject({
      reason: { code: 'boundary-validity-overlap' },
    });
  });

  it('gives tiles the boundaries of one day', async () => {
    const rows = (await rooms.mines.tileRows('2014-12-31', [101, 36, 101.1, 36.1])).filter(
      row => row.mineId === mine.id,
    );
    expect(rows.map(row => row.kind).toSorted()).toEqual(['LICENCE', 'NR', 'RESP']);
    expect(rows[0]?.wkb.byteLength).toBeGreaterThan(90);
  });
});
