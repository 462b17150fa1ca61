import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { apiFor } from '../helpers/api.ts';
import { describeOnBothServers, startServer } from '../helpers/server.ts';
import { degreeGrid, sceneTiff } from './scene-files.ts';

describeOnBothServers(
  'a server that is told to end',
  getServer => {
    it('answers the request in hand, lets go of those who only watch, and ends', async () => {
      const server = getServer();
      const api = apiFor(server.url, await server.token('admin'));
      const form = new FormData();
      const grid = degreeGrid(101, 36, 16, 16);
      form.append('metadata', JSON.stringify({ acquiredOn: '2021-01-01', sensor: 'x', bands: { red: 1, nir: 2 } }));
      form.append('file', new Blob([new Uint8Array(await sceneTiff({ grid, bands: [() => 9, () => 8] }))]), 'a.tif');
      const { job } = (await (await api.raw('/api/v1/scenes', { method: 'POST', body: form })).json()) as {
        job: { id: string };
      };
      const watched = await api.raw(`/api/v1/jobs/${job.id}/events`);
      const stream = watched.text();

      const body = JSON.stringify({ code: 'LATE', nameZh: '迟', nameEn: 'Late', parentCode: null, kind: 'company' });
      const [head, tail] = [body.slice(0, 20), body.slice(20)];
      const sending = request(`${server.url}/api/v1/organisations`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${await server.token('admin')}`,
          expect: '100-continue',
        },
      });
      const isInHand = new Promise<void>(resolve => sending.once('continue', () => resolve()));
      const answer = new Promise<number | undefined>((resolve, reject) => {
        sending.once('response', response => {
          response.resume();
          resolve(response.statusCode);
        });
        sending.once('error', reject);
      });
      sending.write(head);
      await isInHand;

      const ended = new Promise<number | null>(resolve => server.child.once('exit', code => resolve(code)));
      server.child.kill('SIGTERM');
      await untilClosed(server.url);
      sending.end(tail);
      expect(await answer).toBe(201);
      // Had it been cut at the end of the server's patience, reading it would fail.
      expect(await stream).toContain('"state":');
      // Not by `stop`: a second signal would end it where it stands.
      expect(await ended).toBe(0);
      expect(server.output()).toContain('Ended.');
    });
  },
  { REGREEN_WORKERS: '0' },
);

async function untilClosed(url: string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const isOpen = await fetch(`${url}/healthz`, { headers: { connection: 'close' } }).then(
      () => true,
      () => false,
    );
    if (!isOpen) return;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  throw new Error('it still takes requests');
}

describe('the life of a server', () => {
  it('keeps a second process out of its data, ends cleanly, and leaves nothing locked', async () => {
    const server = await startServer();
    try {
      const second = startServer({ env: { REGREEN_DATA_DIR: server.dataDir } });
      await expect(second).rejects.toThrow('embedded-database-in-use');
    } finally {
      expect(await server.stop()).toBe(0);
    }
    expect(server.output()).toContain('Ended.');
  });

  it('refuses unusable settings, all of them at once', async () => {
    const failing = startServer({ env: { PORT: 'many', REGREEN_DEMOS: '1', REGREEN_WORKERS: 'x' } });
    await expect(failing).rejects.toThrow(/REGREEN_DEMOS[\s\S]*PORT[\s\S]*REGREEN_WORKERS/);
  });
});
