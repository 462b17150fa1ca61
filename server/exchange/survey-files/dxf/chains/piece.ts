export type Point = readonly [x: number, y: number];

/** A line of a drawing that is not closed by itself, where it lies. */
export interface Piece {
  readonly layer: string;
  readonly start: Point;
  readonly end: Point;
  /** From start to end, x and y. */
  readonly pairs: () => Float64Array;
  /** Entities of the drawing in it, and how many of them are single lines and arcs. */
  readonly count: number;
  readonly looseCount: number;
  /** Whether all of it is a single straight line. */
  readonly isStraight: boolean;
  /** Of a closed outline, or a part of one: its index among those. */
  readonly ring?: number | undefined;
}
