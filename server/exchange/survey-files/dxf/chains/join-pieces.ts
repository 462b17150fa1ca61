import { NetOfPieces, type Network, type Step } from './net-of-pieces.ts';
import type { Piece, Point } from './piece.ts';

export interface Chain {
  readonly layer: string;
  /** Closed: its first point is its last one again. */
  readonly ring: Float64Array;
  /** Whether all of it is one closed outline again, which nothing divides. */
  readonly isWhole: boolean;
}

export interface JoinedPieces {
  readonly chains: readonly Chain[];
  /** What closes nothing: pieces that meet end to end are one piece here. */
  readonly left: readonly Piece[];
  /** Lines of which more than two meet in places that go on: borders that neighbours share. */
  readonly networks: readonly Network[];
}

/** Joins pieces of one layer that meet end to end within `reach`, in units of the drawing. */
export function joinPieces(pieces: readonly Piece[], reach: number): JoinedPieces {
  const net = new NetOfPieces(reach);
  for (const piece of pieces) net.add(piece);
  const chains: Chain[] = [];
  const left: Piece[] = net.idle.slice();
  const [ways, networks] = net.takeWays();
  for (const { steps, isRound } of ways) {
    const chain = isRound ? chainOf(steps) : undefined;
    if (chain === undefined) left.push(joined(steps));
    else chains.push(chain);
  }
  return { chains, left, networks };
}

const startOf = ({ piece, isBackwards }: Step): Point => (isBackwards ? piece.end : piece.start);
const endOf = ({ piece, isBackwards }: Step): Point => (isBackwards ? piece.start : piece.end);

/** The ring of a way round; undefined where it has no inside. */
function chainOf(steps: readonly Step[]): Chain | undefined {
  // The last piece ends where the first one begins.
  const pairs = pairsOf(steps).slice(0, -2);
  if (pairs.length < 6) return undefined;
  const [x0, y0] = [pairs[0] as number, pairs[1] as number];
  pairs.push(x0, y0);
  let doubled = 0;
  for (let i = 2; i < pairs.length; i += 2) {
    const [x1, y1, x2, y2] = [pairs[i - 2], pairs[i - 1], pairs[i], pairs[i + 1]] as [number, number, number, number];
    doubled += (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0);
  }
  // Lines have no direction that anybody meant: outlines run with the land on their left.
  const ring = Float64Array.from(pairs);
  if (doubled < 0) for (let i = 0; i < pairs.length; i++) ring[i] = pairs[pairs.length - 2 - i + 2 * (i % 2)] as number;
  return { layer: (steps[0] as Step).piece.layer, ring, isWhole: steps.every(({ piece }) => piece.ring !== undefined) };
}

function joined(steps: readonly Step[]): Piece {
  const [first, last] = [steps[0] as Step, steps.at(-1) as Step];
  if (steps.length === 1) return first.piece;
  const count = steps.reduce((sum, { piece }) => sum + piece.count, 0);
  const looseCount = steps.reduce((sum, { piece }) => sum + piece.looseCount, 0);
  const pairs = (): Float64Array => Float64Array.from(pairsOf(steps));
  const ends = { start: startOf(first), end: endOf(last) };
  return { layer: first.piece.layer, ...ends, pairs, count, looseCount, isStraight: false };
}

/** Points one after the other; where pieces meet, the end of the one stands for the start of the next. */
function pairsOf(steps: readonly Step[]): number[] {
  const pairs: number[] = [];
  for (const { piece, isBackwards } of steps) {
    const own = piece.pairs();
    for (let i = pairs.length > 0 ? 2 : 0; i < own.length; i += 2) {
      const at = isBackwards ? own.length - 2 - i : i;
      pairs.push(own[at] as number, own[at + 1] as number);
    }
  }
  return pairs;
}
