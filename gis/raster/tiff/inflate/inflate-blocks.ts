import type { DeflatedBlock, InflateBlocks, InflatedBlock } from './deflated-block.ts';
import { createInflater } from './inflater.ts';
import type { Inflater } from './inflater.ts';

/** Inflates one stream: the whole of it, or all that a beginning holds. Throws where it is corrupt or holds more than expected. */
export type InflateOne = (compressed: Uint8Array, expectedBytes: number) => Uint8Array | Promise<Uint8Array>;

/**
 * Inflates blocks in WebAssembly, two side by side where two are given. What is compressed to less than `minShare` of its bytes goes to `one`,
 * and so does all that WebAssembly has no room for, or everything where there is none. The module is compiled when it is first needed.
 */
export function createInflateBlocks(one: InflateOne, minShare: number): InflateBlocks {
  let inflater: Inflater | 'refused' | undefined;
  const bySelf = async ({ compressed, expectedBytes }: DeflatedBlock): Promise<InflatedBlock | undefined> => {
    try {
      return { bytes: await one(compressed, expectedBytes), isPlain: false };
    } catch {
      return undefined;
    }
  };
  return async blocks => {
    const dense = blocks.filter(({ compressed, wantedBytes }) => compressed.length >= minShare * wantedBytes);
    if (dense.length > 0) inflater ??= createInflater() ?? 'refused';
    const inflated = dense.length > 0 && inflater !== 'refused' ? inflater?.inflate(dense) : undefined;
    if (inflated !== undefined && dense.length === blocks.length) return inflated;
    return Promise.all(
      blocks.map(async block => {
        const at = dense.indexOf(block);
        return at >= 0 && inflated !== undefined ? inflated[at] : bySelf(block);
      }),
    );
  };
}
