import type { LiveAnswers, LiveFault, LiveQuestion, LiveReply } from './messages.ts';

/** What the worker refused, by its code. */
export class LiveRefusal extends Error {
  readonly fault: LiveFault;

  constructor(fault: LiveFault) {
    super(fault.code);
    this.fault = fault;
  }
}

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (refusal: LiveRefusal) => void;
}

let worker: Worker | undefined;
let nextId = 1;
const waiting = new Map<number, Waiting>();

/** Asks the worker, which starts with the first question. Throws LiveRefusal. */
export function askWorker<Q extends LiveQuestion>(question: Q): Promise<LiveAnswers[Q['kind']]> {
  worker ??= startWorker();
  const id = nextId++;
  const answer = new Promise<LiveAnswers[Q['kind']]>((resolve, reject) => {
    waiting.set(id, { resolve: resolve as Waiting['resolve'], reject });
  });
  worker.postMessage({ id, question });
  return answer;
}

/** Lets the worker go, with everything that it keeps. */
export function endWorker(): void {
  worker?.terminate();
  worker = undefined;
  refuseAll({ code: 'raster-not-open', params: {} });
}

function startWorker(): Worker {
  const started = new Worker(new URL('./raster.worker.ts', import.meta.url), { type: 'module' });
  started.addEventListener('message', ({ data }: MessageEvent<LiveReply>) => {
    const asked = waiting.get(data.id);
    waiting.delete(data.id);
    if ('fault' in data) asked?.reject(new LiveRefusal(data.fault));
    else asked?.resolve(data.value as never);
  });
  started.addEventListener('error', event => {
    // Out of memory, or code that did not load: the next file gets a new one.
    started.terminate();
    if (worker === started) worker = undefined;
    refuseAll({ code: 'raster-fault', params: { reason: event.message } });
  });
  return started;
}

function refuseAll(fault: LiveFault): void {
  for (const asked of waiting.values()) asked.reject(new LiveRefusal(fault));
  waiting.clear();
}
