import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import createKnex from 'knex';
import { beforeAll, describe, expect, it } from 'vitest';
import { ACTIONS } from './accounts/policy.ts';
import { createApp } from './app.ts';
import { createContainer } from './container.ts';
import { readConfig } from './platform/config.ts';
import type { Database } from './platform/db/database.ts';
import { ACTION_NOUNS, KIND_NOUNS } from './platform/http/problems/nouns.ts';
import { createJobs } from './platform/jobs/create-jobs.ts';
import { createLog } from './platform/log.ts';
import { openStorage } from './platform/storage/open-storage.ts';
import { packageRoot } from './platform/threads.ts';

interface Layer {
  readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}
interface Operation {
  readonly operationId: string;
  readonly parameters: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, unknown>> }>>;
}
interface Schema {
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema & { readonly type?: string; readonly items?: Schema }>>;
}

/** The whole product on a database that is never asked anything. */
async function assemble() {
  const config = readConfig({ REGREEN_DEMO: '0' });
  const log = createLog('silent');
  const knex = createKnex({ client: 'pg' });
  const database: Database = {
    kind: 'embedded',
    heldForMs: () => 0,
    knex,
    postgis: '3.3',
    transaction: () => Promise.reject(new Error('no database')),
    close: () => knex.destroy(),
  };
  const storage = await openStorage(undefined, join(packageRoot, 'test', 'output', 'no-data'));
  const jobs = createJobs(database, log);
  const container = createContainer({ config, log, database, storage, jobs });
  const app = await createApp({ container, clientFolder: '/nowhere', isDraining: () => false });
  const layers = (app as unknown as { router: { stack: readonly Layer[] } }).router.stack;
  return { routes: container.routes, layers, document: await readDocument(createServer(app)) };
}

async function readDocument(server: Server): Promise<Document> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}/api/openapi.json`);
  server.close();
  return (await response.json()) as Document;
}

describe('the product over HTTP, put together', () => {
  let built: Awaited<ReturnType<typeof assemble>>;
  beforeAll(async () => {
    built = await assemble();
  });
  const operations = (): [name: string, operation: Operation][] =>
    Object.entries(built.document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, one]) => [`${method} ${path}`, one] as [string, Operation]),
    );

  it('describes every address that is mounted, and no other', () => {
    const mounted = built.layers.flatMap(({ route }) => {
      const methods = Object.keys(route?.methods ?? {});
      // Of all methods at once: the step that refuses the others of a known address.
      if (!route || methods.length > 5) return [];
      return methods.map(method => `${method} ${route.path.replace(/:(\w+)/g, '{$1}')}`);
    });
    expect(mounted.length).toBeGreaterThan(50);
    expect(mounted.toSorted()).toEqual(
      operations()
        .map(([name]) => name)
        .toSorted(),
    );
    for (const name of [
      'get /healthz',
      'get /readyz',
      'get /metrics',
      'get /api/openapi.json',
      'get /tiles/{layer}.json',
    ])
      expect(mounted).toContain(name);
  });

  it('describes each once, with the parameters of its address and what it answers', () => {
    const ids = operations().map(([, { operationId }]) => operationId);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    for (const [name, { parameters, responses }] of operations()) {
      const inPath = parameters.filter(parameter => parameter.in === 'path').map(parameter => `{${parameter.name}}`);
      expect([name, inPath.toSorted()]).toEqual([name, (name.match(/\{\w+\}/g) ?? []).toSorted()]);
      const answers = Object.entries(responses).filter(([status]) => status.startsWith('2'));
      expect([name, answers.some(([status, { content }]) => content !== undefined || status === '204')]).toEqual([
        name,
        true,
      ]);
    }
  });

  it('describes the files and the JSON part of a scene', () => {
    const content = built.document.paths['/api/v1/scenes']?.['post']?.requestBody?.content ?? {};
    expect(Object.keys(content)).toEqual(['multipart/form-data']);
    const schema = content['multipart/form-data']?.schema;
    expect(schema?.required).toEqual(['files', 'metadata']);
    expect(schema?.properties?.['files']).toMatchObject({ type: 'array', items: { type: 'string' } });
    expect(Object.keys(schema?.properties?.['metadata']?.properties ?? {})).toEqual(
      expect.arrayContaining(['acquiredOn', 'sensor', 'bands', 'scale', 'offset', 'maskClasses']),
    );
  });

  it('asks for a body with every address that writes one, and says of each which action it is', () => {
    const bodiless = operations().filter(([name, { requestBody }]) => /^(post|put|patch) /.test(name) && !requestBody);
    expect(bodiless.map(([name]) => name)).toEqual(['post /api/v1/jobs/{id}/cancel']);
    const closed = built.routes.filter(({ access }) => access === 'signed-in');
    expect(closed.length).toBeGreaterThan(15);
    const known = new Set<string>(ACTIONS);
    expect(
      closed.filter(({ action }) => !known.has(action ?? '')).map(({ method, path }) => `${method} ${path}`),
    ).toEqual([]);
  });

  it('keeps no secret and no exact place for those who repeat a request', () => {
    const of = (path: string) => built.routes.find(one => one.method === 'post' && one.path === path)?.repeat;
    expect([of('/api/v1/session'), of('/api/v1/tokens')]).toEqual(['never', 'never']);
    expect(of('/api/v1/mines/:id/habitats')).toBeTypeOf('function');
    expect(of('/api/v1/mines/:id/occurrences')).toBeTypeOf('function');
  });

  it('has a word in both languages for every action and every kind of thing that can be missing', () => {
    expect(Object.keys(ACTION_NOUNS).toSorted()).toEqual(ACTIONS.toSorted());
    const sources = readdirSync(join(packageRoot, 'server'), { recursive: true, encoding: 'utf8' })
      .filter(path => path.endsWith('.ts') && !path.endsWith('.test.ts'))
      .map(path => readFileSync(join(packageRoot, 'server', path), 'utf8'));
    const missing = sources.flatMap(text => [...text.matchAll(/notFound\('([^']+)'/g)].map(match => match[1] ?? ''));
    expect(missing.length).toBeGreaterThan(5);
    expect(missing.filter(kind => !(kind in KIND_NOUNS))).toEqual([]);
    for (const { en, zh } of [...Object.values(KIND_NOUNS), ...Object.values(ACTION_NOUNS)]) {
      expect(en).toMatch(/^[a-z ]+$/);
      expect(zh).toMatch(/^[\u4e00-\u9fff]+$/);
    }
  });
});
