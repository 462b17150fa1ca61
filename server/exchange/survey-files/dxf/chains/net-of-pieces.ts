import type { Piece, Point } from './piece.ts';

/** A piece as it is walked through. */
export interface Step {
  readonly piece: Piece;
  readonly isBackwards: boolean;
}

/** Lines that meet in places where more than two do. */
export interface Network {
  /** A place where more than two meet. */
  readonly at: Point;
  readonly pieces: readonly Piece[];
  /** Those pieces from place to place: where several meet, they meet exactly. */
  readonly lines: readonly Float64Array[];
}

/** Ends as nodes, pieces as edges between them. */
export class NetOfPieces {
  /** Pieces that join nothing: both of their ends are at one place, or another one runs the same way. */
  readonly idle: Piece[] = [];
  private readonly reach: number;
  private readonly places: Point[] = [];
  /** The last node of each cell, and for each node the one before it there. */
  private readonly cells = new Map<number, number>();
  private readonly before: number[] = [];
  private readonly ends: (readonly [from: number, to: number])[] = [];
  private readonly pieces: Piece[] = [];
  /** For each node the first end at it, for each end the next one there: ends 2i and 2i + 1 are those of piece i; −1 = none. */
  private readonly firstEnd: number[] = [];
  private readonly nextEnd: number[] = [];
  /** Pieces that hang or were walked along. */
  private readonly taken = new Set<number>();
  /** How many ends are at each node: a piece round from a node to itself comes there twice. */
  private readonly degrees: number[] = [];
  private readonly straight = new Set<number>();

  constructor(reach: number) {
    this.reach = reach;
  }

  add(piece: Piece): void {
    const [from, to] = [this.nodeAt(piece.start), this.nodeAt(piece.end)];
    const way = Math.min(from, to) * MOST_NODES + Math.max(from, to);
    if ((from === to && piece.isStraight) || (piece.isStraight && this.straight.has(way))) {
      this.idle.push(piece);
      return;
    }
    if (piece.isStraight) this.straight.add(way);
    this.pieces.push(piece);
    this.ends.push([from, to]);
    for (const node of [from, to]) {
      this.nextEnd.push(this.firstEnd[node] as number);
      this.firstEnd[node] = this.nextEnd.length - 1;
      this.degrees[node] = (this.degrees[node] as number) + 1;
    }
  }

  /** Ways along pieces, round or from end to end; what hangs on a way round is taken off it before. */
  takeWays(): [ways: { readonly steps: readonly Step[]; readonly isRound: boolean }[], networks: Network[]] {
    const ways: { steps: Step[]; isRound: boolean }[] = [];
    const networks: Network[] = [];
    for (const members of this.components()) {
      const nodes = [...new Set(members.flatMap(index => [...(this.ends[index] as readonly [number, number])]))];
      const loose = nodes.find(node => (this.degrees[node] as number) === 1);
      if (loose !== undefined && nodes.every(node => (this.degrees[node] as number) <= 2)) {
        ways.push({ steps: this.walk(loose), isRound: false });
        continue;
      }
      const through = new Set(nodes.filter(node => (this.degrees[node] as number) === 2));
      const hanging = this.prune(nodes);
      for (const steps of this.runs(hanging, through)) ways.push({ steps, isRound: false });
      const branch = nodes.find(node => (this.degrees[node] as number) > 2);
      const kept = members.filter(index => !hanging.has(index));
      const [first] = kept;
      if (first === undefined) continue;
      if (branch === undefined)
        ways.push({ steps: this.walk((this.ends[first] as [number, number])[0]), isRound: true });
      else networks.push(this.networkOf(kept, branch));
    }
    return [ways, networks];
  }

  private networkOf(indexes: readonly number[], branch: number): Network {
    return {
      at: this.places[branch] as Point,
      pieces: indexes.map(index => this.pieces[index] as Piece),
      lines: indexes.map(index => {
        const pairs = (this.pieces[index] as Piece).pairs().slice();
        const [from, to] = this.ends[index] as readonly [number, number];
        pairs.set(this.places[from] as Point, 0);
        pairs.set(this.places[to] as Point, pairs.length - 2);
        return pairs;
      }),
    };
  }

  private components(): number[][] {
    const seen = new Set<number>();
    const seenNodes = new Set<number>();
    const found: number[][] = [];
    for (const start of this.pieces.keys()) {
      if (seen.has(start)) continue;
      seen.add(start);
      const members = [start];
      for (const index of members) {
        for (const node of this.ends[index] as readonly [number, number]) {
          if (seenNodes.has(node)) continue;
          seenNodes.add(node);
          for (let end = this.firstEnd[node] as number; end >= 0; end = this.nextEnd[end] as number) {
            if (seen.has(end >> 1)) continue;
            seen.add(end >> 1);
            members.push(end >> 1);
          }
        }
      }
      found.push(members);
    }
    return found;
  }

  private prune(nodes: readonly number[]): Set<number> {
    const hanging = new Set<number>();
    const queue = nodes.filter(node => (this.degrees[node] as number) === 1);
    for (const node of queue) {
      const index = this.pieceAt(node);
      if (index === undefined || (this.degrees[node] as number) !== 1) continue;
      hanging.add(index);
      this.taken.add(index);
      for (const end of this.ends[index] as readonly [number, number]) {
        this.degrees[end] = (this.degrees[end] as number) - 1;
        if ((this.degrees[end] as number) === 1) queue.push(end);
      }
    }
    return hanging;
  }

  /** Hanging pieces, those joined that meet in places where no third one does. */
  private *runs(hanging: ReadonlySet<number>, through: ReadonlySet<number>): Generator<Step[]> {
    const left = new Set(hanging);
    const extend = (from: number): Step[] => {
      const steps: Step[] = [];
      for (let node = from; through.has(node);) {
        const index = this.endsAt(node).find(end => left.has(end >> 1));
        if (index === undefined) break;
        left.delete(index >> 1);
        const [start, end] = this.ends[index >> 1] as readonly [number, number];
        steps.push({ piece: this.pieces[index >> 1] as Piece, isBackwards: start !== node });
        node = start === node ? end : start;
      }
      return steps;
    };
    for (const index of hanging) {
      if (!left.delete(index)) continue;
      const [start, end] = this.ends[index] as readonly [number, number];
      const before = extend(start).map(({ piece, isBackwards }) => ({ piece, isBackwards: !isBackwards }));
      yield [...before.toReversed(), { piece: this.pieces[index] as Piece, isBackwards: false }, ...extend(end)];
    }
  }

  private endsAt(node: number): number[] {
    const found: number[] = [];
    for (let end = this.firstEnd[node] as number; end >= 0; end = this.nextEnd[end] as number) found.push(end);
    return found;
  }

  /** From a node along pieces until there is none that was not walked. */
  private walk(from: number): Step[] {
    const steps: Step[] = [];
    for (let node = from; ;) {
      const index = this.pieceAt(node);
      if (index === undefined) return steps;
      this.taken.add(index);
      const [start, end] = this.ends[index] as readonly [number, number];
      const isBackwards = start !== node;
      steps.push({ piece: this.pieces[index] as Piece, isBackwards });
      node = isBackwards ? start : end;
    }
  }

  /** A piece at a node that was not taken. */
  private pieceAt(node: number): number | undefined {
    for (let end = this.firstEnd[node] as number; end >= 0; end = this.nextEnd[end] as number)
      if (!this.taken.has(end >> 1)) return end >> 1;
    return undefined;
  }

  private nodeAt(point: Point): number {
    const side = CELL_REACHES * this.reach;
    const [west, east] = [Math.floor((point[0] - this.reach) / side), Math.floor((point[0] + this.reach) / side)];
    const [south, north] = [Math.floor((point[1] - this.reach) / side), Math.floor((point[1] + this.reach) / side)];
    for (let column = west; column <= east; column++) {
      for (let row = south; row <= north; row++) {
        for (let node = this.cells.get(keyOf(column, row)) ?? -1; node >= 0; node = this.before[node] as number)
          if (distance(this.places[node] as Point, point) <= this.reach) return node;
      }
    }
    const node = this.places.push(point) - 1;
    this.firstEnd.push(-1);
    this.degrees.push(0);
    const key = keyOf(Math.floor(point[0] / side), Math.floor(point[1] / side));
    this.before.push(this.cells.get(key) ?? -1);
    this.cells.set(key, node);
    return node;
  }
}

/** Sides of a cell in reaches: so much that most places are looked for in one cell alone. */
const CELL_REACHES = 16;
/** More than there are in any drawing. */
const MOST_NODES = 2 ** 26;

/** Different cells may have one key: the distance tells. */
const keyOf = (column: number, row: number): number => Math.imul(column, 73_856_093) ^ Math.imul(row, 19_349_663);

const distance = (a: Point, b: Point): number => Math.hypot(b[0] - a[0], b[1] - a[1]);
