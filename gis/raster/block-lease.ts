import { InflatePairs } from './tiff/inflate/inflate-pairs.ts';

/**
 * A few blocks that are read together and used up soon. They may be decoded at the same time, and lie in rooms that the decoder lends: what
 * was read under a lease is good until the lease ends, and whoever wants to keep some of it takes a copy. A lease that never ends keeps
 * its rooms, and others are decoded more slowly then.
 */
export class BlockLease {
  readonly streams = new InflatePairs();
  #rooms: (() => void)[] = [];
  #hasEnded = false;

  /** Takes a room on until the end; at once back where that has come already. */
  hold(giveBack: () => void): void {
    if (this.#hasEnded) giveBack();
    else this.#rooms.push(giveBack);
  }

  end(): void {
    this.#hasEnded = true;
    const rooms = this.#rooms;
    this.#rooms = [];
    for (const giveBack of rooms) giveBack();
  }
}
