import type { PlaneRing } from './contour.ts';

/** Twice-signed area halved: positive when the ring runs counter-clockwise. Plane units squared. */
export function signedPlaneArea(ring: PlaneRing): number {
  let doubled = 0;
  for (let index = 0; index < ring.length; index++) {
    const [x1, y1] = ring[index]!;
    const [x2, y2] = ring[(index + 1) % ring.length]!;
    doubled += x1 * y2 - x2 * y1;
  }
  return doubled / 2;
}

/** Even-odd rule; a point on the ring may count either way. */
export function ringContains(ring: PlaneRing, xM: number, yM: number): boolean {
  let inside = false;
  for (let index = 0, before = ring.length - 1; index < ring.length; before = index++) {
    const [x1, y1] = ring[index]!;
    const [x2, y2] = ring[before]!;
    if (y1 > yM !== y2 > yM && xM < ((x2 - x1) * (yM - y1)) / (y2 - y1) + x1) inside = !inside;
  }
  return inside;
}

/** Whether any two edges of these rings meet elsewhere than in a shared corner. Quadratic: rings here are short. */
export function ringsCross(rings: readonly PlaneRing[]): boolean {
  const edges: { x1: number; y1: number; x2: number; y2: number; ring: number; index: number; size: number }[] = [];
  rings.forEach((ring, ringIndex) => {
    ring.forEach(([x1, y1], index) => {
      const [x2, y2] = ring[(index + 1) % ring.length]!;
      edges.push({ x1, y1, x2, y2, ring: ringIndex, index, size: ring.length });
    });
  });
  for (let first = 0; first < edges.length; first++) {
    const a = edges[first]!;
    for (let second = first + 1; second < edges.length; second++) {
      const b = edges[second]!;
      if (Math.max(a.x1, a.x2) < Math.min(b.x1, b.x2) || Math.max(b.x1, b.x2) < Math.min(a.x1, a.x2)) continue;
      if (Math.max(a.y1, a.y2) < Math.min(b.y1, b.y2) || Math.max(b.y1, b.y2) < Math.min(a.y1, a.y2)) continue;
      if (a.ring === b.ring && (b.index - a.index === 1 || (a.index === 0 && b.index === a.size - 1))) continue;
      const d1 = side(a, b.x1, b.y1);
      const d2 = side(a, b.x2, b.y2);
      const d3 = side(b, a.x1, a.y1);
      const d4 = side(b, a.x2, a.y2);
      if (d1 * d2 <= 0 && d3 * d4 <= 0) return true;
    }
  }
  return false;
}

function side(edge: { x1: number; y1: number; x2: number; y2: number }, x: number, y: number): number {
  return (edge.x2 - edge.x1) * (y - edge.y1) - (edge.y2 - edge.y1) * (x - edge.x1);
}

/** Douglas-Peucker on a closed ring, anchored at its first point and the point farthest from it. */
export function simplifyRing(ring: PlaneRing, toleranceM: number): PlaneRing {
  if (ring.length <= 8) return ring;
  const [x0, y0] = ring[0]!;
  let far = 0;
  let farthest = -1;
  ring.forEach(([x, y], index) => {
    const distance = (x - x0) ** 2 + (y - y0) ** 2;
    if (distance > farthest) [far, farthest] = [index, distance];
  });
  const there = thin(ring.slice(0, far + 1), toleranceM);
  const back = thin([...ring.slice(far), ring[0]!], toleranceM);
  return [...there.slice(0, -1), ...back.slice(0, -1)];
}

function thin(line: PlaneRing, toleranceM: number): PlaneRing {
  const keep = new Uint8Array(line.length);
  keep[0] = 1;
  keep[line.length - 1] = 1;
  const stack: [number, number][] = [[0, line.length - 1]];
  for (let range = stack.pop(); range; range = stack.pop()) {
    const [from, to] = range;
    const [ax, ay] = line[from]!;
    const [bx, by] = line[to]!;
    const lengthSquared = (bx - ax) ** 2 + (by - ay) ** 2;
    let worst = toleranceM * toleranceM;
    let at = -1;
    for (let index = from + 1; index < to; index++) {
      const [x, y] = line[index]!;
      const t = lengthSquared === 0 ? 0 : ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / lengthSquared;
      const u = Math.min(Math.max(t, 0), 1);
      const distance = (x - ax - u * (bx - ax)) ** 2 + (y - ay - u * (by - ay)) ** 2;
      if (distance > worst) [worst, at] = [distance, index];
    }
    if (at > 0) {
      keep[at] = 1;
      stack.push([from, at], [at, to]);
    }
  }
  return line.filter((_, index) => keep[index] === 1);
}
