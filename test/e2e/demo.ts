import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { apiFor } from '../helpers/api.ts';
import { launchBrowser } from '../helpers/browser.ts';
import { DEMO_START_MS, startDemo } from '../demo/start-demo.ts';
import type { RunningServer } from '../helpers/server.ts';

/** A mine of the samples as the list of mines has it. */
export interface DemoMine {
  readonly id: number;
  readonly nameEn: string;
  readonly bbox: readonly [number, number, number, number];
}

/** There inside tests and hooks only. */
export interface Demo {
  readonly server: RunningServer;
  readonly browser: Browser;
  /** The bauxite mine with fields, forest and grass. */
  readonly mine: DemoMine;
}

/** The server with its samples and a Chromium, for one file of browser tests; on PostgreSQL where there is one, unless told otherwise. */
export function useDemo(database?: 'embedded' | 'postgres'): Demo {
  const demo: { -readonly [Key in keyof Demo]?: Demo[Key] } = {};
  beforeAll(async () => {
    [demo.server, demo.browser] = await Promise.all([startDemo(database), launchBrowser()]);
    const { items } = await apiFor(demo.server.url).get<{ items: DemoMine[] }>('/api/v1/mines');
    const mine = items.find(({ nameEn }) => nameEn.startsWith('Qinggangling'));
    if (mine !== undefined) demo.mine = mine;
  }, DEMO_START_MS);
  afterAll(async () => {
    await demo.browser?.close();
    await demo.server?.stop();
  });
  // Filled before the first test runs.
  return demo as Demo;
}
