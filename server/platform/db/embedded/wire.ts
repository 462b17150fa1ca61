/**
 * As much of PostgreSQL's wire protocol (version 3) as the embedded database's door needs: where a request ends, and
 * whether the answer to it is complete. Pure bytes; no socket, no database.
 */

const CODE = {
  sync: 0x53,
  query: 0x51,
  terminate: 0x58,
  execute: 0x45,
  commandComplete: 0x43,
  parseComplete: 0x31,
  bindComplete: 0x32,
  errorResponse: 0x45,
  readyForQuery: 0x5a,
} as const;

export type Batch =
  { readonly kind: 'startup' | 'statement' | 'sync'; readonly bytes: Uint8Array } | { readonly kind: 'terminate' };

/** Cuts what a client writes into batches that end where the server has to answer (Sync, Query, start-up). */
export class BatchCutter {
  #pending: Buffer = Buffer.alloc(0);
  #started = false;

  push(chunk: Uint8Array): Batch[] {
    this.#pending = this.#pending.length === 0 ? Buffer.from(chunk) : Buffer.concat([this.#pending, chunk]);
    const batches: Batch[] = [];
    let batchStart = 0;
    let executes = false;
    for (let at = 0; ;) {
      const headerLength = this.#started ? 5 : 4;
      if (this.#pending.length - at < headerLength) break;
      const messageLength = this.#pending.readInt32BE(at + headerLength - 4) + headerLength - 4;
      if (this.#pending.length - at < messageLength) break;
      const code = this.#started ? this.#pending[at] : undefined;
      at += messageLength;
      if (code === CODE.terminate) batches.push({ kind: 'terminate' });
      if (code === CODE.execute || code === CODE.query) executes = true;
      if (code === undefined || code === CODE.sync || code === CODE.query) {
        const kind = code === undefined ? 'startup' : executes ? 'statement' : 'sync';
        batches.push({ kind, bytes: new Uint8Array(this.#pending.subarray(batchStart, at)) });
        batchStart = at;
        executes = false;
        this.#started = true;
      }
    }
    this.#pending = this.#pending.subarray(batchStart);
    return batches;
  }
}

export interface Answer {
  /**
   * An error was seen, or a well-formed command tag (not `???`) and, where a statement was parsed, its binding. When
   * planning fails without a word, the binding is missing and the answer says "empty query": that does not count.
   */
  readonly isConcluded: boolean;
  /** Transaction status of the last ReadyForQuery ('I' idle, 'T' in a transaction, 'E' failed), or undefined. */
  readonly readyStatus: 'I' | 'T' | 'E' | undefined;
  /** Bytes before that ReadyForQuery. */
  readonly bodyLength: number;
}

/** Reads the headers of what the server answered. A tag such as `???` does not count as one. */
export function inspectAnswer(answer: Uint8Array): Answer {
  const bytes = Buffer.from(answer.buffer, answer.byteOffset, answer.byteLength);
  let hasTag = false;
  let hasError = false;
  let unboundCount = 0;
  let readyStatus: Answer['readyStatus'];
  let bodyLength = bytes.length;
  for (let at = 0; at + 5 <= bytes.length;) {
    const code = bytes[at];
    const end = at + 1 + bytes.readInt32BE(at + 1);
    if (code === CODE.commandComplete) {
      const first = bytes[at + 5] ?? 0;
      hasTag ||= first >= 0x41 && first <= 0x5a;
    } else if (code === CODE.errorResponse) {
      hasError = true;
    } else if (code === CODE.parseComplete) {
      unboundCount++;
    } else if (code === CODE.bindComplete) {
      unboundCount--;
    } else if (code === CODE.readyForQuery) {
      readyStatus = String.fromCharCode(bytes[at + 5] ?? 0x49) as 'I' | 'T' | 'E';
      bodyLength = at;
    }
    at = end;
  }
  return { isConcluded: hasError || (hasTag && unboundCount <= 0), readyStatus, bodyLength };
}

/** An ErrorResponse message. */
export function errorResponse(sqlState: string, message: string): Uint8Array {
  const fields = Buffer.from(`SERROR\0VERROR\0C${sqlState}\0M${message}\0\0`, 'utf8');
  const head = Buffer.alloc(5);
  head[0] = CODE.errorResponse;
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}

/** A ReadyForQuery message. */
export const readyForQuery = (status: 'I' | 'T' | 'E'): Uint8Array =>
  Uint8Array.from([CODE.readyForQuery, 0, 0, 0, 5, status.charCodeAt(0)]);

/** A Sync message. */
export const syncMessage = (): Uint8Array => Uint8Array.from([CODE.sync, 0, 0, 0, 4]);

/** A simple Query message. */
export function queryMessage(sql: string): Uint8Array {
  const text = Buffer.from(`${sql}\0`, 'utf8');
  const head = Buffer.alloc(5);
  head[0] = CODE.query;
  head.writeInt32BE(text.length + 4, 1);
  return Buffer.concat([head, text]);
}
