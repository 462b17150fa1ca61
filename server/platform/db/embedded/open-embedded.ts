import { Worker } from 'node:worker_threads';
import createKnex, { type Knex } from 'knex';
import { threadUrl } from '../../threads.ts';
import type { DatabaseOptions, OpenedDatabase } from '../database.ts';
import { pgTypes } from '../pg-types.ts';
import { thrownAnyway } from '../thrown-anyway.ts';
import { damaged, takeDirectory, type EmbeddedDirectory } from './directory.ts';
import type { ThreadReply, ThreadRequest } from './embedded.thread.ts';
import { Tunnel } from './tunnel.ts';

/** A statement cannot be cancelled here, so whoever waits for the one connection waits as long as the longest of them. */
const WAIT_FOR_CONNECTION_MS = 180_000;

/** Opens the PostGIS that lives below the data folder, making it on the first start. */
export async function openEmbedded(options: DatabaseOptions): Promise<OpenedDatabase> {
  const { dataDir, onProgress = () => undefined, onLost = () => undefined } = options;
  const directory = await takeDirectory(dataDir);
  let thread: Worker | undefined;
  let knex: Knex | undefined;
  let isClosing = false;
  const close = async (): Promise<void> => {
    isClosing = true;
    await knex?.destroy();
    if (thread) await closeThread(thread);
    await directory.release();
  };
  try {
    onProgress(directory.isNew ? 'Making the embedded database (once)' : 'Opening the embedded database');
    thread = await startThread(directory);
    knex = connect(thread);
    if (directory.isNew) {
      onProgress('Installing PostGIS in it (once)');
      await knex.raw('create extension if not exists postgis');
      await directory.markReady();
    }
    await knex.raw('select postgis_lib_version()');
  } catch (error) {
    await close().catch(() => undefined);
    throw directory.isNew ? error : damaged(directory.files, error instanceof Error ? error.message : String(error));
  }
  thread.once('error', error => onLost(error));
  thread.once('exit', code => {
    if (!isClosing) onLost(new Error(`The embedded database's thread ended (exit ${code})`));
  });
  return { kind: 'embedded', knex, close };
}

function startThread({ files, postgisBundle }: EmbeddedDirectory): Promise<Worker> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(threadUrl(import.meta.url, './embedded.thread.ts'), {
      workerData: { directory: files, postgisBundle },
    });
    const fail = (error: Error): void => {
      thread.removeAllListeners();
      void thread.terminate();
      reject(error);
    };
    thread.once('error', fail);
    thread.once('exit', code => fail(new Error(`the thread ended (exit ${code})`)));
    thread.once('message', (message: ThreadReply) => {
      if (message.kind !== 'ready') return fail(new Error(`unexpected ${message.kind}`));
      thread.removeAllListeners('error').removeAllListeners('exit');
      resolve(thread);
    });
  });
}

function connect(thread: Worker): Knex {
  thread.setMaxListeners(20);
  return createKnex({
    client: 'pg',
    connection: () => ({
      stream: (() => new Tunnel(thread)) as never,
      user: 'postgres',
      database: 'postgres',
      ssl: false,
      types: pgTypes as never,
    }),
    pool: { min: 1, max: 1 },
    acquireConnectionTimeout: WAIT_FOR_CONNECTION_MS,
    log: thrownAnyway,
  });
}

function closeThread(thread: Worker): Promise<void> {
  return new Promise(resolve => {
    const end = (): void => void thread.terminate().then(() => resolve());
    thread.on('message', (message: ThreadReply) => {
      if (message.kind === 'closed' || message.kind === 'fault') end();
    });
    thread.once('exit', () => resolve());
    thread.postMessage({ kind: 'close' } satisfies ThreadRequest);
  });
}
