import type { Finding } from '../../../diagnosis/finding.ts';
import type { SurveyRemark } from '../../survey-file.ts';
import { dividedElsewhere } from './divided-elsewhere.ts';
import { dividedRings, type ClosedRing } from './divided-rings.ts';
import { enclosedGround } from './enclosed-ground.ts';
import { meetLines } from './meet-lines.ts';
import { joinPieces } from './join-pieces.ts';
import type { Piece, Point } from './piece.ts';

export interface ClosedChains {
  /** Outlines on their layers, outer ring first; the ends of a ring whose pieces do not quite close are apart. */
  readonly outlines: readonly { readonly layer: string; readonly rings: readonly Float64Array[] }[];
  readonly remarks: readonly SurveyRemark[];
  /** Pieces that bound nothing, by what they are. */
  readonly openCount: number;
  readonly looseCount: number;
  /** Closed outlines, by their index, that lines divide: their pieces are among `outlines`. */
  readonly divided: ReadonlySet<number>;
}

export interface ChainReach {
  /** Ends as near as this meet. */
  readonly meeting: number;
  /** A chain whose own ends come as near as this was meant to be closed. */
  readonly closing: number;
  /** Metres in one unit of the drawing. */
  readonly unitM: number;
}

/** Chains shorter than this are seldom the border of a plot. */
const MIN_PIECES = 3;
/** Share of its length that may be missing where a chain was probably meant to be closed. */
const MISSING_SHARE = 0.2;
/** Ends up to which all are compared with each other. */
const MAX_ENDS = 2_000;

/**
 * Makes outlines of lines, arcs and open polylines that meet end to end, or end on each other, layer by layer, and names what keeps others
 * from closing. Where neighbours share borders that are drawn once, each piece of ground between the lines is an outline; so it is within a
 * closed one, of `rings`, that lines divide.
 */
export function closeChains(pieces: readonly Piece[], rings: readonly ClosedRing[], reach: ChainReach): ClosedChains {
  const outlines: { layer: string; rings: readonly Float64Array[] }[] = [];
  const remarks: SurveyRemark[] = [];
  let openCount = 0;
  let looseCount = 0;
  const divided = new Set<number>();
  const idle: Piece[] = [];
  // The closed ones first: of two lines along the same way the later one is idle.
  for (const [layer, own] of byLayer([...dividedRings(rings, pieces, reach.meeting), ...pieces])) {
    const { chains, left, networks } = joinPieces(meetLines(own, reach.meeting), reach.meeting);
    for (const { ring, isWhole } of chains) if (!isWhole) outlines.push({ layer, rings: [ring] });
    const open: Piece[] = [];
    const unclear: Piece[] = [];
    for (const { at, pieces: shared, lines } of networks) {
      const grounds = enclosedGround(lines, reach.meeting);
      const count = shared.reduce((sum, piece) => sum + piece.count, 0);
      if (grounds === undefined || grounds.length === 0) {
        for (const piece of shared) unclear.push(piece);
        remarks.push({ at, finding: { code: 'dxf-lines-branch', severity: 'warning', params: { layer, count } } });
      } else {
        for (const ground of grounds) outlines.push({ layer, rings: ground });
        const closed = new Set(shared.flatMap(({ ring }) => (ring === undefined ? [] : [ring])));
        for (const ring of closed) divided.add(ring);
        const params = { layer, count: count - closed.size, outlines: grounds.length };
        const code = closed.size > 0 ? 'dxf-outline-divided' : 'dxf-lines-shared';
        remarks.push({ at, finding: { code, severity: 'info', params } });
      }
    }
    for (const piece of [...left, ...unclear]) {
      if (piece.ring !== undefined) continue;
      const isNearlyClosed = piece.count > 1 && distance(piece.start, piece.end) <= reach.closing;
      if (isNearlyClosed && piece.pairs().length >= 6) outlines.push({ layer, rings: [piece.pairs()] });
      else open.push(piece);
    }
    for (const piece of open) {
      idle.push(piece);
      openCount += piece.count - piece.looseCount;
      looseCount += piece.looseCount;
      const gap = piece.count < MIN_PIECES ? undefined : gapOf(piece, open, reach);
      if (gap !== undefined && gap.width <= MISSING_SHARE * lengthOf(piece))
        remarks.push({ at: gap.at, finding: unclosed(layer, piece.count, gap.width * reach.unitM) });
    }
  }
  const whole = rings.filter((_ring, index) => !divided.has(index));
  const elsewhere = dividedElsewhere(whole, idle, reach.meeting);
  return { outlines, remarks: [...remarks, ...elsewhere], openCount, looseCount, divided };
}

function byLayer(pieces: readonly Piece[]): Map<string, Piece[]> {
  const layers = new Map<string, Piece[]>();
  for (const piece of pieces) {
    const own = layers.get(piece.layer);
    if (own === undefined) layers.set(piece.layer, [piece]);
    else own.push(piece);
  }
  return layers;
}

/** What keeps a chain from closing: the way from its end to its start, or to another one that comes near without meeting it. */
function gapOf(
  piece: Piece,
  open: readonly Piece[],
  { meeting, closing }: ChainReach,
): { readonly at: Point; readonly width: number } {
  let nearest = { at: piece.end, width: distance(piece.start, piece.end) };
  if (open.length > MAX_ENDS) return nearest;
  for (const other of open) {
    if (other === piece) continue;
    for (const at of [piece.start, piece.end]) {
      const width = Math.min(distance(at, other.start), distance(at, other.end));
      if (width > meeting && width < closing / 2 && width < nearest.width) nearest = { at, width };
    }
  }
  return nearest;
}

function lengthOf(piece: Piece): number {
  const pairs = piece.pairs();
  let length = 0;
  for (let i = 2; i < pairs.length; i += 2)
    length += Math.hypot((pairs[i] ?? 0) - (pairs[i - 2] ?? 0), (pairs[i + 1] ?? 0) - (pairs[i - 1] ?? 0));
  return length;
}

const distance = (a: Point, b: Point): number => Math.hypot(b[0] - a[0], b[1] - a[1]);

const unclosed = (layer: string, count: number, gapM: number): Finding => ({
  code: 'dxf-chain-open',
  severity: 'warning',
  params: { layer, count, gapM: Math.round(gapM * 1000) / 1000 },
});
