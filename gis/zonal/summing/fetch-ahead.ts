import { BlockLease } from '../../raster/block-lease.ts';

/** What is read at the same time may be decoded at the same time. */
const STEPS_AT_A_TIME = 2;

export interface FetchedStep<Step, Block> {
  readonly step: Step;
  /** Good until the next step is taken. */
  readonly block: Block;
  /** The step after this one. */
  readonly next: Step | undefined;
}

interface Coming<Step, Block> {
  readonly step: Step;
  readonly block: Promise<Block>;
  readonly lease: BlockLease;
}

/**
 * Reads what steps need before they are taken, two steps under one lease. While two are decoded and used the bytes of the next two are on their
 * way: they are at hand when the rooms of the first are free.
 */
export class FetchAhead<Step, Block> {
  readonly #steps: Iterator<Step, void>;
  readonly #read: (step: Step, lease: BlockLease) => Promise<Block>;
  readonly #coming: Coming<Step, Block>[] = [];
  #taken: BlockLease | undefined;
  #last: BlockLease | undefined;

  constructor(steps: Iterator<Step, void>, read: (step: Step, lease: BlockLease) => Promise<Block>) {
    this.#steps = steps;
    this.#read = read;
    this.#fetch();
  }

  /** Undefined after the last step. The next ones are on their way from here on. */
  async take(): Promise<FetchedStep<Step, Block> | undefined> {
    const coming = this.#coming.shift();
    if (coming === undefined || coming.lease !== this.#taken) {
      // Told to read before those at hand are decoded, which keeps this thread busy.
      this.#fetch();
      this.#taken?.end();
    }
    if (coming === undefined) return undefined;
    this.#taken = coming.lease;
    const block = await coming.block;
    return { step: coming.step, block, next: this.#coming[0]?.step };
  }

  /** To be called however the steps came to their end: nothing that was read is good any more. */
  close(): void {
    this.#taken?.end();
    for (const { lease } of this.#coming) lease.end();
  }

  #fetch(): void {
    const lease = new BlockLease(this.#last?.ended);
    this.#last = lease;
    for (let i = 0; i < STEPS_AT_A_TIME; i += 1) {
      const next = this.#steps.next();
      if (next.done === true) return;
      const block = this.#read(next.value, lease);
      // A failure is met where the block is awaited; until then nobody listens.
      block.catch(() => undefined);
      this.#coming.push({ step: next.value, block, lease });
    }
  }
}
