import { partsOf } from '../../../../gis/parts-of.ts';
import type { Polygonal } from '../../../../gis/types.ts';
import { conflictPieces, type ConflictPiece } from '../conflict/pieces.ts';
import { offset, type OffsetKeep } from './offset.ts';
import type { Shaped } from './shaped.ts';

export interface ShapingQuestions {
  readonly offset: { readonly drawing: Polygonal; readonly distanceM: number; readonly keep: OffsetKeep };
  readonly pieces: {
    readonly drawing: Polygonal;
    readonly events: readonly { readonly id: number; readonly geometry: Polygonal }[];
  };
}

export interface ShapingAnswers {
  readonly offset: Shaped;
  readonly pieces: readonly ConflictPiece[];
}

export type ShapingKind = keyof ShapingQuestions;

/** How each question is answered: pure functions, on the page or beside it. */
export const SHAPING: {
  readonly [K in ShapingKind]: (question: ShapingQuestions[K]) => ShapingAnswers[K];
} = {
  offset: ({ drawing, distanceM, keep }) => offset(drawing, distanceM, keep),
  pieces: ({ drawing, events }) => conflictPieces(drawing, events),
};

export const cornersOf = (geometries: readonly Polygonal[]): number =>
  geometries.reduce((sum, geometry) => sum + partsOf(geometry).reduce((all, rings) => all + rings.flat().length, 0), 0);
