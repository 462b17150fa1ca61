import { boxOf } from '../../../../gis/geometry/position/box.ts';
import type { Box, MultiPolygon } from '../../../../gis/types.ts';
import { RowStore } from '../rows/row-store.ts';

/** What the ledger holds beside the rows of a file; asked for when it is known where they lie. */
export type RecordedLand = (boxes: readonly Box[]) => Promise<{
  readonly outlines: readonly MultiPolygon[];
  /** False where there was too much of it. */
  readonly isComplete: boolean;
}>;

/** Rows up to which each is asked for by its own box; of more of them one box is round them all. */
const MOST_BOXES = 400;
/** Metres round a row within which its neighbours lie, as degrees, at any latitude where there are mines. */
const AROUND_DEG = 2e-5;

/** The recorded land that meets rows or comes near them. */
export async function recordedNear(
  store: RowStore,
  recorded: RecordedLand | undefined,
): Promise<{ readonly land: RowStore; readonly isComplete: boolean }> {
  const land = new RowStore();
  if (recorded === undefined || store.size === 0) return { land, isComplete: true };
  const { outlines, isComplete } = await recorded(boxesOf(store));
  for (const [index, outline] of outlines.entries()) {
    const box = boxOf(outline);
    if (box !== undefined) land.add(index + 1, outline, box);
  }
  return { land, isComplete };
}

function boxesOf(store: RowStore): Box[] {
  const all: Box[] = [];
  let round: Box | undefined;
  for (let index = 0; index < store.size; index++) {
    const [west, south, east, north] = store.box(index);
    const box: Box = [west - AROUND_DEG, south - AROUND_DEG, east + AROUND_DEG, north + AROUND_DEG];
    round =
      round === undefined
        ? box
        : [
            Math.min(round[0], box[0]),
            Math.min(round[1], box[1]),
            Math.max(round[2], box[2]),
            Math.max(round[3], box[3]),
          ];
    if (all.length <= MOST_BOXES) all.push(box);
  }
  return all.length > MOST_BOXES && round !== undefined ? [round] : all;
}
