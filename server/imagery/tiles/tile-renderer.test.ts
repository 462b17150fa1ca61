import { EventEmitter } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTileRenderer, type TileJob, type TileRequest } from './tile-renderer.ts';

/** A thread that answers when it is told to. */
class FakeThread extends EventEmitter {
  readonly asked: TileRequest[] = [];
  isEnded = false;
  unref(): void {}
  postMessage(request: TileRequest): void {
    this.asked.push(request);
  }
  terminate(): Promise<number> {
    this.isEnded = true;
    return Promise.resolve(1);
  }
  answer(at: number): void {
    this.emit('message', { id: this.asked[at]?.id, png: Uint8Array.of(at) });
  }
}

describe('the tile renderer', () => {
  let threads: FakeThread[];
  beforeEach(() => {
    vi.useFakeTimers();
    threads = [];
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const create = () =>
    createTileRenderer(() => {
      const thread = new FakeThread();
      threads.push(thread);
      return thread as unknown as Worker;
    });
  const job = {} as TileJob;
  const outcome = (coming: Promise<Uint8Array>): Promise<unknown> =>
    coming.then(
      png => png[0],
      (error: Error & { code?: unknown }) => (typeof error.code === 'string' ? error.code : error.message),
    );

  it('hands out a few at a time, and nothing that nobody waits for any more', async () => {
    const renderer = create();
    const gone = new AbortController();
    const coming = Array.from({ length: 12 }, (_unused, i) =>
      outcome(renderer.render(job, i === 8 ? gone.signal : undefined)),
    );
    const [thread] = threads as [FakeThread];
    expect(thread.asked).toHaveLength(8);
    gone.abort(new Error('gone'));
    for (let at = 0; at < 11; at++) thread.answer(at);
    expect(await Promise.all(coming)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 'gone', 8, 9, 10]);
    expect(thread.asked).toHaveLength(11);
  });

  it('takes a thread with much to do for no stalled one, and says that it is busy', async () => {
    const renderer = create();
    const coming = Array.from({ length: 600 }, () => outcome(renderer.render(job)));
    const [thread] = threads as [FakeThread];
    for (let at = 0; at < 508; at++) {
      vi.advanceTimersByTime(1_000);
      thread.answer(at);
    }
    const outcomes = await Promise.all(coming);
    expect(outcomes.filter(one => typeof one === 'number')).toHaveLength(508);
    expect(outcomes.filter(one => one === 'busy')).toHaveLength(92);
    expect(threads).toHaveLength(1);
  });

  it('replaces a thread that does not answer, and one that dies; what waited is drawn by the next', async () => {
    const renderer = create();
    const coming = Array.from({ length: 10 }, () => outcome(renderer.render(job)));
    vi.advanceTimersByTime(30_000);
    expect(threads.map(thread => thread.isEnded)).toEqual([true, false]);
    threads[1]?.answer(0);
    threads[1]?.emit('error', new Error('out of memory'));
    const [first, ...others] = await Promise.all(coming);
    expect(first).toBe('The tile thread stalled');
    expect(others.slice(-2)).toEqual([0, 'out of memory']);
    const next = outcome(renderer.render(job));
    threads[2]?.answer(0);
    expect(await next).toBe(0);
  });
});
