import type { Position } from '../../../../gis/types.ts';
import { tracePath } from '../shaping/trace-path.ts';
import type { Snap } from './snap-to.ts';

/** One click of a traced outline: where, and on which corner of which ring of a neighbour, if it caught one. */
export interface StrokePoint {
  readonly position: Position;
  readonly ring?: readonly Position[] | undefined;
  readonly corner?: number | undefined;
  /** The way to this point goes round the other side of the ring. */
  readonly isOtherWay: boolean;
}

export type Stroke = readonly StrokePoint[];

export const addPoint = (stroke: Stroke, position: Position, snap: Snap | undefined): Stroke => [
  ...stroke,
  snap?.corner === undefined
    ? { position: snap?.position ?? position, isOtherWay: false }
    : { position: snap.position, ring: snap.target.positions, corner: snap.corner, isOtherWay: false },
];

/** Sends the last stretch round the other side of the neighbour. */
export const turnLast = (stroke: Stroke): Stroke =>
  stroke.map((point, index) =>
    index === stroke.length - 1 && stroke.length > 1 ? { ...point, isOtherWay: !point.isOtherWay } : point,
  );

/** The outline so far, open: along the neighbour between two corners of one ring, straight elsewhere. */
export function strokePath(stroke: Stroke): Position[] {
  return stroke.flatMap((point, index): Position[] => {
    const before = stroke[index - 1];
    if (
      before?.ring === undefined ||
      before.ring !== point.ring ||
      before.corner === undefined ||
      point.corner === undefined
    )
      return [point.position];
    return tracePath(point.ring, before.corner, point.corner, point.isOtherWay).slice(1);
  });
}
