import type { DeflatedBlock, InflateBlocks, InflatedBlock } from './deflated-block.ts';
import { ownInflater } from './inflater.ts';
import type { Inflater } from './inflater.ts';

/** Inflates one stream: the whole of it, or all that a beginning holds. Throws where it is corrupt or holds more than expected. */
export type InflateOne = (compressed: Uint8Array, expectedBytes: number) => Uint8Array | Promise<Uint8Array>;

/**
 * Inflates blocks in WebAssembly, two side by side where two are given. What it has no room for goes to `one`, or everything where there is none.
 * The module is compiled when it is first needed.
 */
export function createInflateBlocks(one: InflateOne): InflateBlocks {
  let inflater: Inflater | 'refused' | undefined;
  const bySelf = async ({ compressed, expectedBytes }: DeflatedBlock): Promise<InflatedBlock | undefined> => {
    try {
      return { bytes: await one(compressed, expectedBytes) };
    } catch {
      return undefined;
    }
  };
  return async blocks => {
    inflater ??= ownInflater() ?? 'refused';
    const inflated = inflater === 'refused' ? undefined : inflater.inflate(blocks);
    return inflated ?? Promise.all(blocks.map(bySelf));
  };
}
