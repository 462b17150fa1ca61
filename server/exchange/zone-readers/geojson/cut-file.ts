import { namedCrs, walkFile } from './walk-file.ts';

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

/** The system of a file's coordinates makes cutting it pointless. */
class NotWanted extends Error {}

/**
 * Cuts a file where `isWanted` says yes to the system that it names before its features (or to the common one, where it names none there).
 * Throws UnusableFile.
 */
export async function cutWanted(path: string, isWanted: (crs: string) => boolean): Promise<CutFile | undefined> {
  try {
    return await cutFile(path, STRETCH_BYTES, isWanted);
  } catch (error) {
    if (error instanceof NotWanted) return undefined;
    throw error;
  }
}

/** Cuts a file of GeoJSON into stretches of whole features, each of which can be read by itself. Throws UnusableFile. */
export async function cutFile(
  path: string,
  stretchBytes: number,
  isWanted: (crs: string) => boolean = () => true,
): Promise<CutFile> {
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
    enter(members) {
      if (!isWanted(namedCrs(members))) throw new NotWanted();
    },
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
