import { expect, it } from 'vitest';
import { decodeTile } from '../../gis/tiles/decode-tile.ts';
import { tileAt } from '../../gis/tiles/mercator.ts';
import { apiFor, type Api } from '../helpers/api.ts';
import { square } from '../helpers/rooms.ts';
import { describeOnBothServers, type RunningServer } from '../helpers/server.ts';

interface Made {
  readonly id: number;
  readonly areaM2: number;
  readonly landRevision: number;
}
interface Restoration {
  readonly areasM2: Readonly<Record<'grossDisturbed' | 'reclaimedE' | 'reclaimedC' | 'inUse', number>>;
  readonly rates: Readonly<Record<'RR1', { readonly value: number | null }>>;
  readonly ledgerHash: string;
}

const feature = (geometry: unknown, properties: object) => ({ type: 'Feature', geometry, properties });
const event = (geometry: unknown, stage: string, effectiveOn: string) =>
  feature(geometry, { stage, effectiveOn, scope: 'LIC', evidenceGrade: 'E5', damageType: 'EXC' });
const MINE = square(101, 36, 0.1);
const PIT = square(101.02, 36.02, 0.02);
const GREEN = square(101.02, 36.02, 0.01);

describeOnBothServers('from signing in to a published rate', (getServer, kind) => {
  const as = async (role: Parameters<RunningServer['token']>[0]): Promise<Api> =>
    apiFor(getServer().url, await getServer().token(role));
  const anybody = (): Api => apiFor(getServer().url);
  let mine = '';

  it('runs on the database that it was asked to run on', async () => {
    const { checks } = await anybody().get<{ checks: { database: { detail: { kind: string } } } }>('/readyz');
    expect(checks.database.detail.kind).toBe(kind);
  });

  it('signs in by cookie and knows who it is', async () => {
    const { url } = getServer();
    const signIn = await fetch(`${url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url },
      body: JSON.stringify({ username: 'manager', password: 'demo' }),
    });
    expect(signIn.status).toBe(201);
    const cookie = (signIn.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
    const session = await fetch(`${url}/api/v1/session`, { headers: { cookie } });
    expect(await session.json()).toMatchObject({ account: { username: 'manager', organisationCode: 'TEST' } });
  });

  it('makes a mine and records what happened to its land', async () => {
    const manager = await as('manager');
    const properties = {
      code: 'QH-1',
      nameZh: '高原矿',
      nameEn: 'Plateau mine',
      organisationCode: 'TEST',
      mineral: 'copper',
      method: 'open',
      startOn: '2010-01-01',
      validFrom: '2010-01-01',
    };
    const { id } = await manager.post<Made>('/api/v1/mines', feature(MINE, properties));
    mine = `/api/v1/mines/${id}`;
    const pit = await manager.post<Made>(`${mine}/land-events`, event(PIT, 'DST', '2012-05-01'));
    expect(pit.landRevision).toBe(1);
    const green = await manager.post<Made>(`${mine}/land-events`, event(GREEN, 'EST', '2020-05-01'), {
      'if-match': '"1"',
    });
    const stale = manager.post(`${mine}/land-events`, event(GREEN, 'CMP', '2021-05-01'), { 'if-match': '"1"' });
    await expect(stale).rejects.toMatchObject({ status: 412, problem: { params: { currentRevision: 2 } } });
    const { areasM2, rates } = await manager.get<Restoration>(`${mine}/restoration?asAt=2021-12-31&basis=E`);
    // Geodesic edges: an edge of 2 km has another course once a corner is set into it.
    expect(areasM2.grossDisturbed / pit.areaM2).toBeCloseTo(1, 4);
    expect(areasM2.reclaimedE / green.areaM2).toBeCloseTo(1, 4);
    expect(rates.RR1.value).toBeGreaterThan(0.2);
  });

  it('refuses what cannot be drawn, in both languages, and writes nothing', async () => {
    const manager = await as('manager');
    const cross = [[101.03, 36.03], [101.04, 36.04], [101.04, 36.03], [101.03, 36.04], [101.03, 36.03]]; // prettier-ignore
    const bad = manager.post(
      `${mine}/land-events`,
      event({ type: 'Polygon', coordinates: [cross] }, 'DST', '2015-01-01'),
    );
    await expect(bad).rejects.toMatchObject({
      status: 422,
      problem: { code: 'ring-crosses-itself', titleZh: expect.stringMatching(/[一-龥]/) as string },
    });
    const { landRevision } = await manager.get<Made>(mine);
    expect(landRevision).toBe(2);
  });

  it('takes an event back, and the rate with it', async () => {
    const manager = await as('manager');
    const wrong = await manager.post<Made>(
      `${mine}/land-events`,
      event(square(101.05, 36.05, 0.01), 'DST', '2014-01-01'),
    );
    const before = await manager.get<Restoration>(`${mine}/restoration?asAt=2021-12-31`);
    await manager.post(`${mine}/land-events/${wrong.id}/retract`, { reason: 'typed twice' }, { 'if-match': '"1"' });
    const after = await manager.get<Restoration>(`${mine}/restoration?asAt=2021-12-31`);
    expect((before.areasM2.grossDisturbed - after.areasM2.grossDisturbed) / wrong.areaM2).toBeCloseTo(1, 4);
    expect(after.ledgerHash).not.toBe(before.ledgerHash);
  });

  it('shows the public nothing of the ledger before it is published, then rate, tile and group', async () => {
    const [group, reader] = [await as('group'), anybody()];
    const hidden = await reader.get<Restoration>(`${mine}/restoration?asAt=2021-12-31`);
    expect(hidden.areasM2.grossDisturbed).toBe(0);
    const { ledgerHash } = await group.post<{ ledgerHash: string }>(`${mine}/published-periods`, {
      asAt: '2021-12-31',
    });
    expect(ledgerHash).toMatch(/^sha256:/);
    const shown = await reader.get<Restoration>(`${mine}/restoration?asAt=2021-12-31&basis=E`);
    const working = await group.get<Restoration>(`${mine}/restoration?asAt=2021-12-31&basis=E`);
    expect(shown.areasM2).toEqual(working.areasM2);
    expect(shown.areasM2.reclaimedE).toBeGreaterThan(0);
    const { items } = await reader.get<{ items: Restoration[] }>(
      '/api/v1/restoration?groupBy=mine&asAt=2021-12-31&basis=E',
    );
    expect(items[0]?.rates.RR1.value).toBe(shown.rates.RR1.value);
    const { x, y } = tileAt([101.025, 36.025], 12);
    const tile = await reader.raw(`/tiles/land/12/${x}/${y}.mvt?asAt=2021-12-31`);
    expect(tile.status).toBe(200);
    const layer = decodeTile(new Uint8Array(await tile.arrayBuffer())).find(one => one.name === 'land');
    expect(new Set(layer?.features.map(one => one.attributes['stage']))).toEqual(new Set(['DST', 'EST']));
  });
});
