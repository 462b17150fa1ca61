import { flattenOutline } from './flatten-outline.ts';

/** Piece of an outline in units of the drawing. */
export type Curve =
  /** x, y, bulge, … */
  | { readonly kind: 'bulged'; readonly vertices: readonly number[]; readonly isClosed: boolean }
  /** Centre, major half axis, share of the minor one, parameters in radians; from larger to smaller runs clockwise. */
  | {
      readonly kind: 'ellipse';
      readonly centre: readonly [number, number];
      readonly major: readonly [number, number];
      readonly ratio: number;
      readonly from: number;
      readonly to: number;
    }
  | {
      readonly kind: 'spline';
      readonly degree: number;
      readonly knots: readonly number[];
      /** x, y, … */
      readonly points: readonly number[];
      /** One a point; empty = all the same. */
      readonly weights: readonly number[];
    };

const MAX_STEPS = 720;
/** A deviation that no curve has: only its ends are wanted. */
const COARSE = 1e12;
const MAX_HALVINGS = 8;
const MAX_DEGREE = 10;

/** A curve as x, y, … with chords that stay within `sagitta` of it; empty where it makes no sense. */
export function flattenCurve(curve: Curve, sagitta: number): number[] {
  if (curve.kind === 'bulged') return flattenOutline(curve.vertices, curve.isClosed, sagitta);
  return curve.kind === 'ellipse' ? flattenEllipse(curve, sagitta) : flattenSpline(curve, sagitta);
}

/** Whether an ellipse goes all the way round, or a spline ends where it begins. */
export function isClosedCurve(curve: Curve): boolean {
  if (curve.kind === 'bulged') return curve.isClosed;
  if (curve.kind === 'ellipse') return Math.abs(curve.to - curve.from) > 2 * Math.PI - 1e-6;
  const pairs = flattenSpline(curve, COARSE);
  const [x = Number.NaN, y = Number.NaN] = pairs;
  const size = pairs.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  return pairs.length >= 6 && Math.hypot((pairs.at(-2) ?? 0) - x, (pairs.at(-1) ?? 0) - y) <= 1e-9 * size;
}

/** Where a curve begins and ends; undefined where it makes no sense. */
export function endsOfCurve(
  curve: Curve,
): { readonly start: readonly [number, number]; readonly end: readonly [number, number] } | undefined {
  const step = curve.kind === 'bulged' ? 3 : 2;
  const values = curve.kind === 'bulged' ? curve.vertices : flattenCurve(curve, COARSE);
  const at = (index: number): readonly [number, number] => [
    values[index] ?? Number.NaN,
    values[index + 1] ?? Number.NaN,
  ];
  const [start, end] = [at(0), at(values.length - step)];
  return values.length >= 2 * step && [...start, ...end].every(Number.isFinite) ? { start, end } : undefined;
}

function flattenEllipse(curve: Extract<Curve, { kind: 'ellipse' }>, sagitta: number): number[] {
  const { centre, major, ratio, from, to } = curve;
  const radius = Math.hypot(...major) * Math.max(1, Math.abs(ratio));
  if (!(radius > 0) || !Number.isFinite(to - from)) return [];
  const step = 2 * Math.acos(Math.max(0, 1 - sagitta / Math.max(radius, sagitta)));
  const steps = Math.min(MAX_STEPS, Math.max(8, Math.ceil(Math.abs(to - from) / step)));
  const pairs: number[] = [];
  for (let i = 0; i <= steps; i++) {
    const at = from + ((to - from) * i) / steps;
    const [cos, sin] = [Math.cos(at), Math.sin(at) * ratio];
    pairs.push(centre[0] + major[0] * cos - major[1] * sin, centre[1] + major[1] * cos + major[0] * sin);
  }
  return pairs;
}

/** Each span of the knots is halved until its middle lies on its chord. */
function flattenSpline(curve: Extract<Curve, { kind: 'spline' }>, sagitta: number): number[] {
  const { degree, knots, points } = curve;
  const count = points.length / 2;
  if (degree < 1 || degree > MAX_DEGREE || count <= degree || knots.length < count + degree + 1) return [];
  const pairs: number[] = [];
  let last: readonly [number, number] | undefined;
  for (let span = degree; span < count; span++) {
    const [from, to] = [knots[span] as number, knots[span + 1] as number];
    if (!(to > from)) continue;
    last ??= pointOfSpline(curve, span, from);
    if (pairs.length === 0) pairs.push(...last);
    const end = pointOfSpline(curve, span, to);
    const halve = (
      a: number,
      start: readonly [number, number],
      b: number,
      stop: readonly [number, number],
      depth: number,
    ): void => {
      const middle = pointOfSpline(curve, span, (a + b) / 2);
      const off = Math.hypot(middle[0] - (start[0] + stop[0]) / 2, middle[1] - (start[1] + stop[1]) / 2);
      // A curve may cross its chord in the middle: the first halving is always made.
      if (depth > 0 && (depth >= MAX_HALVINGS || off <= sagitta)) return void pairs.push(...stop);
      halve(a, start, (a + b) / 2, middle, depth + 1);
      halve((a + b) / 2, middle, b, stop, depth + 1);
    };
    halve(from, last, to, end, degree === 1 ? MAX_HALVINGS : 0);
    last = end;
  }
  return pairs;
}

/** De Boor's algorithm in homogeneous coordinates. */
function pointOfSpline(
  { degree, knots, points, weights }: Extract<Curve, { kind: 'spline' }>,
  span: number,
  at: number,
): readonly [number, number] {
  const work: [number, number, number][] = [];
  for (let j = 0; j <= degree; j++) {
    const index = span - degree + j;
    const weight = weights[index] ?? 1;
    work.push([(points[2 * index] as number) * weight, (points[2 * index + 1] as number) * weight, weight]);
  }
  for (let level = 1; level <= degree; level++) {
    for (let j = degree; j >= level; j--) {
      const index = span - degree + j;
      const [low, high] = [knots[index] as number, knots[index + degree - level + 1] as number];
      const share = high > low ? (at - low) / (high - low) : 0;
      const [one, other] = [work[j - 1] as [number, number, number], work[j] as [number, number, number]];
      work[j] = [0, 1, 2].map(i => (1 - share) * (one[i] as number) + share * (other[i] as number)) as [
        number,
        number,
        number,
      ];
    }
  }
  const [x, y, weight] = work[degree] as [number, number, number];
  return [x / weight, y / weight];
}
