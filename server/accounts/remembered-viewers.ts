import type { Database } from '../platform/db/database.ts';
import type { Viewer } from '../platform/viewer.ts';

/** A lookup that takes longer than this waits for somebody else's transaction. */
const PATIENCE_MS = 200;
const KEPT_MS = 10 * 60_000;
const MOST = 1_000;

export interface RememberedViewers {
  /** Whom a secret stands for: as looked up, or as it was found last while a transaction holds the only connection. */
  resolve(secretHash: Buffer, lookUp: () => Promise<Viewer>): Promise<Viewer>;
  forget(secretHash: Buffer): void;
}

/**
 * Who asks how far a job is, or wants it to end, must not wait for that job. On the embedded database the job may hold the one connection;
 * then the answer of the last ten minutes is taken: nothing about accounts can change while the connection is held, no other process may
 * open the database, and signing out forgets. A session may outlive its end by those ten minutes; whatever comes to change an account has
 * to forget it here. With a server every request is looked up.
 */
export function rememberViewers(db: Pick<Database, 'kind' | 'heldForMs'>): RememberedViewers {
  const known = new Map<string, { readonly viewer: Viewer; readonly untilMs: number }>();
  let signOuts = 0;
  return {
    async resolve(secretHash, lookUp) {
      if (db.kind !== 'embedded') return lookUp();
      const key = secretHash.toString('hex');
      const found = known.get(key);
      const last = found !== undefined && found.untilMs > Date.now() ? found.viewer : undefined;
      if (last !== undefined && db.heldForMs() > PATIENCE_MS) return last;
      const before = signOuts;
      const asked = lookUp().then(viewer => {
        known.delete(key);
        // Who signed out meanwhile was perhaps looked up before.
        if (viewer.accountId !== null && before === signOuts) known.set(key, { viewer, untilMs: Date.now() + KEPT_MS });
        const [oldest] = known.keys();
        if (known.size > MOST && oldest !== undefined) known.delete(oldest);
        return viewer;
      });
      if (last === undefined) return asked;
      asked.catch(() => undefined);
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<undefined>(resolve => (timer = setTimeout(() => resolve(undefined), PATIENCE_MS)));
      const viewer = await Promise.race([asked, late]);
      clearTimeout(timer);
      if (viewer !== undefined) return viewer;
      return known.has(key) && db.heldForMs() > 0 ? last : asked;
    },
    forget(secretHash) {
      signOuts++;
      known.delete(secretHash.toString('hex'));
    },
  };
}
