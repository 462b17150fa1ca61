import { InflatePairs } from './tiff/inflate/inflate-pairs.ts';

/**
 * A few blocks that are read together and used up soon. They may be decoded at the same time, and lie in rooms that the decoder lends: what
 * was read under a lease is good until the lease ends, and whoever wants to keep some of it takes a copy. A lease that never ends keeps
 * its rooms, and others are decoded more slowly then.
 */
export class BlockLease {
  readonly streams: InflatePairs;
  /** When the lease has come to its end. */
  readonly ended: Promise<void>;
  #rooms: (() => void)[] = [];
  #end: (() => void) | undefined;

  /** Bytes are read at once, but decoded in rooms only when it is this lease's `turn`: when the one before has ended, say. */
  constructor(turn?: Promise<void>) {
    this.streams = new InflatePairs(turn);
    this.ended = new Promise(resolve => {
      this.#end = resolve;
    });
  }

  /** Takes a room on until the end; at once back where that has come already. */
  hold(giveBack: () => void): void {
    if (this.#end === undefined) giveBack();
    else this.#rooms.push(giveBack);
  }

  end(): void {
    const rooms = this.#rooms;
    this.#rooms = [];
    for (const giveBack of rooms) giveBack();
    this.#end?.();
    this.#end = undefined;
  }
}
