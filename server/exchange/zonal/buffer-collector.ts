import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

type Collect = (options: { readonly type: 'minor' }) => void;

/** Buffers outside of the engine's heap that may come to lie about before they are looked for: those of a few blocks. */
const MOST_BYTES = 4 << 20;

/**
 * Lets go of the buffers of blocks that are done with. Each block that was not inflated in a room of its own is a fresh megabyte outside of
 * the engine's heap, while next to nothing is allocated inside of it: left alone, the collector would not look before 64 MB of dead buffers had
 * piled up in every thread, and would then walk the whole heap. A young collection costs under a millisecond, and the memory goes to the
 * next block while it is still warm. Where nothing has piled up there is none.
 */
export function createBufferCollector(): () => void {
  // Zones are columns of numbers: next to nothing young lives on. Room for more of it (16 MB twice) would only fill with what is dead. To be said
  // in every thread, for the start of each one sets it back for all.
  setFlagsFromString('--semi-space-growth-factor=1');
  // Where all blocks are inflated in rooms it is never needed: a context of its own takes as long to make as a block to inflate.
  let collect: Collect | undefined;
  // Counted from the first call on: before it the module's memory is laid out, which stays.
  let kept: number | undefined;
  return () => {
    kept ??= bytesOutside();
    if (bytesOutside() - kept < MOST_BYTES) return;
    collect ??= findCollector();
    collect({ type: 'minor' });
    kept = bytesOutside();
  };
}

function findCollector(): Collect {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as Collect;
}

const bytesOutside = (): number => getHeapStatistics().external_memory;
