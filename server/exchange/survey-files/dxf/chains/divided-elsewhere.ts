import type { SurveyRemark } from '../../survey-file.ts';
import { dividedRings, type ClosedRing } from './divided-rings.ts';
import { enclosedGround } from './enclosed-ground.ts';
import { joinPieces } from './join-pieces.ts';
import { meetLines } from './meet-lines.ts';
import type { Piece } from './piece.ts';

/** Layers that are named one by one. */
const MAX_NAMED = 5;

/**
 * Says of closed outlines that lines of other layers divide them. They are not cut: what is drawn on another layer may be a contour or a
 * road as well as a border.
 */
export function dividedElsewhere(rings: readonly ClosedRing[], lines: readonly Piece[], reach: number): SurveyRemark[] {
  const outlines = dividedRings(rings, lines, reach, 'on any layer');
  if (outlines.length === 0) return [];
  const { networks } = joinPieces(meetLines([...outlines, ...lines], reach), reach);
  return networks.flatMap(({ at, pieces, lines: drawn }): SurveyRemark[] => {
    const closed = new Set(pieces.flatMap(({ ring }) => (ring === undefined ? [] : [ring])));
    if (closed.size === 0) return [];
    const grounds = enclosedGround(drawn, reach);
    if (grounds !== undefined && grounds.length <= closed.size) return [];
    const count = pieces.reduce((sum, piece) => sum + piece.count, 0) - closed.size;
    const layer = namesOf(pieces.filter(({ ring }) => ring !== undefined));
    const others = namesOf(pieces.filter(({ ring }) => ring === undefined));
    const params = { layer, others, count };
    if (grounds === undefined)
      return [{ at, finding: { code: 'dxf-outlines-perhaps-divided', severity: 'info', params } }];
    const finding = { code: 'dxf-outline-divided-elsewhere', severity: 'warning' } as const;
    return [{ at, finding: { ...finding, params: { ...params, outlines: grounds.length } } }];
  });
}

function namesOf(pieces: readonly Piece[]): string {
  const names = [...new Set(pieces.map(({ layer }) => layer))];
  return names.slice(0, MAX_NAMED).join(', ') + (names.length > MAX_NAMED ? ' …' : '');
}
