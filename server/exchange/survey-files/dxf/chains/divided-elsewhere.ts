import type { SurveyRemark } from '../../survey-file.ts';
import { dividedRings, type ClosedRing } from './divided-rings.ts';
import { enclosedGround } from './enclosed-ground.ts';
import { joinPieces } from './join-pieces.ts';
import { areTooMany, meetLines } from './meet-lines.ts';
import type { Piece, Point } from './piece.ts';

/** Layers that are named one by one. */
const MAX_NAMED = 5;

/**
 * Says of closed outlines that lines of other layers divide them. They are not cut: what is drawn on another layer may be a contour or a
 * road as well as a border. Nor are they by lines of their own layer that are too many to be compared, which is said here too.
 */
export function dividedElsewhere(rings: readonly ClosedRing[], lines: readonly Piece[], reach: number): SurveyRemark[] {
  const outlines = dividedRings(rings, lines, reach, 'on any layer');
  if (outlines.length === 0) return [];
  const all = [...outlines, ...lines];
  if (areTooMany(all)) return [perhapsDivided(outlines, lines)];
  const { networks } = joinPieces(meetLines(all, reach), reach);
  return networks.flatMap(({ at, pieces, lines: drawn }): SurveyRemark[] => {
    const closed = new Set(pieces.flatMap(({ ring }) => (ring === undefined ? [] : [ring])));
    if (closed.size === 0) return [];
    const grounds = enclosedGround(drawn, reach);
    if (grounds !== undefined && grounds.length <= closed.size) return [];
    const [own, other] = [
      pieces.filter(({ ring }) => ring !== undefined),
      pieces.filter(({ ring }) => ring === undefined),
    ];
    const count = pieces.reduce((sum, piece) => sum + piece.count, 0) - closed.size;
    if (grounds === undefined) return [perhapsDivided(own, other, count, at)];
    const params = { layer: namesOf(own), others: namesOf(other), count };
    const finding = { code: 'dxf-outline-divided-elsewhere', severity: 'warning' } as const;
    return [{ at, finding: { ...finding, params: { ...params, outlines: grounds.length } } }];
  });
}

/** That lines end on outlines, of which so many are drawn that it was not worked out what they divide. */
function perhapsDivided(
  outlines: readonly Piece[],
  lines: readonly Piece[],
  count = lines.length,
  at: Point = outlines[0]?.start ?? [0, 0],
): SurveyRemark {
  const params = { layer: namesOf(outlines), others: namesOf(lines), count };
  return { at, finding: { code: 'dxf-outlines-perhaps-divided', severity: 'info', params } };
}

function namesOf(pieces: readonly Piece[]): string {
  const names = [...new Set(pieces.map(({ layer }) => layer))];
  return names.slice(0, MAX_NAMED).join(', ') + (names.length > MAX_NAMED ? ' …' : '');
}
