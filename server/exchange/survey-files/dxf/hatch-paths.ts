import type { Curve } from './curves/curves.ts';
import type { GroupCode } from './group-codes.ts';

const RADIANS = Math.PI / 180;

/** Boundary paths of a hatch: each a closed polyline, or edges of lines, arcs, ellipses and splines in their order. */
export function hatchPaths(codes: readonly GroupCode[]): Curve[][] {
  const paths: Curve[][] = [];
  let isPolyline = false;
  let inPaths = false;
  let path: Curve[] | undefined;
  let edge: { readonly type: number; readonly codes: GroupCode[] } | undefined;
  let vertices: number[] = [];
  const endEdge = (): void => {
    if (edge !== undefined) path?.push(...edgeOf(edge.type, edge.codes));
    edge = undefined;
  };
  const endPath = (): void => {
    endEdge();
    if (isPolyline && vertices.length >= 6) path?.push({ kind: 'bulged', vertices, isClosed: true });
    vertices = [];
  };
  for (const group of codes) {
    const { code, value } = group;
    if (code === 91) inPaths = true;
    else if ((code === 75 || code === 98) && inPaths) {
      endPath();
      inPaths = false;
    }
    if (!inPaths) continue;
    if (code === 92) {
      endPath();
      isPolyline = (Number(value) & 2) === 2;
      paths.push((path = []));
    } else if (isPolyline) {
      if (code === 10) vertices.push(Number(value), Number.NaN, 0);
      else if (code === 20 && vertices.length > 0) vertices[vertices.length - 2] = Number(value);
      else if (code === 42 && vertices.length > 0) vertices[vertices.length - 1] = Number(value);
    } else if (code === 72) {
      endEdge();
      edge = { type: Number(value), codes: [] };
    } else edge?.codes.push(group);
  }
  endPath();
  return paths.filter(one => one.length > 0);
}

function edgeOf(type: number, codes: readonly GroupCode[]): Curve[] {
  const all = (code: number): number[] => codes.filter(one => one.code === code).map(({ value }) => Number(value));
  const [x = Number.NaN] = all(10);
  const [y = Number.NaN] = all(20);
  const [x2 = Number.NaN] = all(11);
  const [y2 = Number.NaN] = all(21);
  if (type === 1) return [{ kind: 'bulged', vertices: [x, y, 0, x2, y2, 0], isClosed: false }];
  if (type === 2 || type === 3) {
    const [start = 0] = all(50);
    const [end = 360] = all(51);
    const turn = all(73)[0] === 0 ? -1 : 1;
    const [size = 0] = all(40);
    const to = end <= start ? end + 360 : end;
    const angles = { from: turn * start * RADIANS, to: turn * to * RADIANS };
    return type === 2
      ? [{ kind: 'ellipse', centre: [x, y], major: [size, 0], ratio: 1, ...angles }]
      : [{ kind: 'ellipse', centre: [x, y], major: [x2, y2], ratio: size, ...angles }];
  }
  if (type !== 4) return [];
  const ys = all(20);
  const points = all(10).flatMap((at, index) => [at, ys[index] ?? Number.NaN]);
  return [{ kind: 'spline', degree: all(94)[0] ?? 3, knots: all(40), points, weights: all(42) }];
}
