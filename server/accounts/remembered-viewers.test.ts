import { describe, expect, it } from 'vitest';
import type { Viewer } from '../platform/viewer.ts';
import { rememberViewers } from './remembered-viewers.ts';

const manager: Viewer = { accountId: 1, username: 'm', role: 'manager', organisationIds: new Set([1]) };
const secret = Buffer.from('secret');
const never = (): Promise<Viewer> => new Promise(() => undefined);

describe('viewers while a transaction holds the only connection', () => {
  let heldMs = 0;
  const database = { kind: 'embedded', heldForMs: () => heldMs } as const;
  const looksUp = async (): Promise<Viewer> => manager;

  it('are those of the last lookup, and only of secrets that were looked up', async () => {
    heldMs = 0;
    const viewers = rememberViewers(database);
    await viewers.resolve(secret, looksUp);
    heldMs = 5_000;
    expect(await viewers.resolve(secret, never)).toBe(manager);
    const other = viewers.resolve(Buffer.from('other'), async () => {
      throw new Error('asked');
    });
    await expect(other).rejects.toThrow('asked');
  });

  it('do not wait when the connection is taken while they are looked up', async () => {
    heldMs = 0;
    const viewers = rememberViewers(database);
    await viewers.resolve(secret, looksUp);
    const answer = viewers.resolve(secret, never);
    heldMs = 1;
    expect(await answer).toBe(manager);
  });

  it('are asked for again once somebody has signed out', async () => {
    heldMs = 0;
    const viewers = rememberViewers(database);
    await viewers.resolve(secret, looksUp);
    viewers.forget(secret);
    heldMs = 5_000;
    await expect(viewers.resolve(secret, () => Promise.reject(new Error('asked')))).rejects.toThrow('asked');
  });

  it('are looked up every time with a server', async () => {
    const viewers = rememberViewers({ kind: 'postgres', heldForMs: () => 0 });
    await viewers.resolve(secret, looksUp);
    await expect(viewers.resolve(secret, () => Promise.reject(new Error('asked')))).rejects.toThrow('asked');
  });
});
