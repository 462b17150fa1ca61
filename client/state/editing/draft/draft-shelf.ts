import type { Draft } from './draft.ts';

/** Where drafts are kept. One for each account and mine; nobody is handed another's. */
export interface DraftShelf {
  read(accountId: number, mineId: number): Promise<Draft | undefined>;
  write(draft: Draft): Promise<void>;
  remove(accountId: number, mineId: number): Promise<void>;
}

const STORE = 'drafts';

/** Drafts in the browser's own database: large drawings do not fit the smaller storages. */
export function indexedShelf(name = 'regreen'): DraftShelf {
  let opened: Promise<IDBDatabase> | undefined;
  const open = (): Promise<IDBDatabase> =>
    (opened ??= new Promise((resolve, reject) => {
      const request = indexedDB.open(name, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: ['accountId', 'mineId'] });
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error('no database'));
    }));
  const run = async <T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> => {
    const database = await open();
    return new Promise((resolve, reject) => {
      const request = work(database.transaction(STORE, mode).objectStore(STORE));
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error('not kept'));
    });
  };
  return {
    read: (accountId, mineId) => run<Draft | undefined>('readonly', store => store.get([accountId, mineId])),
    write: async draft => void (await run('readwrite', store => store.put(draft))),
    remove: (accountId, mineId) => run('readwrite', store => store.delete([accountId, mineId])),
  };
}
