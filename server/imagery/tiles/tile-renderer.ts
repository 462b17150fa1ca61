// The tile thread as seen from the server: a few pictures at a time, the others in their order. A thread that dies or stalls is
// replaced; only the tiles it was working on fail.
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
  /**
   * PNG bytes. Not drawn once `gone` is aborted: a map that is moved asks for tiles and leaves them again.
   * @throws AppError of the scene's files, `busy` where too many wait; the reason of `gone`; plain errors when the thread died
   */
  render(job: TileJob, gone?: AbortSignal): Promise<Uint8Array>;
  close(): Promise<void>;
}

interface Waiting {
  readonly job: TileJob;
  readonly gone: AbortSignal | undefined;
  resolve(png: Uint8Array): void;
  reject(error: unknown): void;
}

/** Enough for reading and drawing to go on side by side. */
const AT_ONCE = 8;
/** Some ten screens full of tiles. */
const LONGEST_LINE = 500;
/** Without a single answer. */
const STALLED_MS = 30_000;
const HEAP_MIB = 512;

const startThread = (): Worker =>
  new Worker(threadUrl(import.meta.url, './tile.thread.ts'), {
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MIB },
  });

/** The thread starts with the first tile. */
export function createTileRenderer(start: () => Worker = startThread): TileRenderer {
  let worker: Worker | undefined;
  let nextId = 1;
  let stalled: NodeJS.Timeout | undefined;
  const line: Waiting[] = [];
  const inHand = new Map<number, Waiting>();

  function open(): Worker {
    const opened = start();
    opened.unref();
    opened.on('message', (answer: TileAnswer) => {
      if (worker === opened) settle(answer);
    });
    opened.on('error', error => replace(opened, error));
    opened.on('exit', code => replace(opened, new Error(`The tile thread ended (exit ${code})`)));
    return opened;
  }

  function settle(answer: TileAnswer): void {
    const asked = inHand.get(answer.id);
    inHand.delete(answer.id);
    if ('png' in answer) asked?.resolve(answer.png);
    else if ('fault' in answer) asked?.reject(new AppError(answer.fault.code, answer.fault.params));
    else asked?.reject(new Error(answer.message));
    watchAnew();
    handOut();
  }

  function replace(dead: Worker, reason: Error): void {
    if (worker !== dead) return;
    worker = undefined;
    void dead.terminate();
    for (const asked of inHand.values()) asked.reject(reason);
    inHand.clear();
    watchAnew();
    handOut();
  }

  function handOut(): void {
    while (inHand.size < AT_ONCE) {
      const next = line.shift();
      if (next === undefined) return;
      if (next.gone?.aborted) {
        next.reject(next.gone.reason);
        continue;
      }
      worker ??= open();
      const id = nextId++;
      inHand.set(id, next);
      if (stalled === undefined) watchAnew();
      worker.postMessage({ ...next.job, id } satisfies TileRequest);
    }
  }

  /** From the last answer on: a thread with much to do answers all the while. */
  function watchAnew(): void {
    clearTimeout(stalled);
    stalled = undefined;
    const watched = worker;
    if (inHand.size === 0 || watched === undefined) return;
    stalled = setTimeout(() => replace(watched, new Error('The tile thread stalled')), STALLED_MS);
    stalled.unref();
  }

  return {
    render: (job, gone) =>
      new Promise((resolve, reject) => {
        if (line.length >= LONGEST_LINE) return reject(new AppError('busy'));
        line.push({ job, gone, resolve, reject });
        handOut();
      }),
    async close() {
      const last = worker;
      worker = undefined;
      clearTimeout(stalled);
      await last?.terminate();
    },
  };
}
