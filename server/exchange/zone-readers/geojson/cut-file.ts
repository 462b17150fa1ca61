import { walkFile } from './walk-file.ts';

/** Features one after the other, bytes `[from, to)` of a file, the first of them its `first`th (counted from 1). */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly first: number;
}

export interface CutFile {
  readonly crs: string;
  readonly stretches: readonly Stretch[];
}

/** Large enough that handing one out is nothing beside reading it, small enough that threads end together. */
const STRETCH_BYTES = 256 << 10;

/** Cuts a file of GeoJSON into stretches of whole features, each of which can be read by itself. Throws UnusableFile. */
export async function cutFile(path: string, stretchBytes = STRETCH_BYTES): Promise<CutFile> {
  const stretches: Stretch[] = [];
  let count = 0;
  let first = 1;
  let from = -1;
  let to = -1;
  const close = (): void => {
    if (from >= 0) stretches.push({ from, to, first });
    from = -1;
  };
  const crs = await walkFile(path, {
    enter: () => undefined,
    visit(_bytes, start, end, offset) {
      count += 1;
      if (from < 0) [from, first] = [offset + start, count];
      to = offset + end;
      if (to - from >= stretchBytes) close();
    },
  });
  close();
  return { crs, stretches };
}
