import { IMPORT_LIMITS } from '../limits.ts';
import { UnreadableFile } from '../unreadable-file.ts';
import { bulged, mirrored, toEntity, type Entity } from './entities.ts';
import type { GroupCode } from './group-codes.ts';
import { DrawingLayers } from './drawing-layers.ts';

export interface Block {
  readonly x: number;
  readonly y: number;
  readonly entities: Entity[];
}

export interface Drawing {
  readonly layers: DrawingLayers;
  readonly entities: readonly Entity[];
  readonly blocks: ReadonlyMap<string, Block>;
  /** How many entities of which kind were not read. */
  readonly skipped: ReadonlyMap<string, number>;
}

interface Raw {
  readonly type: string;
  readonly codes: GroupCode[];
}

/** Vertices of a frame or a mesh are no outline. */
const NO_CORNER = 16 | 64 | 128;
const MESHES = 16 | 64;

/** Reads layers, blocks and entities of a drawing. @throws UnreadableFile `too-many-vertices`, `dxf-damaged` */
export function readDrawing(codes: Iterable<GroupCode>): Drawing {
  const layers = new DrawingLayers();
  const entities: Entity[] = [];
  const blocks = new Map<string, Block>();
  const skipped = new Map<string, number>();
  let section = '';
  let block: Block | undefined;
  let polyline: { head: Raw; vertices: number[] } | undefined;
  let vertexCount = 0;
  let opensSection = false;

  const skip = (type: string): void => void skipped.set(type, (skipped.get(type) ?? 0) + 1);
  const take = (raw: Raw): void => {
    const first = (code: number): string | undefined => raw.codes.find(one => one.code === code)?.value;
    const number = (code: number): number => Number(first(code) ?? 0);
    if (section === 'TABLES') {
      if (raw.type === 'LAYER') layers.declare(raw.codes);
      return;
    }
    if (raw.type === 'BLOCK') {
      block = { x: number(10), y: number(20), entities: [] };
      blocks.set((first(2) ?? '').toLowerCase(), block);
      return;
    }
    if (raw.type === 'ENDBLK') {
      block = undefined;
      return;
    }
    const into = section === 'BLOCKS' ? block?.entities : section === 'ENTITIES' ? entities : undefined;
    if (into === undefined) return;
    if (raw.type === 'POLYLINE') polyline = { head: raw, vertices: [] };
    else if (raw.type === 'VERTEX') {
      if ((number(70) & NO_CORNER) === 0) polyline?.vertices.push(number(10), number(20), number(42));
    } else if (raw.type === 'SEQEND') {
      if (polyline !== undefined) {
        const outline = oldPolyline(polyline.head, polyline.vertices);
        if (typeof outline === 'string') skip(outline);
        else into.push(outline);
      }
      polyline = undefined;
    } else {
      const entity = toEntity(raw.type, raw.codes);
      if (typeof entity === 'string') skip(entity);
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
      if (raw !== undefined) take(raw);
      raw = undefined;
      opensSection = value === 'SECTION';
      if (value === 'ENDSEC') section = '';
      else if (!opensSection && value !== 'EOF') raw = { type: value, codes: [] };
    } else if (opensSection && code === 2) {
      section = value;
      opensSection = false;
    } else if (raw !== undefined && (section === 'BLOCKS' || section === 'ENTITIES' || section === 'TABLES')) {
      if (raw.codes.length > 4 * IMPORT_LIMITS.verticesPerRow)
        throw new UnreadableFile('too-many-vertices', { count: raw.codes.length, limit: IMPORT_LIMITS.verticesPerRow });
      raw.codes.push({ code, value });
    }
  }
  if (raw !== undefined) take(raw);
  return { layers, entities, blocks, skipped };
}

/** A polyline of the older kind: its vertices are entities of their own. */
function oldPolyline({ codes }: Raw, vertices: readonly number[]): Entity | string {
  const first = (code: number): string | undefined => codes.find(one => one.code === code)?.value;
  const flags = Number(first(70) ?? 0);
  if ((flags & MESHES) !== 0) return 'POLYLINE (mesh)';
  if (Number(first(67) ?? 0) === 1) return 'POLYLINE (paper space)';
  if (Number(first(60) ?? 0) === 1) return 'POLYLINE (invisible)';
  const side = Number(first(230) ?? 1) < 0 ? -1 : 1;
  return { kind: 'outline', layer: first(8) ?? '0', curve: bulged(mirrored(vertices, side), (flags & 1) === 1) };
}
