import type { Curve } from './curves/curves.ts';
import { fitSpline } from './curves/fit-spline.ts';
import type { GroupCode } from './group-codes.ts';
import { plainText } from './group-codes.ts';
import { hatchPaths } from './hatch-paths.ts';

/** Attributes that the drawing carries for an outline as extended data, and which ring of which part of it this is. */
export interface Filed {
  readonly part: number;
  readonly ring: number;
  readonly attributes: Readonly<Record<string, string>>;
}

/** What is drawn, as far as it can bound land. Layers by their name, `0` = that of the block's own place. */
export type Entity =
  | { readonly kind: 'outline'; readonly layer: string; readonly curve: Curve; readonly filed?: Filed | undefined }
  /** A single line or arc: a piece of an outline at best. */
  | { readonly kind: 'piece'; readonly layer: string; readonly curve: Curve }
  | { readonly kind: 'hatch'; readonly layer: string; readonly paths: readonly (readonly Curve[])[] }
  | { readonly kind: 'label'; readonly layer: string; readonly x: number; readonly y: number; readonly text: string }
  | Insert;

export interface Insert {
  readonly kind: 'insert';
  readonly layer: string;
  readonly block: string;
  readonly x: number;
  readonly y: number;
  readonly scaleX: number;
  readonly scaleY: number;
  readonly rotationDeg: number;
  /** Drawn seen from behind: the extrusion points down. */
  readonly isMirrored: boolean;
  readonly columns: number;
  readonly rows: number;
  readonly columnStep: number;
  readonly rowStep: number;
}

/** Extended data of this name hold `name=value`, one a text. */
const APPLICATION = 'REGREEN';
const FLAT = 1e-9;
const CLOSED_OR_PERIODIC = 3;
/** Of these the extrusion does not turn the coordinates. */
const GIVEN_IN_SPACE = new Set(['SPLINE', 'ELLIPSE', 'LINE']);

/** One entity from its groups; a text where it is not drawn or cannot bound land: what it is to be counted as. */
export function toEntity(type: string, codes: readonly GroupCode[]): Entity | string {
  const first = (code: number): string | undefined => codes.find(one => one.code === code)?.value;
  const number = (code: number, fallback = 0): number => Number(first(code) ?? fallback);
  const layer = first(8) ?? '0';
  if (number(67) === 1) return `${type} (paper space)`;
  if (number(60) === 1) return `${type} (invisible)`;
  const isTilted = Math.abs(number(210)) > FLAT || Math.abs(number(220)) > FLAT;
  if (isTilted && number(230, 1) !== 0 && !GIVEN_IN_SPACE.has(type)) return `${type} (tilted)`;
  const side = number(230, 1) < 0 ? -1 : 1;
  const at = { x: side * number(10), y: number(20) };
  switch (type) {
    case 'LWPOLYLINE': {
      const vertices = mirrored(lightVertices(codes), side);
      return { kind: 'outline', layer, curve: bulged(vertices, (number(70) & 1) === 1), filed: filedIn(codes) };
    }
    case 'LINE': {
      const vertices = [number(10), number(20), 0, number(11), number(21), 0];
      return { kind: 'piece', layer, curve: bulged(vertices, false) };
    }
    case 'ARC': {
      const [from, to] = [number(50), number(51)].map(degrees => (degrees * Math.PI) / 180) as [number, number];
      const arc = { centre: [at.x, at.y], major: [side * number(40), 0], ratio: side } as const;
      return { kind: 'piece', layer, curve: { kind: 'ellipse', ...arc, from, to: to <= from ? to + 2 * Math.PI : to } };
    }
    case 'CIRCLE': {
      const circle = { centre: [at.x, at.y], major: [number(40), 0], ratio: 1, from: 0, to: 2 * Math.PI } as const;
      return { kind: 'outline', layer, curve: { kind: 'ellipse', ...circle } };
    }
    case 'ELLIPSE': {
      const [from, to] = [number(41), number(42, 2 * Math.PI)];
      const ellipse = {
        centre: [number(10), number(20)],
        major: [number(11), number(21)],
        ratio: number(40, 1),
      } as const;
      return {
        kind: 'outline',
        layer,
        curve: { kind: 'ellipse', ...ellipse, from, to: to <= from ? to + 2 * Math.PI : to },
      };
    }
    case 'SPLINE': {
      const all = (code: number): number[] => codes.filter(one => one.code === code).map(({ value }) => Number(value));
      const pairs = (x: number): [number, number][] => {
        const ys = all(x + 10);
        return all(x).map((value, index) => [value, ys[index] ?? Number.NaN]);
      };
      const points = pairs(10).flat();
      const drawn: Curve | undefined =
        points.length > 0
          ? { kind: 'spline', degree: number(71, 3), knots: all(40), points, weights: all(41) }
          : fitSpline(pairs(11), (number(70) & CLOSED_OR_PERIODIC) !== 0, {
              start: [number(12), number(22)],
              end: [number(13), number(23)],
            });
      return drawn === undefined ? 'SPLINE (without points)' : { kind: 'outline', layer, curve: drawn };
    }
    case 'TEXT':
    case 'MTEXT': {
      const text = codes.filter(({ code }) => code === 3 || code === 1).map(({ value }) => value);
      return { kind: 'label', layer, ...at, text: plainText(text.join('')).slice(0, 200) };
    }
    case 'INSERT': {
      const array = { columns: number(70, 1), rows: number(71, 1), columnStep: number(44), rowStep: number(45) };
      const turn = { scaleX: number(41, 1), scaleY: number(42, 1), rotationDeg: number(50), isMirrored: side < 0 };
      return { kind: 'insert', layer, block: first(2) ?? '', x: number(10), y: number(20), ...turn, ...array };
    }
    case 'HATCH': {
      if (side < 0) return 'HATCH (mirrored)';
      const paths = hatchPaths(codes);
      return paths.length === 0 ? 'HATCH' : { kind: 'hatch', layer, paths };
    }
    default:
      return type;
  }
}

/** An outline of vertices `x, y, bulge, …`. */
export const bulged = (vertices: readonly number[], isClosed: boolean): Curve => ({
  kind: 'bulged',
  vertices,
  isClosed,
});

/** Seen from behind east is west, and arcs turn the other way. */
export const mirrored = (vertices: readonly number[], side: number): readonly number[] =>
  side > 0 ? vertices : vertices.map((value, index) => (index % 3 === 1 ? value : -value));

function lightVertices(codes: readonly GroupCode[]): number[] {
  const vertices: number[] = [];
  for (const { code, value } of codes) {
    if (code === 10) vertices.push(Number(value), Number.NaN, 0);
    else if (code === 20 && vertices.length > 0) vertices[vertices.length - 2] = Number(value);
    else if (code === 42 && vertices.length > 0) vertices[vertices.length - 1] = Number(value);
  }
  return vertices;
}

function filedIn(codes: readonly GroupCode[]): Filed | undefined {
  const start = codes.findIndex(({ code, value }) => code === 1001 && value === APPLICATION);
  if (start < 0) return undefined;
  const values = new Map<string, string>();
  for (const { code, value } of codes.slice(start + 1)) {
    if (code === 1001) break;
    const at = value.indexOf('=');
    if (code === 1000 && at > 0) values.set(value.slice(0, at), plainText(value.slice(at + 1)));
  }
  const [part, ring] = [Number(values.get('part')), Number(values.get('ring'))];
  values.delete('part');
  values.delete('ring');
  return part >= 1 && ring >= 1 ? { part, ring, attributes: Object.fromEntries(values) } : undefined;
}
