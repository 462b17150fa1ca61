import { IMPORT_LIMITS } from '../limits.ts';
import { UnreadableFile } from '../unreadable-file.ts';
import type { GroupCode } from './group-codes.ts';
import { plainText } from './group-codes.ts';

export interface Outline {
  readonly kind: 'outline';
  readonly layer: string;
  /** x, y, bulge, … */
  readonly vertices: readonly number[];
  readonly isClosed: boolean;
}
export interface Circle {
  readonly kind: 'circle';
  readonly layer: string;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}
export interface Hatch {
  readonly kind: 'hatch';
  readonly layer: string;
  /** Closed boundary paths: x, y, bulge, … */
  readonly paths: readonly (readonly number[])[];
}
export interface Label {
  readonly kind: 'label';
  readonly layer: string;
  readonly x: number;
  readonly y: number;
  readonly text: string;
}
export interface Insert {
  readonly kind: 'insert';
  readonly layer: string;
  readonly block: string;
  readonly x: number;
  readonly y: number;
  readonly scaleX: number;
  readonly scaleY: number;
  readonly rotationDeg: number;
}
export type Entity = Outline | Circle | Hatch | Label | Insert;

export interface Drawing {
  readonly entities: readonly Entity[];
  readonly blocks: ReadonlyMap<
    string,
    { readonly x: number; readonly y: number; readonly entities: readonly Entity[] }
  >;
  /** How many entities of which kind carry no outline. */
  readonly skipped: ReadonlyMap<string, number>;
}

interface Raw {
  readonly type: string;
  readonly codes: GroupCode[];
}

/** Reads the BLOCKS and ENTITIES sections of a drawing. @throws UnreadableFile `dxf-too-large`, `dxf-damaged` */
export function readDrawing(codes: Iterable<GroupCode>): Drawing {
  const entities: Entity[] = [];
  const blocks = new Map<string, { x: number; y: number; entities: Entity[] }>();
  const skipped = new Map<string, number>();
  let section = '';
  let block: { x: number; y: number; entities: Entity[] } | undefined;
  let polyline: { layer: string; vertices: number[]; isClosed: boolean } | undefined;
  let vertexCount = 0;
  let opensSection = false;

  const take = (raw: Raw): void => {
    const first = (code: number): string | undefined => raw.codes.find(one => one.code === code)?.value;
    const number = (code: number, fallback = 0): number => Number(first(code) ?? fallback);
    if (raw.type === 'BLOCK') {
      block = { x: number(10), y: number(20), entities: [] };
      blocks.set(first(2) ?? '', block);
      return;
    }
    if (raw.type === 'ENDBLK') {
      block = undefined;
      return;
    }
    const into = section === 'BLOCKS' ? block?.entities : section === 'ENTITIES' ? entities : undefined;
    if (into === undefined) return;
    const layer = first(8) ?? '0';
    if (raw.type === 'POLYLINE') polyline = { layer, vertices: [], isClosed: (number(70) & 1) === 1 };
    else if (raw.type === 'VERTEX' && polyline !== undefined) {
      // Control points of splines and corners of meshes are no outline.
      if ((number(70) & 0b1011_0000) === 0) polyline.vertices.push(number(10), number(20), number(42));
    } else if (raw.type === 'SEQEND') {
      if (polyline !== undefined) into.push({ kind: 'outline', ...polyline });
      polyline = undefined;
    } else {
      const entity = toEntity(raw, layer, number, first);
      if (entity === undefined) skipped.set(raw.type, (skipped.get(raw.type) ?? 0) + 1);
      else into.push(entity);
    }
    vertexCount += raw.type === 'VERTEX' ? 1 : raw.codes.length / 2;
    if (vertexCount > IMPORT_LIMITS.verticesPerFile * 2) {
      throw new UnreadableFile('too-many-vertices', {
        count: Math.round(vertexCount),
        limit: IMPORT_LIMITS.verticesPerFile,
      });
    }
  };

  let raw: Raw | undefined;
  for (const { code, value } of codes) {
    if (code === 0) {
      if (raw !== undefined && value !== 'EOF') take(raw);
      else if (raw !== undefined) take(raw);
      raw = undefined;
      opensSection = value === 'SECTION';
      if (value === 'ENDSEC') section = '';
      else if (!opensSection && value !== 'EOF') raw = { type: value, codes: [] };
    } else if (opensSection && code === 2) {
      section = value;
      opensSection = false;
    } else if (raw !== undefined && (section === 'BLOCKS' || section === 'ENTITIES')) {
      if (raw.codes.length > 4 * IMPORT_LIMITS.verticesPerRow)
        throw new UnreadableFile('too-many-vertices', { count: raw.codes.length, limit: IMPORT_LIMITS.verticesPerRow });
      raw.codes.push({ code, value });
    }
  }
  if (raw !== undefined) take(raw);
  return { entities, blocks, skipped };
}

function toEntity(
  raw: Raw,
  layer: string,
  number: (code: number, fallback?: number) => number,
  first: (code: number) => string | undefined,
): Entity | undefined {
  switch (raw.type) {
    case 'LWPOLYLINE':
      return { kind: 'outline', layer, isClosed: (number(70) & 1) === 1, vertices: lightVertices(raw.codes) };
    case 'CIRCLE':
      return { kind: 'circle', layer, x: number(10), y: number(20), radius: number(40) };
    case 'TEXT':
    case 'MTEXT': {
      const text = raw.codes.filter(({ code }) => code === 3 || code === 1).map(({ value }) => value);
      return { kind: 'label', layer, x: number(10), y: number(20), text: plainText(text.join('')).slice(0, 200) };
    }
    case 'INSERT': {
      const place = { x: number(10), y: number(20), scaleX: number(41, 1), scaleY: number(42, 1) };
      return { kind: 'insert', layer, block: first(2) ?? '', ...place, rotationDeg: number(50) };
    }
    case 'HATCH': {
      const paths = hatchPaths(raw.codes);
      return paths.length === 0 ? undefined : { kind: 'hatch', layer, paths };
    }
    default:
      return undefined;
  }
}

function lightVertices(codes: readonly GroupCode[]): number[] {
  const vertices: number[] = [];
  for (const { code, value } of codes) {
    if (code === 10) vertices.push(Number(value), Number.NaN, 0);
    else if (code === 20 && vertices.length > 0) vertices[vertices.length - 2] = Number(value);
    else if (code === 42 && vertices.length > 0) vertices[vertices.length - 1] = Number(value);
  }
  return vertices;
}

/** Boundary paths that are polylines, or edges that are all straight lines. */
function hatchPaths(codes: readonly GroupCode[]): number[][] {
  const paths: number[][] = [];
  let isPolyline = false;
  let inPaths = false;
  let edge = 0;
  for (const { code, value } of codes) {
    if (code === 91) inPaths = true;
    else if (code === 75 || code === 98) inPaths = false;
    if (!inPaths) continue;
    const path = paths.at(-1);
    if (code === 92) {
      isPolyline = (Number(value) & 2) === 2;
      edge = 0;
      paths.push([]);
    } else if (code === 72 && !isPolyline) edge = Number(value);
    else if (path === undefined || (!isPolyline && edge !== 1)) continue;
    else if (code === 10) path.push(Number(value), Number.NaN, 0);
    else if (code === 20) path[path.length - 2] = Number(value);
    else if (code === 42 && isPolyline) path[path.length - 1] = Number(value);
  }
  return paths.filter(path => path.length >= 9);
}
