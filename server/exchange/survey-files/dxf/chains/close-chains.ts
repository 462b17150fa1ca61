import type { Finding } from '../../../diagnosis/finding.ts';
import type { SurveyRemark } from '../../survey-file.ts';
import { joinPieces, type Piece, type Point } from './join-pieces.ts';

export interface ClosedChains {
  /** Rings on their layers; the ends of a ring whose pieces do not quite close are apart. */
  readonly rings: readonly { readonly layer: string; readonly pairs: Float64Array }[];
  readonly remarks: readonly SurveyRemark[];
  /** Pieces that bound nothing, by what they are. */
  readonly openCount: number;
  readonly looseCount: number;
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

/** Makes outlines of lines, arcs and open polylines that meet end to end, layer by layer, and names what keeps others from closing. */
export function closeChains(pieces: readonly Piece[], reach: ChainReach): ClosedChains {
  const rings: { layer: string; pairs: Float64Array }[] = [];
  const remarks: SurveyRemark[] = [];
  let openCount = 0;
  let looseCount = 0;
  for (const [layer, own] of byLayer(pieces)) {
    const { chains, left, branches } = joinPieces(own, reach.meeting);
    for (const { ring } of chains) rings.push({ layer, pairs: ring });
    for (const { at, count } of branches) remarks.push({ at, finding: branched(layer, count) });
    const open: Piece[] = [];
    for (const piece of left) {
      const isNearlyClosed = piece.count > 1 && distance(piece.start, piece.end) <= reach.closing;
      if (isNearlyClosed && piece.pairs().length >= 6) rings.push({ layer, pairs: piece.pairs() });
      else open.push(piece);
    }
    for (const piece of open) {
      openCount += piece.count - piece.looseCount;
      looseCount += piece.looseCount;
      const gap = piece.count < MIN_PIECES ? undefined : gapOf(piece, open, reach.closing / 2);
      if (gap !== undefined && gap.width <= MISSING_SHARE * lengthOf(piece))
        remarks.push({ at: gap.at, finding: unclosed(layer, piece.count, gap.width * reach.unitM) });
    }
  }
  return { rings, remarks, openCount, looseCount };
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

/** What keeps a chain from closing: the way from its end to its start, or to another one that comes nearer than `beside`. */
function gapOf(piece: Piece, open: readonly Piece[], beside: number): { readonly at: Point; readonly width: number } {
  let nearest = { at: piece.end, width: distance(piece.start, piece.end) };
  if (open.length > MAX_ENDS) return nearest;
  for (const other of open) {
    if (other === piece) continue;
    for (const at of [piece.start, piece.end]) {
      const width = Math.min(distance(at, other.start), distance(at, other.end));
      if (width < beside && width < nearest.width) nearest = { at, width };
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

const branched = (layer: string, count: number): Finding => ({
  code: 'dxf-lines-branch',
  severity: 'warning',
  params: { layer, count },
});

const unclosed = (layer: string, count: number, gapM: number): Finding => ({
  code: 'dxf-chain-open',
  severity: 'warning',
  params: { layer, count, gapM: Math.round(gapM * 1000) / 1000 },
});
