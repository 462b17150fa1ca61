import { beforeAll, expect, it } from 'vitest';
import { facilityPatch, newFacility } from '../../server/facilities/facilities.contract.ts';
import { describeOnBothDatabases } from '../helpers/databases.ts';
import { createRooms, makeMine, square, viewerOf, type Rooms } from '../helpers/rooms.ts';

describeOnBothDatabases('facilities', getDb => {
  let rooms: Rooms;
  let mineId: number;
  const admin = viewerOf('admin');
  const create = (properties: object, geometry: unknown = square(101, 36)) =>
    rooms.facilities.create(
      admin,
      mineId,
      newFacility.parse({
        type: 'Feature',
        geometry,
        properties: { type: 'TSF', nameZh: '尾矿库', nameEn: 'Tailings', validFrom: '2012-01-01', ...properties },
      }),
    );

  beforeAll(async () => {
    rooms = createRooms(getDb());
    mineId = (await makeMine(rooms, 'F1')).id;
  });

  it('keeps the fields of a tailings facility and takes its status from the tailings status', async () => {
    const attributes = {
      tailingsStatus: 'CAM',
      raiseMethod: 'UP',
      heightM: 62,
      gradeDeclared: 3,
      stabilityConcern: false,
    };
    const made = await create({ attributes });
    expect(made).toMatchObject({ type: 'TSF', status: 'suspend', attributes, revision: 1, validTo: null });
    expect(made.areaM2).toBeGreaterThan(900_000);
    expect(await rooms.facilities.get(mineId, made.id)).toEqual(made);
  });

  it('refuses what does not fit the type, naming each field', async () => {
    await expect(create({ attributes: { heightM: -1, process: 'WET' } })).rejects.toMatchObject({
      code: 'facility-attributes-invalid',
      errors: [{ pointer: '/properties/attributes/heightM' }, { code: 'schema-unrecognized-keys' }],
    });
    await expect(create({ status: 'operate', attributes: { tailingsStatus: 'CLP' } })).rejects.toMatchObject({
      code: 'facility-status-contradiction',
      params: { expected: 'closed' },
    });
    await expect(create({ type: 'RMY', attributes: { process: 'FCD', dryDensityTPerM3: 1.4 } })).resolves.toMatchObject(
      { status: 'operate' },
    );
    await expect(create({ validTo: '2011-01-01' })).rejects.toMatchObject({ code: 'validity-reversed' });
  });

  it('needs no outline, but takes no bad one', async () => {
    expect(await create({ type: 'OTH' }, null)).toMatchObject({ geometry: null, areaM2: null });
    const metres = { type: 'Polygon', coordinates: [[[500000, 3900000], [500100, 3900000], [500100, 3900100], [500000, 3900000]]] }; // prettier-ignore
    await expect(create({}, metres)).rejects.toMatchObject({ code: 'coordinates-in-metres' });
  });

  it('changes attributes key by key, with the revision', async () => {
    const made = await create({ attributes: { heightM: 10, purpose: '尾矿' } });
    const patch = (body: object, ifMatch: number | undefined) =>
      rooms.facilities.patch(admin, mineId, made.id, facilityPatch.parse(body), ifMatch);
    await expect(patch({ nameEn: 'X' }, undefined)).rejects.toMatchObject({ code: 'if-match-required' });
    const after = await patch({ attributes: { heightM: 12, purpose: null, tailingsStatus: 'CLT' } }, 1);
    expect(after).toMatchObject({ attributes: { heightM: 12, tailingsStatus: 'CLT' }, status: 'close', revision: 2 });
    expect(after.attributes).not.toHaveProperty('purpose');
    expect(after.areaM2).toBe(made.areaM2);
    await expect(patch({ nameEn: 'Y' }, 1)).rejects.toMatchObject({
      code: 'stale-revision',
      params: { currentRevision: 2 },
    });
    expect(await patch({ geometry: null }, 2)).toMatchObject({ geometry: null, revision: 3 });
  });

  it('lists by type and day, page by page, and hands outlines to tiles', async () => {
    const list = (query: object) => rooms.facilities.list(mineId, { limit: 100, ...query });
    expect((await list({ type: 'RMY' })).items).toHaveLength(1);
    expect((await list({ asAt: '2011-12-31' })).items).toEqual([]);
    const all = (await list({})).items.map(item => item.id);
    const first = await list({ limit: 2 });
    const rest = await list({ limit: 100, cursor: first.nextCursor });
    expect([...first.items, ...rest.items].map(item => item.id)).toEqual(all);
    expect((await rooms.facilities.tileRows('2020-01-01', [100, 30, 102, 37])).length).toBe(2);
    await expect(rooms.facilities.list(999_999, { limit: 1 })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is written by its own manager only', async () => {
    const feature = newFacility.parse({
      type: 'Feature',
      geometry: null,
      properties: { type: 'PIT', nameZh: '坑', nameEn: 'Pit', validFrom: '2012-01-01' },
    });
    await expect(rooms.facilities.create(viewerOf('manager', 999), mineId, feature)).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(rooms.facilities.create(viewerOf('public'), mineId, feature)).rejects.toMatchObject({
      code: 'sign-in-required',
    });
  });
});
