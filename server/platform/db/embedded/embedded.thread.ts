/**
 * The embedded PostGIS, alone in a worker thread: a statement may hold this thread for seconds, never the server's.
 * It speaks PostgreSQL's wire protocol over messages (`tunnel.ts` is the other end), one request at a time.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist';
import { slimPostgis } from './slim-postgis.ts';
import { errorResponse, inspectAnswer, queryMessage, readyForQuery, syncMessage } from './wire.ts';

export type ThreadRequest =
  | { readonly kind: 'statement'; readonly bytes: Uint8Array }
  | { readonly kind: 'exchange'; readonly bytes: Uint8Array }
  | { readonly kind: 'reset' }
  | { readonly kind: 'close' };
export type ThreadReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'answer'; readonly bytes: Uint8Array }
  | { readonly kind: 'fault'; readonly message: string }
  | { readonly kind: 'closed' };

const LOST = 'The statement ended without a result: the geometry library failed inside the embedded database';

if (!parentPort) throw new Error('embedded.thread.ts runs as a worker thread only');
const port = parentPort;
const reply = (message: ThreadReply): void => {
  if (message.kind === 'answer' && message.bytes.byteLength === message.bytes.buffer.byteLength)
    port.postMessage(message, [message.bytes.buffer as ArrayBuffer]);
  else port.postMessage(message);
};

const { directory, postgisBundle } = workerData as { directory: string; postgisBundle: string };
const postgis = slimPostgis(postgisBundle);
const database = await PGlite.create({ dataDir: directory, extensions: { postgis, btree_gist } });

/**
 * Runs one statement. PGlite loses errors that the geometry library throws: the statement then ends without command tag
 * and without error, and a transaction around it would commit (https://github.com/electric-sql/pglite/issues/916).
 * Such an answer is turned into what PostgreSQL itself would have sent: an error, and a failed transaction.
 */
async function runStatement(bytes: Uint8Array): Promise<Uint8Array> {
  const answer = await database.execProtocolRaw(bytes);
  const { isConcluded, readyStatus, bodyLength } = inspectAnswer(answer);
  if (isConcluded && readyStatus !== undefined) return answer;

  const status = readyStatus ?? inspectAnswer(await database.execProtocolRaw(syncMessage())).readyStatus ?? 'I';
  const failedStatus = status === 'I' ? 'I' : 'E';
  if (status === 'T') await database.execProtocolRaw(queryMessage('select 1/0'));
  const parts = [answer.subarray(0, bodyLength), errorResponse('XX000', LOST), readyForQuery(failedStatus)];
  return new Uint8Array(Buffer.concat(parts));
}

/** A new connection starts clean, whatever the one before it left open. */
async function reset(): Promise<void> {
  await database.execProtocolRaw(queryMessage('rollback'));
  await database.execProtocolRaw(queryMessage('discard all'));
}

async function serve(request: ThreadRequest): Promise<void> {
  if (request.kind === 'close') {
    await database.close();
    reply({ kind: 'closed' });
    port.close();
  } else if (request.kind === 'reset') {
    await reset();
  } else if (request.kind === 'statement') {
    reply({ kind: 'answer', bytes: await runStatement(request.bytes) });
  } else {
    reply({ kind: 'answer', bytes: await database.execProtocolRaw(request.bytes) });
  }
}

let last: Promise<void> = Promise.resolve();
port.on('message', (request: ThreadRequest) => {
  last = last
    .then(() => serve(request))
    .catch((error: unknown) =>
      reply({ kind: 'fault', message: error instanceof Error ? error.message : String(error) }),
    );
});
reply({ kind: 'ready' });
