import { Duplex } from 'node:stream';
import type { Worker } from 'node:worker_threads';
import type { ThreadReply, ThreadRequest } from './embedded.thread.ts';
import { BatchCutter } from './wire.ts';

/**
 * What `pg` takes for its socket: bytes written here are answered by the embedded database's thread. Because the real
 * driver speaks through it, parameters, types and errors are the same as with a server.
 */
export class Tunnel extends Duplex {
  readonly #thread: Worker;
  readonly #cutter = new BatchCutter();
  readonly #onMessage = (reply: ThreadReply): void => {
    if (reply.kind === 'answer') this.push(reply.bytes);
    else if (reply.kind === 'fault') this.destroy(new Error(`embedded database: ${reply.message}`));
  };
  readonly #onExit = (): void => void this.destroy(new Error('embedded database: the thread has ended'));

  constructor(thread: Worker) {
    super();
    this.#thread = thread;
    thread.on('message', this.#onMessage);
    thread.on('exit', this.#onExit);
    this.#send({ kind: 'reset' });
  }

  connect(): this {
    process.nextTick(() => this.emit('connect'));
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  override _read(): void {
    // Answers are pushed as they arrive.
  }

  override _write(chunk: Uint8Array, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#take(chunk);
    done();
  }

  override _writev(chunks: { chunk: Uint8Array }[], done: (error?: Error | null) => void): void {
    this.#take(chunks.length === 1 && chunks[0] ? chunks[0].chunk : Buffer.concat(chunks.map(part => part.chunk)));
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#thread.off('message', this.#onMessage);
    this.#thread.off('exit', this.#onExit);
    done(error);
  }

  #take(chunk: Uint8Array): void {
    for (const batch of this.#cutter.push(chunk)) {
      if (batch.kind === 'terminate') this.push(null);
      else this.#send({ kind: batch.kind === 'statement' ? 'statement' : 'exchange', bytes: batch.bytes });
    }
  }

  #send(request: ThreadRequest): void {
    if ('bytes' in request) this.#thread.postMessage(request, [request.bytes.buffer as ArrayBuffer]);
    else this.#thread.postMessage(request);
  }
}
