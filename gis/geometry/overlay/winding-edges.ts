import type { DirectedEdge } from '../repair/cover-edges.ts';
import type { GridEdge } from '../repair/node-edges.ts';
import { orientation } from '../validity/orientation.ts';

/** An edge that rises or runs east, with how much the winding number of each operand grows from its right to its left. */
export interface WoundEdge extends DirectedEdge {
  readonly steps: readonly [number, number];
}

/** Winding numbers of both operands on either side of an edge. */
export interface Sides {
  readonly left: readonly [number, number];
  readonly right: readonly [number, number];
}

/** Each edge once; edges of one operand that run to and fro cancel, but stay with a step of 0. */
export function woundEdges(noded: readonly GridEdge[]): WoundEdge[] {
  const unique = new Map<string, { edge: DirectedEdge; steps: [number, number] }>();
  for (const { x1, y1, x2, y2, part } of noded) {
    const isForward = y1 < y2 || (y1 === y2 && x1 < x2);
    const edge = isForward ? { x1, y1, x2, y2 } : { x1: x2, y1: y2, x2: x1, y2: y1 };
    const key = `${edge.x1} ${edge.y1} ${edge.x2} ${edge.y2}`;
    let known = unique.get(key);
    if (known === undefined) unique.set(key, (known = { edge, steps: [0, 0] }));
    known.steps[part === 0 ? 0 : 1] += isForward ? 1 : -1;
  }
  return [...unique.values()].map(({ edge, steps }) => ({ ...edge, steps }));
}

/** Asks how often each operand winds round the ground beside an edge, by a ray to the east. Exact on whole numbers. */
export class WindingIndex {
  readonly #south: number;
  readonly #north: number;
  readonly #bands: WoundEdge[][];

  constructor(edges: readonly WoundEdge[]) {
    const wound = edges.filter(({ steps }) => steps[0] !== 0 || steps[1] !== 0);
    this.#south = wound.reduce((least, { y1 }) => Math.min(least, y1), Infinity);
    this.#north = wound.reduce((most, { y2 }) => Math.max(most, y2), -Infinity);
    this.#bands = Array.from({ length: Math.max(1, Math.min(8192, wound.length >> 1)) }, () => []);
    for (const edge of wound) {
      if (edge.y1 === edge.y2) continue;
      for (let band = this.#band(edge.y1); band <= this.#band(edge.y2); band++) this.#bands[band]?.push(edge);
    }
  }

  #band(y: number): number {
    const share = (y - this.#south) / (this.#north - this.#south);
    return Math.max(0, Math.min(this.#bands.length - 1, Math.floor(share * this.#bands.length) || 0));
  }

  sidesOf(edge: WoundEdge): Sides {
    const x = (edge.x1 + edge.x2) / 2;
    const y = (edge.y1 + edge.y2) / 2;
    let [first, second] = [0, 0];
    for (const other of this.#bands[this.#band(y)] ?? []) {
      if (other.y1 > y || other.y2 <= y) continue;
      if (orientation(other.x1, other.y1, other.x2, other.y2, x, y) > 0) {
        first += other.steps[0];
        second += other.steps[1];
      }
    }
    // The ray runs on the right of a rising edge, and just above a level one, which is on its left.
    const [step0, step1] = edge.steps;
    return edge.y1 === edge.y2
      ? { left: [first, second], right: [first - step0, second - step1] }
      : { left: [first + step0, second + step1], right: [first, second] };
  }
}

/** The same edge from its other end. */
export const turned = ({ x1, y1, x2, y2 }: DirectedEdge): DirectedEdge => ({ x1: x2, y1: y2, x2: x1, y2: y1 });
