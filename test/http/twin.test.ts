// Two products that are the same but for one thing: where a hidden place lies. Whoever may not see it must get the same
// bytes from both, whatever is asked. Every GET route is asked; a new one joins by itself.
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tileAt } from '../../gis/tiles/mercator.ts';
import { createAccountsService } from '../../server/accounts/accounts.service.ts';
import { DEMO_PASSWORD, seedDemoAccounts } from '../../server/accounts/demo-accounts.ts';
import { createApp } from '../../server/app.ts';
import { newHabitat } from '../../server/biodiversity/habitats/habitats.contract.ts';
import { newOccurrence } from '../../server/biodiversity/occurrences/occurrences.contract.ts';
import { INDEX_CODES } from '../../server/imagery/indices.ts';
import { ALGORITHM_VERSION } from '../../server/imagery/statistics/judge-zone.ts';
import { createContainer, openFoundations, type Container } from '../../server/container.ts';
import { readConfig } from '../../server/platform/config.ts';
import { openDatabase } from '../../server/platform/db/open-database.ts';
import { createLog } from '../../server/platform/log.ts';
import { packageRoot } from '../../server/platform/threads.ts';
import type { Role } from '../../server/platform/viewer.ts';
import { copyOfEmbedded, OUTPUT } from '../helpers/databases.ts';
import { createRooms, makeMine, square, viewerOf } from '../helpers/rooms.ts';

type Place = readonly [lng: number, lat: number];
const A: Place = [101.0211111, 36.0211111];
const B: Place = [101.0877777, 36.0833333];
/** Who reads the public store alone; the manager is the mine's own. */
const BLIND = [undefined, 'admin', 'group', 'manager'] as const;
const ecologist = viewerOf('ecologist');

interface Twin {
  readonly url: string;
  readonly container: Container;
  token(role: Role): Promise<string>;
  stop(): Promise<void>;
}

async function startTwin(prepared: string): Promise<Twin> {
  const dataDir = await mkdtemp(join(OUTPUT, 'twin-'));
  await cp(prepared, dataDir, { recursive: true });
  const config = readConfig({
    REGREEN_DATA_DIR: dataDir,
    REGREEN_WORKERS: '0',
    REGREEN_DEMO: '0',
    REGREEN_LOG: 'silent',
  });
  const quiet = { onProgress: () => undefined, onLost: () => undefined };
  const container = createContainer(await openFoundations(config, createLog('silent'), quiet));
  const app = await createApp({
    container,
    clientFolder: join(packageRoot, 'dist', 'client'),
    isDraining: () => false,
  });
  const server: Server = createServer(app);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const tokens = new Map<Role, string>();
  return {
    url,
    container,
    async token(role) {
      const known = tokens.get(role);
      if (known) return known;
      const response = await fetch(`${url}/api/v1/tokens`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ username: role, password: DEMO_PASSWORD, name: 'twin' }),
      });
      const { token } = (await response.json()) as { token: string };
      tokens.set(role, token);
      return token;
    },
    async stop() {
      await new Promise(resolve => server.close(resolve));
      server.closeAllConnections();
      await container.database.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Hides a nest, a roost's record and the like at a place: one habitat and one occurrence of the category. */
async function hideAt(twin: Twin, mineId: number, sensitivity: number, [lng, lat]: Place): Promise<void> {
  const { habitats, occurrences } = twin.container.biodiversity;
  await habitats.create(
    ecologist,
    mineId,
    newHabitat.parse({
      type: 'Feature',
      geometry: square(lng, lat, 0.004),
      properties: {
        nameZh: '巢',
        nameEn: `Secret nest ${sensitivity}`,
        habitatCode: '6',
        validFrom: '2018-01-01',
        sensitivity,
      },
    }),
  );
  await occurrences.create(
    ecologist,
    mineId,
    newOccurrence.parse({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [lng, lat] },
      properties: {
        scientificName: 'Egretta garzetta',
        use: 'FORAGE',
        eventDate: '2021-05-01',
        individualCount: 3,
        sensitivity,
      },
    }),
  );
}

describe('a hidden place', () => {
  let prepared: string;
  let twins: readonly [Twin, Twin];
  let mineId: number;

  beforeAll(async () => {
    prepared = await copyOfEmbedded();
    const database = await openDatabase({ dataDir: prepared });
    const rooms = createRooms(database);
    const mine = await makeMine(rooms, 'TWIN');
    mineId = mine.id;
    await seedDemoAccounts(
      createAccountsService({ db: database }),
      Object.fromEntries(
        ['manager', 'ecologist', 'regulator', 'steward', 'group', 'admin'].map(name => [name, mine.organisationId]),
      ),
    );
    await database.transaction(tx => rooms.biodiversity.taxa.loadReference(tx));
    const open = { nameZh: '草地', nameEn: 'Meadow', habitatCode: '4.7', validFrom: '2018-01-01' };
    await rooms.biodiversity.habitats.create(
      ecologist,
      mineId,
      newHabitat.parse({ type: 'Feature', geometry: square(101.02, 36.02), properties: open }),
    );
    // A scene that covers one of the two places only: what is measured there must not show either.
    await database.knex.raw(
      `insert into scene (acquired_on, sensor, files, bands, sha256, footprint)
       values ('2021-07-01', 'S2', '[]', '{"red": 1, "nir": 2}', 'twin', st_multi(st_makeenvelope(?, ?, ?, ?, 4326)))`,
      [A[0] - 0.01, A[1] - 0.01, A[0] + 0.01, A[1] + 0.01],
    );
    await database.close();
    const [first, second] = [await startTwin(prepared), await startTwin(prepared)];
    twins = [first, second];
  }, 600_000);

  afterAll(async () => {
    for (const twin of twins ?? []) await twin.stop();
    await rm(prepared, { recursive: true, force: true });
  }, 60_000);

  /** Every address that a GET route has for this mine, around both places, and ids that nobody was told. */
  async function addresses(): Promise<string[]> {
    const [{ container }] = twins;
    const secret = (await container.database
      .knex('habitat_patch')
      .whereNot({ sensitivity: 0 })
      .pluck('id')) as string[];
    const boxes = [A, B].flatMap(([lng, lat]) => [0.02].map(r => [lng - r, lat - r, lng + r, lat + r].join(',')));
    const searches = [
      '',
      '?limit=1',
      ...boxes.map(box => `?bbox=${box}`),
      '?q=Secret',
      '?asAt=2021-12-31',
      '?target=habitats&limit=1',
      ...INDEX_CODES.map(index => `?index=${index}&target=habitats`),
      '?groupBy=mine&asAt=2021-12-31',
      '?from=2019-01-01&to=2022-12-31',
    ];
    // In every format that can hold them: what a file says of itself (boxes, counts, coverage) must not tell either.
    const exportSearches = [
      ...['geojson', 'gpkg', 'shp', 'kml', 'dxf', 'csv', 'xlsx', 'jzd'].map(
        format => `?what=habitats&format=${format}`,
      ),
      ...['geojson', 'gpkg', 'shp', 'kml', 'dxf', 'csv', 'xlsx', 'dwca'].map(
        format => `?what=occurrences&format=${format}`,
      ),
      `?what=habitats&mine=${mineId}&asAt=2021-12-31&crs=auto&format=gpkg`,
      `?what=land&mine=${mineId}&format=xlsx`,
    ];
    const byName: Readonly<Record<string, readonly string[]>> = {
      id: [String(mineId)],
      hid: [secret[0] ?? '', '00000000-0000-4000-8000-000000000000'],
      layer: ['mines', 'land', 'facilities', 'habitats', 'occurrences', 'findings'],
    };
    const skipped = /\/(events|session|tokens|jobs)\b|\/tiles\/scenes/;
    const paths = container.routes
      .filter(route => route.method === 'get' && !skipped.test(route.path))
      .map(route => route.path);
    expect(paths.length).toBeGreaterThan(15);
    return paths.flatMap(path => {
      if (path === '/api/v1/exports') return exportSearches.map(search => path + search);
      if (path.endsWith('.mvt')) return (byName['layer'] ?? []).flatMap(layer => tilesOf(layer));
      const filled = [...path.matchAll(/:([a-z]+)/gi)].reduce<string[]>(
        (all, [placeholder, name]) =>
          all.flatMap(one => (byName[name ?? ''] ?? ['1']).map(value => one.replace(placeholder, value))),
        [path],
      );
      return filled.flatMap(address => (path.startsWith('/api') ? searches : ['']).map(search => address + search));
    });
  }

  /** What the scenes say of hidden habitats is as hidden: other numbers in each twin. */
  async function measureHidden(): Promise<void> {
    for (const [at, { container }] of twins.entries()) {
      await container.database.knex.raw(
        `insert into zonal_stat (scene_id, habitat_id, target_version, index_code, algorithm_version, status, mean,
           vegetated_area_m2, valid_fraction, n_eff)
         select s.id, h.id, h.revision, i.code, ?, 'ok', ?, ?, 1, ?
         from scene s, habitat_patch h, unnest(cast(? as text[])) as i(code) where h.sensitivity > 0`,
        [ALGORITHM_VERSION, 0.1 + at, 1000 + at, 50 + at, `{${INDEX_CODES.join(',')}}`],
      );
    }
  }

  const tilesOf = (layer: string): string[] =>
    [A, B].flatMap(place =>
      [0, 4, 8, 11, 14, 16, 18].map(z => {
        const { x, y } = tileAt(place, z);
        return `/tiles/${layer}/${z}/${x}/${y}.mvt?asAt=2022-12-31`;
      }),
    );

  /** Everything that an asker can tell two answers apart by. */
  async function answer(twin: Twin, address: string, role: Role | undefined): Promise<string> {
    // Compressed, a refusal is longer or shorter by the random id of the request in it.
    const plain = { 'accept-encoding': 'identity' };
    const response = await fetch(twin.url + address, {
      headers: role === undefined ? plain : { ...plain, authorization: `Bearer ${await twin.token(role)}` },
    });
    const body = Buffer.from(await response.arrayBuffer());
    const ownPort = new RegExp(new URL(twin.url).host.replaceAll('.', '\\.'), 'g');
    const headers = [...response.headers].filter(([name]) => !['date', 'x-request-id'].includes(name));
    const text = body
      .toString('latin1')
      .replace(/"requestId":"[^"]*"/, '')
      .replace(ownPort, 'host');
    return JSON.stringify([response.status, headers, text]);
  }

  async function differing(role: Role | undefined): Promise<string[]> {
    const waiting = await addresses();
    const different: string[] = [];
    const ask = async (): Promise<void> => {
      for (let address = waiting.pop(); address !== undefined; address = waiting.pop()) {
        const one = address;
        const [first, second] = await Promise.all(twins.map(twin => answer(twin, one, role)));
        if (first !== second) different.push(address);
      }
    };
    await Promise.all(Array.from({ length: 4 }, ask));
    return different.toSorted();
  }

  it('of category 1 makes no difference to those who read no exact place, nor to the regulator, but to the others', async () => {
    await hideAt(twins[0], mineId, 1, A);
    await hideAt(twins[1], mineId, 1, B);
    await measureHidden();
    for (const role of [...BLIND, 'regulator'] as const) {
      expect({ role, different: await differing(role) }).toEqual({ role, different: [] });
    }
    expect((await differing('steward')).length).toBeGreaterThan(0);
    const seen = await differing('ecologist');
    expect(seen.some(address => address.includes('/habitats'))).toBe(true);
    expect(seen.some(address => address.includes('/occurrences'))).toBe(true);
    expect(seen.some(address => address.startsWith('/tiles/habitats'))).toBe(true);
    expect(seen.filter(address => address.startsWith('/api/v1/exports')).length).toBe(17);
    expect(seen.some(address => address.includes('/vegetation'))).toBe(true);
  }, 600_000);

  it('of category 2, 3 and 4 makes none to them either, but to the regulator', async () => {
    for (const category of [2, 3, 4]) {
      await hideAt(twins[0], mineId, category, A);
      await hideAt(twins[1], mineId, category, B);
    }
    for (const role of BLIND) expect({ role, different: await differing(role) }).toEqual({ role, different: [] });
    expect((await differing('regulator')).length).toBeGreaterThan(0);
  }, 600_000);

  it('is in no answer to a write that is refused, and in no line of the metrics', async () => {
    const secretOf = async ({ container }: Twin): Promise<string> =>
      ((await container.database.knex('habitat_patch').where({ sensitivity: 1 }).first('id')) as { id: string }).id;
    const write = async (twin: Twin, role: Role, method: string, path: string, body: unknown): Promise<string> => {
      const secret = await secretOf(twin);
      const response = await fetch(twin.url + path.replace('SECRET', secret), {
        method,
        headers: {
          authorization: `Bearer ${await twin.token(role)}`,
          'content-type': 'application/json',
          'if-match': '"1"',
        },
        body: JSON.stringify(body).replaceAll('SECRET', secret),
      });
      const text = (await response.text()).replaceAll(secret, 'SECRET').replace(/"requestId":"[^"]*"/, '');
      return `${response.status} ${text}`;
    };
    const over = square(A[0] - 0.001, A[1] - 0.001, 0.006);
    const habitat = {
      nameZh: '草',
      nameEn: 'Grass',
      habitatCode: '4.7',
      validFrom: '2020-01-01',
      supersedes: 'SECRET',
    };
    const disturb = { stage: 'DST', effectiveOn: '2021-01-01', scope: 'LIC', evidenceGrade: 'E0', damageType: 'EXC' };
    const writes = [
      ['PATCH', `/api/v1/mines/${mineId}/habitats/SECRET`, { nameEn: 'x' }, 404],
      ['POST', `/api/v1/mines/${mineId}/habitats`, { type: 'Feature', geometry: over, properties: habitat }, 422],
      [
        'POST',
        `/api/v1/mines/${mineId}/land-events/preview`,
        { type: 'Feature', geometry: over, properties: disturb },
        200,
      ],
    ] as const;
    for (const [method, path, body, status] of writes) {
      const [first, second] = await Promise.all(twins.map(twin => write(twin, 'admin', method, path, body)));
      expect(first).toBe(second);
      expect(first).toMatch(new RegExp(`^${status} `));
    }
    for (const twin of twins) {
      const text = await (await fetch(`${twin.url}/metrics`)).text();
      expect(text.length).toBeGreaterThan(100);
      expect(text).not.toContain(await secretOf(twin));
      expect(text).not.toMatch(/Secret|101\.02|101\.08/);
      const openapi = await (await fetch(`${twin.url}/api/openapi.json`)).text();
      expect(openapi).not.toMatch(/Secret|101\.02|101\.08/);
    }
  }, 60_000);

  it('is in the log of exact readings when its statistics are read', async () => {
    const [twin] = twins;
    const rows = () =>
      twin.container.database.knex
        .withSchema('restricted')
        .from('exact_access_log')
        .where({ route: 'vegetation' }) as unknown as Promise<{ role: string; subject_ids: string[] }[]>;
    const logged = await rows();
    expect(new Set(logged.map(({ role }) => role))).toEqual(new Set(['ecologist', 'steward', 'regulator']));
    expect(logged.every(({ subject_ids: ids }) => ids.length > 0)).toBe(true);
  });

  it('is in no answer of either, not by name and not by number', async () => {
    for (const address of await addresses()) {
      const text = await answer(twins[0], address, undefined);
      expect(text).not.toContain('Secret');
      expect(text).not.toMatch(/0211111|021111/);
    }
  }, 120_000);

  it('of category 1 that comes to one of them alone is not told to the regulator by the version of its tiles', async () => {
    await hideAt(twins[0], mineId, 1, A);
    for (const layer of ['habitats', 'occurrences']) {
      const told = (role: Role): Promise<string[]> =>
        Promise.all(twins.map(twin => answer(twin, `/tiles/${layer}.json`, role)));
      const [first, second] = await told('regulator');
      expect(first).toBe(second);
      const [one, other] = await told('steward');
      expect(one).not.toBe(other);
    }
  }, 60_000);
});
