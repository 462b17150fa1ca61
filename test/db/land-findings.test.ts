// What stands to be looked at on the land of a mine: written with the event, listed page by page, gone with it.
import { beforeAll, expect, it } from 'vitest';
import { areaWording } from '../../gis/area-wording.ts';
import { findingListQuery } from '../../server/land/findings/findings.contract.ts';
import { newBoundary, type BoundaryKind } from '../../server/mines/boundaries.contract.ts';
import { createLandService, type LandService } from '../../server/land/land.service.ts';
import { describeOnBothDatabases } from '../helpers/databases.ts';
import { landEvent, rectangle } from '../helpers/land.ts';
import { createRooms, makeMine, viewerOf, type Rooms } from '../helpers/rooms.ts';

const admin = viewerOf('admin');

describeOnBothDatabases('findings on the land of a mine', getDb => {
  let rooms: Rooms;
  let land: LandService;
  let number = 0;
  const freshMine = (west = 111.95) => makeMine(rooms, `FND-${number++}`, west, 34.95);

  beforeAll(() => {
    rooms = createRooms(getDb());
    land = createLandService({ db: getDb(), mines: rooms.mines, now: () => new Date('2024-06-30T12:00:00Z') });
  });

  const list = (mineId: number, query: object = {}, viewer = admin) =>
    land.findings.list(viewer, mineId, findingListQuery.parse(query));

  it('are listed newest first, page by page, with place, shape and the event that they are about', async () => {
    const { id } = await freshMine();
    const events: number[] = [];
    for (const year of [2019, 2020, 2021]) {
      const south = 34.96 + (year - 2019) / 50;
      const outline = rectangle(112.04, 112.055, south, south + 0.01);
      events.push((await land.events.record(admin, id, landEvent('DST', `${year}-01-01`, outline))).id);
    }
    const { items, nextCursor } = await list(id);
    expect(nextCursor).toBeNull();
    expect(items.map(item => [item.eventId, item.code, item.onDate])).toEqual([
      [events[2], 'out-of-bounds', '2021-01-01'],
      [events[1], 'out-of-bounds', '2020-01-01'],
      [events[0], 'out-of-bounds', '2019-01-01'],
    ]);
    const [newest] = items;
    expect(newest).toMatchObject({ boundaryId: null, severity: 'warning', stage: 'DST' });
    expect(newest?.geometry.type).toBe('MultiPolygon');
    const corners = newest?.geometry.coordinates.flat(2) ?? [];
    expect(Math.min(...corners.map(([lng]) => lng ?? 0))).toBeCloseTo(112.05, 8);
    expect(newest?.position[0]).toBeGreaterThan(112.05);
    expect(newest?.position[0]).toBeLessThan(112.055);
    const said = areaWording(newest?.params['areaM2'] as number);
    expect(said.en).toMatch(/^\d+\.\d{4} ha \(/);
    expect(newest?.message.en).toContain(said.en);
    expect(newest?.message.zh).toContain(said.zh);

    const first = await list(id, { limit: 2 });
    const rest = await list(id, { limit: 2, cursor: first.nextCursor });
    expect([...first.items, ...rest.items]).toEqual(items);
    expect(rest.nextCursor).toBeNull();
    expect((await list(id, { asAt: '2020-06-30' })).items.map(item => item.eventId)).toEqual([events[1], events[0]]);
    expect((await list(id, { code: 'beyond-approved-limit' })).items).toEqual([]);
    expect((await list(id, { severity: 'warning' })).items).toHaveLength(3);
    await land.events.retract(admin, id, events[1] ?? 0, 'wrong survey', 1);
    expect((await list(id)).items.map(item => item.eventId)).toEqual([events[2], events[0]]);
  });

  it('are for who may read the working ledger, and of one mine only', async () => {
    const [mine, other] = [await freshMine(107), await freshMine(109)];
    await land.events.record(admin, mine.id, landEvent('DST', '2019-01-01', rectangle(107.09, 107.105)));
    expect((await list(other.id)).items).toEqual([]);
    expect((await list(mine.id, {}, viewerOf('manager', mine.organisationId))).items).toHaveLength(1);
    await expect(list(mine.id, {}, viewerOf('public'))).rejects.toMatchObject({ code: 'sign-in-required' });
    const stranger = viewerOf('manager', other.organisationId);
    await expect(list(mine.id, {}, stranger)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(list(9_999_999)).rejects.toMatchObject({ code: 'not-found' });
    await expect(list(mine.id, { cursor: 'x' })).rejects.toMatchObject({ code: 'cursor-invalid' });
  });

  const outline = (mineId: number, kind: BoundaryKind, west: number, east: number, more: object = {}) =>
    rooms.boundaries.create(
      admin,
      mineId,
      newBoundary.parse({
        type: 'Feature',
        geometry: rectangle(west, east),
        properties: { kind, validFrom: '2015-01-01', ...more },
      }),
    );

  it('tell both mines of ground that outlines of both hold, and which of them answers for it', async () => {
    const [older, younger] = [await freshMine(104), await freshMine(105)];
    const { findings } = await outline(younger.id, 'SURFRIGHT', 104.09, 105.01);
    expect(findings).toMatchObject([
      { code: 'boundary-of-another-mine', params: { responsibleMine: `FND-${number - 2}` } },
    ]);
    const [told] = (await list(older.id)).items;
    expect(told).toMatchObject({ eventId: null, stage: null, onDate: '2015-01-01', code: 'boundary-of-another-mine' });
    expect(told?.params['mineCode']).toBe(`FND-${number - 1}`);
    expect(told?.position[0]).toBeGreaterThan(104.09);
    expect(told?.position[0]).toBeLessThan(104.1);
    expect((await list(older.id, { asAt: '2014-12-31' })).items).toEqual([]);
  });

  it('tell where the responsibility range leaves the reclamation zone, until the zone covers it', async () => {
    const { id } = await freshMine(103);
    expect((await outline(id, 'RESP', 103.02, 103.05)).findings).toEqual([]);
    const zone = await outline(id, 'RECLZONE', 103.02, 103.04);
    expect(zone.findings.map(({ code }) => code)).toEqual(['responsibility-outside-zone']);
    const [found] = (await list(id)).items;
    expect(found?.boundaryId).toBe(zone.id);
    expect(found?.position[0]).toBeGreaterThan(103.04);
    expect((await outline(id, 'SURFRIGHT', 103.039, 103.051)).findings).toEqual([]);
    expect((await list(id)).items).toEqual([]);
  });

  it('tell where a boundary covers another area than its document says; what it cannot cover is refused', async () => {
    const { id } = await freshMine(102);
    const { areaM2, findings } = await outline(id, 'PROJECT', 102.02, 102.03, { declaredAreaM2: 1_000_000 });
    expect(findings.map(({ code }) => code)).toEqual(['declared-area-differs']);
    expect(areaM2).toBeCloseTo(1_012_695, -2);
    const wrong = outline(id, 'APPRLIM', 102.02, 102.03, { declaredAreaM2: 101.27 });
    await expect(wrong).rejects.toMatchObject({ code: 'declared-area-unit', params: { mixUp: 'ha → m²' } });
    expect((await rooms.boundaries.list(id, { kind: 'APPRLIM', limit: 1 })).items).toEqual([]);
    await expect(outline(id, 'APPRLIM', 12, 12.1)).rejects.toMatchObject({ code: 'outside-country' });
  });
});
