import type { Issue, Position } from '../../types.ts';
import { findMeetings, type Meeting, type Passage } from './meetings.ts';
import { orientation } from './orientation.ts';
import { positionAt, type CheckedRing } from './rings.ts';

/**
 * The rules of OGC Simple Features for rings that are sound in themselves: no ring meets itself, rings of a polygon
 * touch in points only and leave its interior in one piece, holes lie inside their shell and beside each other, parts
 * do not overlap or share edges.
 */
export function topologyIssues(rings: readonly CheckedRing[], limit: number): Issue[] {
  const issues: Issue[] = [];
  const { meetings, touches, complete } = findMeetings(rings, limit);
  if (!complete) issues.push({ code: 'geometry-too-complex', severity: 'error' });
  const entangled = new PairSet();
  for (const meeting of meetings) {
    entangled.add(meeting.a.ring, meeting.b.ring);
    issues.push(meetingIssue(meeting));
  }
  const quiet: { position: Position; rings: Set<CheckedRing> }[] = [];
  for (const { position, passages } of touches) {
    const touching = new Set<CheckedRing>();
    for (let i = 0; i < passages.length; i++) {
      for (let j = i + 1; j < passages.length; j++) {
        const a = passages[i] as Passage;
        const b = passages[j] as Passage;
        const crosses = passagesCross(a, b, position);
        if (a.ring === b.ring) {
          if (!crosses) issues.push(issueAt('ring-touches-itself', position, a));
          else issues.push(issueAt('ring-crosses-itself', position, a));
        } else if (crosses && !entangled.has(a.ring, b.ring)) {
          entangled.add(a.ring, b.ring);
          issues.push(meetingIssue({ kind: 'crossing', position, a, b }));
        } else if (!crosses && a.ring.part === b.ring.part) {
          touching.add(a.ring).add(b.ring);
        }
      }
    }
    if (touching.size > 0) quiet.push({ position, rings: touching });
  }
  if (issues.length === 0) issues.push(...disconnections(quiet));
  issues.push(...nestingIssues(rings, entangled));
  return issues.slice(0, limit);
}

class PairSet {
  private readonly pairs = new Map<CheckedRing, Set<CheckedRing>>();
  add(a: CheckedRing, b: CheckedRing): void {
    for (const [from, to] of [
      [a, b],
      [b, a],
    ] as const) {
      const set = this.pairs.get(from) ?? new Set();
      this.pairs.set(from, set.add(to));
    }
  }
  has(a: CheckedRing, b: CheckedRing): boolean {
    return this.pairs.get(a)?.has(b) === true;
  }
}

function issueAt(code: string, position: Position, at: { ring: CheckedRing; edge: number }): Issue {
  const { part, ring, vertices } = at.ring;
  return { code, severity: 'error', position, path: { part, ring, vertex: vertices[at.edge] ?? 0 } };
}

function meetingIssue({ kind, position, a, b }: Meeting): Issue {
  if (a.ring === b.ring) {
    return issueAt(kind === 'crossing' ? 'ring-crosses-itself' : 'ring-retraces-itself', position, a);
  }
  // Point at the later ring: that is the one to move.
  const later = comesBefore(a.ring, b.ring) ? b : a;
  if (a.ring.part !== b.ring.part) {
    return issueAt(kind === 'crossing' ? 'parts-overlap' : 'parts-share-edge', position, later);
  }
  if (kind === 'overlap') return issueAt('rings-share-edge', position, later);
  return issueAt(a.ring.ring === 0 || b.ring.ring === 0 ? 'hole-crosses-shell' : 'holes-overlap', position, later);
}

const comesBefore = (a: CheckedRing, b: CheckedRing): boolean =>
  a.part < b.part || (a.part === b.part && a.ring < b.ring);

/** The points before and after a passage, seen along its ring. */
function arms({ ring, edge, atVertex }: Passage): [Position, Position] {
  return atVertex
    ? [positionAt(ring, edge - 1), positionAt(ring, edge + 1)]
    : [positionAt(ring, edge), positionAt(ring, edge + 1)];
}

/** Whether two passages through one point change sides there. */
function passagesCross(a: Passage, b: Passage, centre: Position): boolean {
  const [a1, a2] = arms(a);
  const [b1, b2] = arms(b);
  const first = isWithinTurn(centre, a1, a2, b1);
  const second = isWithinTurn(centre, a1, a2, b2);
  return first !== undefined && second !== undefined && first !== second;
}

/** Whether the ray to `to` lies strictly within the counter-clockwise turn from `from` to `end`; undefined on a border. */
function isWithinTurn(centre: Position, from: Position, end: Position, to: Position): boolean | undefined {
  const side = (p: Position, q: Position): number => orientation(centre[0], centre[1], p[0], p[1], q[0], q[1]);
  const sameRay = (p: Position, q: Position): boolean =>
    side(p, q) === 0 && (p[0] - centre[0]) * (q[0] - centre[0]) + (p[1] - centre[1]) * (q[1] - centre[1]) > 0;
  if (sameRay(from, to) || sameRay(end, to)) return undefined;
  const turn = side(from, end);
  if (turn > 0) return side(from, to) > 0 && side(to, end) > 0;
  if (turn < 0) return !(side(end, to) > 0 && side(to, from) > 0);
  return side(from, to) > 0;
}

/** Rings that touch in a closed chain cut the interior of their polygon in two. */
function disconnections(touches: readonly { position: Position; rings: Set<CheckedRing> }[]): Issue[] {
  const issues: Issue[] = [];
  const parent = new Map<object, object>();
  const root = (item: object): object => {
    let at = item;
    for (let up = parent.get(at); up !== undefined; up = parent.get(at)) at = up;
    return at;
  };
  for (const touch of touches) {
    for (const ring of touch.rings) {
      // Passages of other parts through the same point are chains of their own.
      const point = pointOf(touch, ring.part);
      const a = root(ring);
      const b = root(point);
      if (a !== b) parent.set(a, b);
      else issues.push(issueAt('interior-disconnected', touch.position, { ring, edge: 0 }));
    }
  }
  return issues;
}

const pointParts = new WeakMap<object, Map<number, object>>();
function pointOf(touch: object, part: number): object {
  const parts = pointParts.get(touch) ?? new Map<number, object>();
  pointParts.set(touch, parts);
  const known = parts.get(part) ?? { part };
  parts.set(part, known);
  return known;
}

function nestingIssues(rings: readonly CheckedRing[], entangled: PairSet): Issue[] {
  const issues: Issue[] = [];
  const shells = rings.filter(({ ring }) => ring === 0);
  const holesByPart = new Map<number, CheckedRing[]>();
  for (const ring of rings) {
    if (ring.ring === 0) continue;
    const holes = holesByPart.get(ring.part);
    if (holes === undefined) holesByPart.set(ring.part, [ring]);
    else holes.push(ring);
  }
  for (const shell of shells) {
    const holes = holesByPart.get(shell.part) ?? [];
    for (const hole of holes) {
      if (entangled.has(shell, hole) || isInside(hole, shell) !== false) continue;
      issues.push(issueAt('hole-outside-shell', positionAt(hole, 0), { ring: hole, edge: 0 }));
    }
    forEachEnclosedBox(holes, (inner, outer) => {
      if (entangled.has(inner, outer) || isInside(inner, outer) !== true) return;
      issues.push(issueAt('holes-overlap', positionAt(inner, 0), { ring: inner, edge: 0 }));
    });
  }
  forEachEnclosedBox(shells, (inner, outer) => {
    if (entangled.has(inner, outer) || isInside(inner, outer) !== true) return;
    const islandOf = (holesByPart.get(outer.part) ?? []).some(hole => isInside(inner, hole) === true);
    if (!islandOf) issues.push(issueAt('parts-overlap', positionAt(inner, 0), { ring: inner, edge: 0 }));
  });
  return issues;
}

/** Calls for every pair of rings of which one's box lies within the other's. */
function forEachEnclosedBox(
  rings: readonly CheckedRing[],
  visit: (inner: CheckedRing, outer: CheckedRing) => void,
): void {
  const sorted = [...rings].sort((a, b) => a.box[0] - b.box[0] || b.box[2] - a.box[2]);
  // Boxes that begin further west and have not ended yet.
  let open: CheckedRing[] = [];
  for (const inner of sorted) {
    open = open.filter(({ box }) => box[2] >= inner.box[0]);
    for (const outer of open) {
      const fits = outer.box[2] >= inner.box[2] && outer.box[1] <= inner.box[1] && outer.box[3] >= inner.box[3];
      if (fits) visit(inner, outer);
    }
    open.push(inner);
  }
}

/** Whether a ring that does not cross another lies in it; undefined when it lies on its line all along. */
function isInside(ring: CheckedRing, other: CheckedRing): boolean | undefined {
  const locator = other.locator();
  for (let i = 0; i < ring.count; i++) {
    const where = locator.locate(ring.positions[2 * i] as number, ring.positions[2 * i + 1] as number);
    if (where !== 'boundary') return where === 'inside';
  }
  for (let i = 0; i < ring.count; i++) {
    const [x1, y1] = positionAt(ring, i);
    const [x2, y2] = positionAt(ring, i + 1);
    const where = locator.locate((x1 + x2) / 2, (y1 + y2) / 2);
    if (where !== 'boundary') return where === 'inside';
  }
  return undefined;
}
