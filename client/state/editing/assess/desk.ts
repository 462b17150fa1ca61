import { answer, type DeskAnswer, type DeskQuestion } from './desk-work.ts';
import { pack, unpack } from './parcel.ts';

/** The worker as far as this file needs it, so that tests can stand in for it. */
export interface Helper {
  ask(question: DeskQuestion): Promise<DeskAnswer>;
}

/**
 * Work that follows the hand: never two questions at a time, and of those that came meanwhile only the last is asked.
 * A question that was overtaken is answered undefined.
 */
export class Desk {
  readonly #helper: Helper;
  #busy = false;
  #next: { readonly question: DeskQuestion; readonly done: (found: DeskAnswer | undefined) => void } | undefined;

  constructor(helper: Helper) {
    this.#helper = helper;
  }

  ask(question: DeskQuestion): Promise<DeskAnswer | undefined> {
    this.#next?.done(undefined);
    return new Promise(done => {
      this.#next = { question, done };
      if (!this.#busy) void this.#work();
    });
  }

  async #work(): Promise<void> {
    this.#busy = true;
    while (this.#next !== undefined) {
      const { question, done } = this.#next;
      this.#next = undefined;
      // A helper that fails answers nothing; the next change of the drawing asks again.
      done(await this.#helper.ask(question).catch(() => undefined));
    }
    this.#busy = false;
  }
}

/** A worker where there are workers, the page itself elsewhere. Started with the first question. */
export function deskHelper(): Helper {
  let worker: Worker | undefined;
  return {
    ask: question => {
      if (typeof Worker === 'undefined') return Promise.resolve(answer(question));
      worker ??= new Worker(new URL('./desk.worker.ts', import.meta.url), { type: 'module' });
      const desk = worker;
      return new Promise((resolve, reject) => {
        desk.onmessage = ({ data }: MessageEvent<unknown>) => resolve(unpack(data) as DeskAnswer);
        desk.onerror = event => {
          worker = undefined;
          desk.terminate();
          reject(new Error(event.message));
        };
        const { content, transfer } = pack(question);
        desk.postMessage(content, transfer);
      });
    },
  };
}
