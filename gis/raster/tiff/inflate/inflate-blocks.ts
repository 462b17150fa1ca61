import type { DeflatedBlock, InflateBlocks, InflatedBlock } from './deflated-block.ts';
import { ownInflater } from './inflater.ts';
import type { Inflater } from './inflater.ts';

/** Inflates one stream: the whole of it, or all that a beginning holds. Throws where it is corrupt or holds more than expected. */
export type InflateOne = (compressed: Uint8Array, expectedBytes: number) => Uint8Array | Promise<Uint8Array>;

/** The share of their bytes down to which blocks may be compressed to be inflated in WebAssembly: two together, and one alone. */
export interface DenseShares {
  readonly together: number;
  readonly alone: number;
}

/**
 * Inflates blocks in WebAssembly, two side by side where two are given. What is compressed to less than a share of its bytes goes to `one`,
 * and so does all that WebAssembly has no room for, or everything where there is none. The module is compiled when it is first needed.
 */
export function createInflateBlocks(one: InflateOne, shares: DenseShares): InflateBlocks {
  const denseOf = (blocks: readonly DeflatedBlock[], share: number): readonly DeflatedBlock[] =>
    blocks.filter(({ compressed, wantedBytes }) => compressed.length >= share * wantedBytes);
  let inflater: Inflater | 'refused' | undefined;
  const bySelf = async ({ compressed, expectedBytes }: DeflatedBlock): Promise<InflatedBlock | undefined> => {
    try {
      return { bytes: await one(compressed, expectedBytes) };
    } catch {
      return undefined;
    }
  };
  return async blocks => {
    const mates = denseOf(blocks, shares.together);
    const dense = mates.length > 1 ? mates : denseOf(mates, shares.alone);
    if (dense.length > 0) inflater ??= ownInflater() ?? 'refused';
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
