import type { DeflatedBlock, InflateBlocks, InflatedBlock } from './deflated-block.ts';

/** One stream that was announced: it is either inflated or withdrawn. */
export interface ComingStream {
  /** Undefined where it is corrupt. */
  readonly inflate: (block: DeflatedBlock) => Promise<InflatedBlock | undefined>;
  /** Nothing comes of it (or something came already): nobody has to wait for it. */
  readonly withdraw: () => void;
}

interface Waiting {
  readonly block: DeflatedBlock;
  readonly inflateBlocks: InflateBlocks;
  readonly settle: (outcome: Promise<InflatedBlock | undefined>) => void;
}

/**
 * Brings streams together that are read at the same time, so that two are inflated at once. Each is announced before its bytes are read;
 * the first to arrive waits for another that is on its way, and for nothing else.
 */
export class InflatePairs {
  readonly #turn: Promise<void> | undefined;
  #coming = 0;
  #waiting: Waiting | undefined;

  /** Nothing is inflated before it is their turn. */
  constructor(turn?: Promise<void>) {
    this.#turn = turn;
  }

  announce(inflateBlocks: InflateBlocks): ComingStream {
    this.#coming += 1;
    let isComing = true;
    const arrive = (): boolean => {
      const first = isComing;
      if (isComing) this.#coming -= 1;
      isComing = false;
      return first;
    };
    return {
      inflate: block => {
        arrive();
        return this.#meet(block, inflateBlocks);
      },
      withdraw: () => {
        if (arrive() && this.#coming === 0) this.#letGo();
      },
    };
  }

  #meet(block: DeflatedBlock, inflateBlocks: InflateBlocks): Promise<InflatedBlock | undefined> {
    const waiting = this.#waiting;
    if (waiting !== undefined && waiting.inflateBlocks === inflateBlocks) {
      this.#waiting = undefined;
      const both = this.#inflate([waiting.block, block], inflateBlocks);
      waiting.settle(both.then(([inflated]) => inflated));
      return both.then(([, inflated]) => inflated);
    }
    if (this.#coming === 0) {
      this.#letGo();
      return this.#alone(block, inflateBlocks);
    }
    if (waiting !== undefined) return this.#alone(block, inflateBlocks);
    return new Promise(settle => {
      this.#waiting = { block, inflateBlocks, settle };
    });
  }

  #letGo(): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.settle(this.#alone(waiting.block, waiting.inflateBlocks));
  }

  async #alone(block: DeflatedBlock, inflateBlocks: InflateBlocks): Promise<InflatedBlock | undefined> {
    const [inflated] = await this.#inflate([block], inflateBlocks);
    return inflated;
  }

  async #inflate(blocks: readonly DeflatedBlock[], inflateBlocks: InflateBlocks): ReturnType<InflateBlocks> {
    if (this.#turn !== undefined) await this.#turn;
    return inflateBlocks(blocks);
  }
}
