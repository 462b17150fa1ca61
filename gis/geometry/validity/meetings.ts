import type { Position } from '../../types.ts';
import { BoxTree } from './box-tree.ts';
import { orientation } from './orientation.ts';
import type { CheckedRing } from './rings.ts';

/** Where two edges meet other than as neighbours in their ring. */
export interface Meeting {
  readonly kind: 'crossing' | 'overlap';
  readonly position: Position;
  readonly a: { readonly ring: CheckedRing; readonly edge: number };
  readonly b: { readonly ring: CheckedRing; readonly edge: number };
}

/** A ring passing through a point where another passage is: at vertex `edge`, or in the middle of that edge. */
export interface Passage {
  readonly ring: CheckedRing;
  readonly edge: number;
  readonly atVertex: boolean;
}

export interface Meetings {
  readonly meetings: readonly Meeting[];
  /** Points shared by two or more passages that do not cross properly. */
  readonly touches: readonly { readonly position: Position; readonly passages: readonly Passage[] }[];
  /** False when the search was given up: too many pairs of edges lie close together. */
  readonly complete: boolean;
}

/** Pairs of edges looked at before giving up; about two seconds. */
const MAX_PAIRS = 60_000_000;

/** Finds where the edges of rings meet; stops after `limit` meetings. */
export function findMeetings(given: readonly CheckedRing[], limit: number): Meetings {
  const rings = inSpatialOrder(given);
  const total = rings.reduce((sum, ring) => sum + ring.count, 0);
  const ringOf = new Uint32Array(total);
  const edgeOf = new Uint32Array(total);
  const ends = new Float64Array(total * 4);
  const boxes = new Float64Array(total * 4);
  let at = 0;
  rings.forEach((ring, ringIndex) => {
    for (let edge = 0; edge < ring.count; edge++, at++) {
      const next = (edge + 1) % ring.count;
      const x1 = ring.positions[2 * edge] as number;
      const y1 = ring.positions[2 * edge + 1] as number;
      const x2 = ring.positions[2 * next] as number;
      const y2 = ring.positions[2 * next + 1] as number;
      ringOf[at] = ringIndex;
      edgeOf[at] = edge;
      ends[4 * at] = x1;
      ends[4 * at + 1] = y1;
      ends[4 * at + 2] = x2;
      ends[4 * at + 3] = y2;
      boxes[4 * at] = Math.min(x1, x2);
      boxes[4 * at + 1] = Math.min(y1, y2);
      boxes[4 * at + 2] = Math.max(x1, x2);
      boxes[4 * at + 3] = Math.max(y1, y2);
    }
  });

  const meetings: Meeting[] = [];
  const touches = new TouchTable();
  let pairs = 0;
  let complete = true;
  new BoxTree(boxes).forEachPair((i, j) => {
    if (++pairs > MAX_PAIRS) return (complete = false);
    const ringA = rings[ringOf[i] as number] as CheckedRing;
    const ringB = rings[ringOf[j] as number] as CheckedRing;
    const a = { ring: ringA, edge: edgeOf[i] as number };
    const b = { ring: ringB, edge: edgeOf[j] as number };
    const ax1 = ends[4 * i] as number;
    const ay1 = ends[4 * i + 1] as number;
    const ax2 = ends[4 * i + 2] as number;
    const ay2 = ends[4 * i + 3] as number;
    const bx1 = ends[4 * j] as number;
    const by1 = ends[4 * j + 1] as number;
    const bx2 = ends[4 * j + 2] as number;
    const by2 = ends[4 * j + 3] as number;
    const b1 = orientation(ax1, ay1, ax2, ay2, bx1, by1);
    const b2 = orientation(ax1, ay1, ax2, ay2, bx2, by2);
    if (b1 === b2 && b1 !== 0) return true;
    const a1 = orientation(bx1, by1, bx2, by2, ax1, ay1);
    const a2 = orientation(bx1, by1, bx2, by2, ax2, ay2);
    if (a1 === a2 && a1 !== 0) return true;
    if (b1 === 0 && b2 === 0) {
      const shared = sharedStretch(ax1, ay1, ax2, ay2, bx1, by1, bx2, by2);
      if (shared === undefined) return true;
      if (shared.isPoint) touches.addEnds(a, b, shared.position);
      else meetings.push({ kind: 'overlap', position: shared.position, a, b });
    } else if (b1 !== 0 && b2 !== 0 && a1 !== 0 && a2 !== 0) {
      meetings.push({ kind: 'crossing', position: crossing(ax1, ay1, ax2, ay2, bx1, by1, bx2, by2), a, b });
    } else if (b1 === 0) touches.addEnds(a, b, [bx1, by1]);
    else if (b2 === 0) touches.addEnds(a, b, [bx2, by2]);
    else if (a1 === 0) touches.addEnds(a, b, [ax1, ay1]);
    else touches.addEnds(a, b, [ax2, ay2]);
    return meetings.length < limit;
  });
  return { meetings, touches: touches.list(), complete };
}

/** Rings along a Morton curve, so that rings that follow each other lie near each other. */
function inSpatialOrder(rings: readonly CheckedRing[]): readonly CheckedRing[] {
  if (rings.length < 3) return rings;
  const west = rings.reduce((least, { box }) => Math.min(least, box[0]), Infinity);
  const south = rings.reduce((least, { box }) => Math.min(least, box[1]), Infinity);
  const width = rings.reduce((most, { box }) => Math.max(most, box[2] - west), 1e-300);
  const height = rings.reduce((most, { box }) => Math.max(most, box[3] - south), 1e-300);
  const spread = (value: number): number => {
    let v = Math.min(0xffff, Math.floor(value * 0x10000));
    v = (v | (v << 8)) & 0x00ff00ff;
    v = (v | (v << 4)) & 0x0f0f0f0f;
    v = (v | (v << 2)) & 0x33333333;
    return (v | (v << 1)) & 0x55555555;
  };
  return rings
    .map(ring => {
      const x = ((ring.box[0] + ring.box[2]) / 2 - west) / width;
      const y = ((ring.box[1] + ring.box[3]) / 2 - south) / height;
      return { ring, key: spread(x) + 2 * spread(y) };
    })
    .sort((a, b) => a.key - b.key)
    .map(({ ring }) => ring);
}

type Four = [number, number, number, number, number, number, number, number];

function crossing(...[ax1, ay1, ax2, ay2, bx1, by1, bx2, by2]: Four): Position {
  const denominator = (ax2 - ax1) * (by2 - by1) - (ay2 - ay1) * (bx2 - bx1);
  const t = ((bx1 - ax1) * (by2 - by1) - (by1 - ay1) * (bx2 - bx1)) / denominator;
  const share = Math.max(0, Math.min(1, Number.isFinite(t) ? t : 0.5));
  return [ax1 + share * (ax2 - ax1), ay1 + share * (ay2 - ay1)];
}

/** What two edges on one line have in common: nothing, a point or a stretch (then its middle). */
function sharedStretch(
  ...[ax1, ay1, ax2, ay2, bx1, by1, bx2, by2]: Four
): { position: Position; isPoint: boolean } | undefined {
  // Order along the line by the coordinate that changes more.
  const alongX = Math.abs(ax2 - ax1) >= Math.abs(ay2 - ay1);
  const order = (p: Position, q: Position): number => (alongX ? p[0] - q[0] : p[1] - q[1]);
  const [aLow, aHigh] = (
    [
      [ax1, ay1],
      [ax2, ay2],
    ] as [Position, Position]
  ).sort(order) as [Position, Position];
  const [bLow, bHigh] = (
    [
      [bx1, by1],
      [bx2, by2],
    ] as [Position, Position]
  ).sort(order) as [Position, Position];
  const low = order(aLow, bLow) > 0 ? aLow : bLow;
  const high = order(aHigh, bHigh) < 0 ? aHigh : bHigh;
  const span = order(high, low);
  if (span < 0) return undefined;
  if (span === 0) return { position: low, isPoint: true };
  return { position: [(low[0] + high[0]) / 2, (low[1] + high[1]) / 2], isPoint: false };
}

class TouchTable {
  private readonly points = new Map<string, { position: Position; passages: Map<string, Passage> }>();
  private readonly ringIds = new Map<CheckedRing, number>();

  addEnds(a: Meeting['a'], b: Meeting['b'], position: Position): void {
    const first = passage(a, position);
    const second = passage(b, position);
    if (first.ring === second.ring && first.atVertex && second.atVertex && first.edge === second.edge) return;
    const key = `${position[0]} ${position[1]}`;
    let point = this.points.get(key);
    if (point === undefined) this.points.set(key, (point = { position, passages: new Map() }));
    for (const item of [first, second]) {
      let id = this.ringIds.get(item.ring);
      if (id === undefined) this.ringIds.set(item.ring, (id = this.ringIds.size));
      point.passages.set(`${id} ${item.edge} ${item.atVertex}`, item);
    }
  }

  list(): { position: Position; passages: Passage[] }[] {
    return [...this.points.values()].map(({ position, passages }) => ({ position, passages: [...passages.values()] }));
  }
}

function passage({ ring, edge }: Meeting['a'], [x, y]: Position): Passage {
  const { positions, count } = ring;
  if (positions[2 * edge] === x && positions[2 * edge + 1] === y) return { ring, edge, atVertex: true };
  const next = (edge + 1) % count;
  if (positions[2 * next] === x && positions[2 * next + 1] === y) return { ring, edge: next, atVertex: true };
  return { ring, edge, atVertex: false };
}
