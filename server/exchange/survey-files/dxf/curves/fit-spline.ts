import type { Curve } from './curves.ts';

type Point = readonly [x: number, y: number];

/** The system is diagonally dominant by two to one: each sweep at least halves what is missing. */
const SWEEPS = 60;

/**
 * The curve through fit points where a drawing gives no control points: the cubic that is smooth to its second derivative, its parameter
 * being the length of the chords. It closes smoothly where the drawing says that it is closed; else its ends have the tangents that are
 * given, or run out straight (no second derivative). Undefined for less than two places.
 */
export function fitSpline(
  given: readonly Point[],
  isClosed: boolean,
  tangents: { readonly start: Point; readonly end: Point },
): Curve | undefined {
  const places = given.filter((point, i) => i === 0 || distance(point, given[i - 1] as Point) > 0);
  const [first] = places;
  const returns = places.length > 1 && distance(first as Point, places.at(-1) as Point) === 0;
  const points = isClosed && !returns && first !== undefined ? [...places, first] : places;
  const count = points.length - 1;
  if (count < 1 || (isClosed && count < 3) || !points.flat().every(Number.isFinite)) return undefined;
  const chords = points.slice(1).map((point, i) => distance(point, points[i] as Point));
  const slopes = [0, 1].map(axis => slopesOf(points, chords, isClosed, axis as 0 | 1, tangents)) as [
    number[],
    number[],
  ];
  const controls: number[] = [...(points[0] as Point)];
  for (let i = 0; i < count; i++) {
    const [[x1, y1], [x2, y2], third] = [points[i] as Point, points[i + 1] as Point, (chords[i] as number) / 3];
    const [sx, sy] = slopes;
    controls.push(x1 + (sx[i] as number) * third, y1 + (sy[i] as number) * third);
    controls.push(x2 - (sx[i + 1] as number) * third, y2 - (sy[i + 1] as number) * third, x2, y2);
  }
  const knots = Array.from({ length: count + 1 }, (_unused, i) => [i, i, i]).flat();
  return { kind: 'spline', degree: 3, knots: [0, ...knots, count], points: controls, weights: [] };
}

const distance = (a: Point, b: Point): number => Math.hypot(b[0] - a[0], b[1] - a[1]);

/** Derivatives by chord length at the points along one axis. */
function slopesOf(
  points: readonly Point[],
  chords: readonly number[],
  isClosed: boolean,
  axis: 0 | 1,
  { start, end }: { readonly start: Point; readonly end: Point },
): number[] {
  const count = chords.length;
  const chord = (i: number): number => chords[(i + count) % count] as number;
  const rise = (i: number): number => {
    const at = (i + count) % count;
    return ((points[at + 1] as Point)[axis] - (points[at] as Point)[axis]) / chord(at);
  };
  const unit = (tangent: Point): number | undefined => {
    const length = Math.hypot(...tangent);
    return length > 0 ? tangent[axis] / length : undefined;
  };
  const [atStart, atEnd] = [unit(start), unit(end)];
  const slopes = Array.from({ length: count + 1 }, (_unused, i) => rise(Math.min(i, count - 1)));
  const between = (i: number, before: number, after: number): number => {
    const [h0, h1] = [chord(i - 1), chord(i)];
    return (3 * (h1 * rise(i - 1) + h0 * rise(i)) - h1 * before - h0 * after) / (2 * (h0 + h1));
  };
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    if (isClosed) slopes[0] = between(0, slopes[count - 1] as number, slopes[1] as number);
    else slopes[0] = atStart ?? (3 * rise(0) - (slopes[1] as number)) / 2;
    for (let i = 1; i < count; i++) slopes[i] = between(i, slopes[i - 1] as number, slopes[i + 1] as number);
    if (isClosed) slopes[count] = slopes[0];
    else slopes[count] = atEnd ?? (3 * rise(count - 1) - (slopes[count - 1] as number)) / 2;
  }
  return slopes;
}
