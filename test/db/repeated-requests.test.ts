import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { habitatsRoutes } from '../../server/biodiversity/habitats/habitats.routes.ts';
import { AppError } from '../../server/platform/errors.ts';
import { idempotency } from '../../server/platform/http/idempotency.ts';
import { problemHandler } from '../../server/platform/http/problem.ts';
import { mountRoutes, route, setViewer, type Route } from '../../server/platform/http/route.ts';
import { createLog } from '../../server/platform/log.ts';
import type { Viewer } from '../../server/platform/viewer.ts';
import { describeOnBothDatabases } from '../helpers/databases.ts';
import { createRooms, makeMine, square, viewerOf, type Rooms } from '../helpers/rooms.ts';

describeOnBothDatabases('requests sent again under the same key', getDb => {
  let server: Server;
  let viewer: Viewer = viewerOf('ecologist');
  let carriedOut = 0;
  let work: () => Promise<void> = () => Promise.resolve();
  let rooms: Rooms;
  let mineId: number;

  beforeAll(async () => {
    const db = getDb();
    rooms = createRooms(db);
    mineId = (await makeMine(rooms, 'R1')).id;
    await db.transaction(tx => rooms.biodiversity.taxa.loadReference(tx));
    const thingsAt = (path: string): Route =>
      route({
        method: 'post',
        path,
        tag: 'test',
        summary: 'Make a thing',
        body: z.object({ name: z.string() }),
        response: z.object({ id: z.int(), name: z.string(), revision: z.int() }),
        status: 201,
        access: 'signed-in',
        async handle({ body: { name } }) {
          carriedOut++;
          const id = carriedOut;
          await work();
          return { id, name, revision: 3 };
        },
      });
    const upload = route({
      method: 'post',
      path: '/uploads',
      tag: 'test',
      summary: 'Send a file',
      multipart: { file: 'file', description: 'a file', isMany: false, fields: {}, required: ['file'] },
      response: z.object({ id: z.int(), bytes: z.int() }),
      status: 201,
      access: 'signed-in',
      async handle({ req }) {
        if (req.get('x-refused') !== undefined) throw new AppError('forbidden');
        carriedOut++;
        const id = carriedOut;
        // Nobody reads a body at once: the mine and its owner are looked up before.
        await work();
        let bytes = 0;
        for await (const chunk of req) bytes += (chunk as Buffer).length;
        return { id, bytes };
      },
    });
    const app = express();
    app.use((_req, res, next) => {
      setViewer(res, viewer);
      next();
    }, express.json());
    const routes = [thingsAt('/things'), thingsAt('/hasty'), upload, ...habitatsRoutes(rooms.biodiversity.habitats)];
    mountRoutes(app, routes, one =>
      one.method === 'post' ? [idempotency(db.knex, one, { patienceMs: one.path === '/hasty' ? 200 : 20_000 })] : [],
    );
    app.use(problemHandler(createLog('silent')));
    server = createServer(app);
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => server.close());
  beforeEach(() => {
    carriedOut = 0;
    work = () => Promise.resolve();
    viewer = viewerOf('ecologist');
  });

  async function send(key: string, body: unknown, path = '/things') {
    const { port } = server.address() as AddressInfo;
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify(body),
    });
    const { status, headers } = response;
    return { status, headers, body: (await response.json()) as Record<string, unknown> };
  }
  async function sendFile(key: string, content: string, headers: Record<string, string> = {}) {
    const { port } = server.address() as AddressInfo;
    const body = new FormData();
    body.append('fixes', '{}');
    body.append('file', new Blob([content]), 'a.txt');
    const response = await fetch(`http://127.0.0.1:${port}/uploads`, {
      method: 'POST',
      headers: { 'idempotency-key': key, ...headers },
      body,
    });
    return {
      status: response.status,
      replayed: response.headers.get('idempotent-replayed'),
      body: await response.json(),
    };
  }
  /** Work that ends when the test says so; `begun` is when the first request has come to it. */
  function holdWork(): { readonly begun: Promise<void>; readonly letGo: () => void } {
    let [begin, letGo] = [(): void => undefined, (): void => undefined];
    const begun = new Promise<void>(resolve => (begin = resolve));
    const held = new Promise<void>(resolve => (letGo = resolve));
    work = () => {
      begin();
      return held;
    };
    return { begun, letGo };
  }

  it('carries out one of several that arrive together, and gives all of them its answer', async () => {
    const { begun, letGo } = holdWork();
    const sent = [1, 2, 3].map(() => send('together', { name: 'a' }));
    await begun;
    letGo();
    const answers = await Promise.all(sent);
    expect(carriedOut).toBe(1);
    expect(answers.map(({ status, body }) => [status, body])).toEqual(
      answers.map(() => [201, { id: 1, name: 'a', revision: 3 }]),
    );
    expect(answers.map(({ headers }) => headers.get('etag'))).toEqual(['"3"', '"3"', '"3"']);
    expect(answers.filter(({ headers }) => headers.get('idempotent-replayed') === 'true')).toHaveLength(2);
  });

  it('answers also while a transaction holds the only connection, and keeps the answer for later', async () => {
    let letGo = (): void => undefined;
    const held = new Promise<void>(resolve => (letGo = resolve));
    let holding: Promise<void> | undefined;
    work = () =>
      new Promise(begun => {
        holding = getDb().transaction(() => {
          begun();
          return held;
        });
      });
    const first = await send('held', { name: 'a' });
    expect(first.status).toBe(201);
    letGo();
    await holding;
    const again = await send('held', { name: 'a' });
    expect([again.headers.get('idempotent-replayed'), again.body]).toEqual(['true', first.body]);
    expect(carriedOut).toBe(1);
  });

  it('does not wait for ever, and says when to ask again', async () => {
    const { begun, letGo } = holdWork();
    const first = send('patience', { name: 'a' }, '/hasty');
    await begun;
    const second = await send('patience', { name: 'a' }, '/hasty');
    expect([second.status, second.body['code']]).toEqual([409, 'idempotency-key-in-use']);
    expect(Number(second.headers.get('retry-after'))).toBeGreaterThan(0);
    letGo();
    expect((await first).status).toBe(201);
    expect((await send('patience', { name: 'a' }, '/hasty')).body).toEqual((await first).body);
    expect(carriedOut).toBe(1);
  });

  it('refuses another content under the same key, also while the first still runs', async () => {
    const { begun, letGo } = holdWork();
    const first = send('other', { name: 'a' });
    await begun;
    for (let i = 0; i < 2; i++) {
      const other = await send('other', { name: 'b' });
      expect([other.status, other.body['code']]).toEqual([422, 'idempotency-key-reused']);
      letGo();
      await first;
    }
    expect(carriedOut).toBe(1);
  });

  it('lets the one that waits have its turn when the first fails on our side, and repeats a refusal', async () => {
    const { begun, letGo } = holdWork();
    const held = work;
    work = async () => {
      const isFirst = carriedOut === 1;
      await held();
      if (isFirst) throw new Error('the disk is gone');
    };
    const first = send('failing', { name: 'a' });
    await begun;
    const second = send('failing', { name: 'a' });
    letGo();
    expect([(await first).status, (await second).status, carriedOut]).toEqual([500, 201, 2]);
    work = () => Promise.reject(new AppError('already-exists'));
    const refused = [await send('refused', { name: 'a' }), await send('refused', { name: 'a' })];
    expect(refused.map(({ status, body }) => [status, body['code']])).toEqual([
      [409, 'already-exists'],
      [409, 'already-exists'],
    ]);
    expect(carriedOut).toBe(3);
  });

  it('takes a file once, whatever boundary it is sent with, and refuses another one under its key', async () => {
    const content = '界址点 '.repeat(50_000);
    const { begun, letGo } = holdWork();
    const first = sendFile('file', content);
    await begun;
    const second = sendFile('file', content);
    letGo();
    const [one, two, three] = [await first, await second, await sendFile('file', content)];
    expect([carriedOut, one.status, two.status, two.replayed, three.replayed]).toEqual([1, 201, 201, 'true', 'true']);
    expect([two.body, three.body]).toEqual([one.body, one.body]);
    expect((one.body as { bytes: number }).bytes).toBeGreaterThan(Buffer.byteLength(content));
    const other = await sendFile('file', `${content}.`);
    expect([other.status, (other.body as { code: string }).code, carriedOut]).toEqual([
      422,
      'idempotency-key-reused',
      1,
    ]);
  });

  it('keeps no answer to a file that was refused unread', async () => {
    expect((await sendFile('unread', 'a'.repeat(200_000), { 'x-refused': 'yes' })).status).toBe(403);
    const again = await sendFile('unread', 'a'.repeat(200_000));
    expect([again.status, again.replayed, carriedOut]).toEqual([201, null, 1]);
  });

  it('forgets the key of a process that died under it', async () => {
    const abandoned = { account_id: 1, key: 'died', method_and_path: 'POST /things', body_sha256: 'x' };
    const { knex } = getDb();
    await knex('idempotency').insert({ ...abandoned, created_at: knex.raw(`now() - interval '11 minutes'`) });
    expect((await send('died', { name: 'a' })).status).toBe(201);
  });

  it('keeps of a nest no place, and answers again with the rights of the day', async () => {
    const taxon = await rooms.biodiversity.taxa.getByName(getDb().knex, 'Aegypius monachus');
    const nest = {
      type: 'Feature',
      geometry: square(101.0234567, 36.0345678),
      properties: {
        nameZh: '巢',
        nameEn: 'nest',
        habitatCode: '4.7',
        validFrom: '2018-01-01',
        taxonIds: [taxon.id],
        uses: ['BREED'],
      },
    };
    viewer = viewerOf('steward');
    const path = `/api/v1/mines/${mineId}/habitats`;
    const first = await send('nest', nest, path);
    expect([first.status, JSON.stringify(first.body).includes('101.0234567')]).toEqual([201, true]);
    const kept = await getDb().knex('idempotency').where({ key: 'nest' }).first<{ answer: unknown }>();
    expect(kept.answer).toEqual({ id: first.body['id'] });
    expect(JSON.stringify(await getDb().knex('idempotency'))).not.toMatch(/101\.02|36\.03|Aegypius/);
    const again = await send('nest', nest, path);
    expect([again.status, again.headers.get('idempotent-replayed'), again.headers.get('etag')]).toEqual([
      201,
      'true',
      first.headers.get('etag'),
    ]);
    expect(again.body).toEqual(first.body);
    // The same account, its role taken away in the meantime.
    viewer = viewerOf('manager');
    const later = await send('nest', nest, path);
    expect(JSON.stringify(later.body)).not.toMatch(/101\.0234567|36\.0345678/);
  });
});
