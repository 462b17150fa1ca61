// What is not published is not there for who may not read the working ledger: every answer before an unpublished write is, byte for
// byte and header for header, the answer after it. Every GET route is asked; a new one joins by itself.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tileAt } from '../../gis/tiles/mercator.ts';
import { DEMO_PASSWORD, seedDemoAccounts } from '../../server/accounts/demo-accounts.ts';
import { createApp } from '../../server/app.ts';
import { createContainer, openFoundations, type Container } from '../../server/container.ts';
import { readConfig } from '../../server/platform/config.ts';
import { createLog } from '../../server/platform/log.ts';
import { packageRoot } from '../../server/platform/threads.ts';
import { copyOfEmbedded } from '../helpers/databases.ts';
import { landEvent, rectangle } from '../helpers/land.ts';
import { makeMine, viewerOf } from '../helpers/rooms.ts';

const admin = viewerOf('admin');
const LAYERS = ['mines', 'land', 'facilities', 'habitats', 'occurrences', 'findings'];
const skipped = /\/(events|session|tokens|jobs)\b|\/tiles\/scenes/;

describe('an unpublished write', () => {
  let dataDir: string;
  let container: Container;
  let server: Server;
  let url: string;
  let mineId: number;
  let stranger: string;
  let working: string;

  beforeAll(async () => {
    dataDir = await copyOfEmbedded();
    const config = readConfig({ REGREEN_DATA_DIR: dataDir, REGREEN_WORKERS: '0', REGREEN_DEMO: '0', REGREEN_LOG: 'silent' }); // prettier-ignore
    const quiet = { onProgress: () => undefined, onLost: () => undefined };
    container = createContainer(await openFoundations(config, createLog('silent'), quiet));
    const clientFolder = join(packageRoot, 'dist', 'client');
    const app = await createApp({ container, clientFolder, isDraining: () => false });
    server = createServer(app);
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const mine = await makeMine(container, 'SECRETIVE', 111.95, 34.95);
    const other = await makeMine(container, 'ELSEWHERE', 110, 30);
    mineId = mine.id;
    const roles = ['manager', 'ecologist', 'regulator', 'steward', 'group', 'admin'];
    await seedDemoAccounts(container.accounts, Object.fromEntries(roles.map(role => [role, other.organisationId])));
    await container.land.events.record(admin, mineId, landEvent('DST', '2019-01-01', rectangle(112, 112.01)));
    await container.land.events.record(admin, mineId, landEvent('CMP', '2020-01-01', rectangle(112, 112.004)));
    await container.land.periods.publish(admin, mineId, { asAt: '2020-12-31' });
    [stranger, working] = [await tokenOf('manager'), await tokenOf('regulator')];
  }, 300_000);

  afterAll(async () => {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
    await container.database.close();
    await rm(dataDir, { recursive: true, force: true });
  }, 60_000);

  async function tokenOf(role: string): Promise<string> {
    const response = await fetch(`${url}/api/v1/tokens`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: role, password: DEMO_PASSWORD, name: 'test' }),
    });
    return ((await response.json()) as { token: string }).token;
  }

  function addresses(): string[] {
    const searches = [
      '',
      '?asAt=2022-12-31',
      '?groupBy=mine',
      '?from=2018-12-31&to=2023-12-31',
      '?index=ndvi&target=land',
    ];
    return container.routes
      .filter(route => route.method === 'get' && !skipped.test(route.path))
      .flatMap(({ path }) => {
        if (path.endsWith('.mvt')) {
          return LAYERS.flatMap(layer =>
            [6, 11, 15].map(z => {
              const { x, y } = tileAt([112.002, 35.005], z);
              return `/tiles/${layer}/${z}/${x}/${y}.mvt?asAt=2022-12-31`;
            }),
          );
        }
        const layers = path.includes(':layer') ? LAYERS : [''];
        return layers
          .map(layer =>
            path
              .replace(':layer', layer)
              .replace(/:id\b/, String(mineId))
              .replace(/:[a-z]+/gi, '1'),
          )
          .flatMap(address => (path.startsWith('/api') ? searches : ['']).map(search => address + search));
      });
  }

  async function answers(token?: string): Promise<Map<string, string>> {
    const all = new Map<string, string>();
    for (const address of addresses()) {
      // Compressed, a refusal is longer or shorter by the random id of the request in it.
      const plain = { 'accept-encoding': 'identity' };
      const response = await fetch(url + address, {
        headers: token === undefined ? plain : { ...plain, authorization: `Bearer ${token}` },
      });
      const body = Buffer.from(await response.arrayBuffer()).toString('latin1');
      const headers = [...response.headers].filter(([name]) => !['date', 'x-request-id'].includes(name));
      all.set(address, JSON.stringify([response.status, headers, body.replace(/"requestId":"[^"]*"/, '')]));
    }
    return all;
  }

  const changed = (before: Map<string, string>, after: Map<string, string>): string[] =>
    [...after].flatMap(([address, text]) => (before.get(address) === text ? [] : [address]));
  const differences = (before: Map<string, string>, after: Map<string, string>): Record<string, unknown> =>
    Object.fromEntries(changed(before, after).map(address => [address, [before.get(address), after.get(address)]]));

  it('shows nowhere to the public and to the manager of other mines, and everywhere to who may read it', async () => {
    const before = [await answers(), await answers(stranger), await answers(working)] as const;
    expect(before[0].size).toBeGreaterThan(80);
    const { events } = container.land;
    const event = await events.record(admin, mineId, landEvent('DST', '2021-06-01', rectangle(112.04, 112.06)));
    expect(event.findings.map(finding => finding.code)).toEqual(['out-of-bounds']);
    await events.retract(admin, mineId, event.id, 'wrong place', 1);
    await events.record(admin, mineId, landEvent('CMP', '2020-06-01', rectangle(112.004, 112.008)));
    expect(differences(before[0], await answers())).toEqual({});
    expect(differences(before[1], await answers(stranger))).toEqual({});
    const seen = changed(before[2], await answers(working));
    for (const part of [`/api/v1/mines/${mineId}`, `/api/v1/mines/${mineId}/land`, '/tiles/land.json']) {
      expect(seen).toContain(part);
    }
  }, 300_000);

  it('shows to everybody once it is published', async () => {
    const before = await answers();
    await container.land.periods.publish(admin, mineId, { asAt: '2021-12-31' });
    const seen = changed(before, await answers());
    for (const part of [
      `/api/v1/mines/${mineId}`,
      `/api/v1/mines/${mineId}/land`,
      `/api/v1/mines/${mineId}/restoration`,
      '/tiles/land.json',
    ]) {
      expect(seen).toContain(part);
    }
    const { landRevision } = (await (await fetch(`${url}/api/v1/mines/${mineId}`)).json()) as { landRevision: number };
    expect(landRevision).toBe(2);
  }, 300_000);

  it('tells who asks for what was known: 401 to nobody in particular, 403 to who may not', async () => {
    const ask = async (token?: string) => {
      const response = await fetch(`${url}/api/v1/mines/${mineId}/land?knownAt=2022-01-01T00:00:00Z`, {
        headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      });
      return [response.status, ((await response.json()) as { code?: string }).code];
    };
    expect(await ask()).toEqual([401, 'known-at-not-public']);
    expect(await ask(stranger)).toEqual([403, 'known-at-not-yours']);
    expect(await ask(working)).toEqual([200, undefined]);
  });
});
