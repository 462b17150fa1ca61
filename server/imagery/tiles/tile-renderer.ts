// The tile thread as seen from the server: one request, one picture. A thread that dies or stalls is replaced; only the
// tiles it was working on fail.
import { Worker } from 'node:worker_threads';
import { AppError } from '../../platform/errors.ts';
import { threadUrl } from '../../platform/threads.ts';
import type { DrawnCode } from '../indices.ts';
import type { SceneSource } from '../rasters/open-scene.ts';
import type { Stretch } from '../scenes/scene-model.ts';
import type { TileAddress } from './warp-mesh.ts';

export interface TileJob {
  /** Same key, same pixels: id and revision of the scene. */
  readonly sceneKey: string;
  readonly source: SceneSource;
  readonly stretch: Stretch | null;
  readonly code: DrawnCode;
  readonly tile: TileAddress;
}

export interface TileRequest extends TileJob {
  readonly id: number;
}

export type TileAnswer =
  | { readonly id: number; readonly png: Uint8Array }
  | { readonly id: number; readonly fault: { readonly code: string; readonly params: Record<string, unknown> } }
  | { readonly id: number; readonly message: string };

export interface TileRenderer {
  /** PNG bytes. Throws AppErrors of the scene's files; plain errors when the thread died. */
  render(job: TileJob): Promise<Uint8Array>;
  close(): Promise<void>;
}

interface Waiting {
  resolve(png: Uint8Array): void;
  reject(error: unknown): void;
  readonly timer: NodeJS.Timeout;
  readonly on: Worker;
}

const STALLED_MS = 30_000;
const HEAP_MIB = 512;

/** The thread starts with the first tile. */
export function createTileRenderer(): TileRenderer {
  let worker: Worker | undefined;
  let nextId = 1;
  const waiting = new Map<number, Waiting>();

  function settle(id: number, act: (entry: Waiting) => void): void {
    const entry = waiting.get(id);
    if (entry === undefined) return;
    waiting.delete(id);
    clearTimeout(entry.timer);
    act(entry);
  }

  function drop(dead: Worker, reason: Error): void {
    if (worker === dead) worker = undefined;
    for (const [id, entry] of waiting) if (entry.on === dead) settle(id, () => entry.reject(reason));
  }

  function start(): Worker {
    const started = new Worker(threadUrl(import.meta.url, './tile.thread.ts'), {
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MIB },
    });
    started.unref();
    started.on('message', (answer: TileAnswer) =>
      settle(answer.id, entry => {
        if ('png' in answer) entry.resolve(answer.png);
        else if ('fault' in answer) entry.reject(new AppError(answer.fault.code, answer.fault.params));
        else entry.reject(new Error(answer.message));
      }),
    );
    started.on('error', error => drop(started, error));
    started.on('exit', code => drop(started, new Error(`The tile thread ended (exit ${code})`)));
    return started;
  }

  return {
    render(job) {
      const to = (worker ??= start());
      const id = nextId++;
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          settle(id, entry => entry.reject(new Error('The tile thread stalled')));
          drop(to, new Error('The tile thread stalled'));
          void to.terminate();
        }, STALLED_MS);
        timer.unref();
        waiting.set(id, { resolve, reject, timer, on: to });
        to.postMessage({ ...job, id } satisfies TileRequest);
      });
    },
    async close() {
      const last = worker;
      worker = undefined;
      await last?.terminate();
    },
  };
}
