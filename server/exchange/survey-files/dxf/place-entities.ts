import { IMPORT_LIMITS } from '../limits.ts';
import { UnreadableFile } from '../unreadable-file.ts';
import type { SurveyRemark } from '../survey-file.ts';
import { closeChains } from './chains/close-chains.ts';
import type { ClosedRing } from './chains/divided-rings.ts';
import type { Piece } from './chains/piece.ts';
import { endsOfCurve, flattenCurve, isClosedCurve, type Curve } from './curves/curves.ts';
import type { Drawing } from './drawing.ts';
import type { Entity, Filed, Insert } from './entities.ts';

/** A closed shape of a drawing, placed: rings as x, y pairs. */
export interface PlacedOutline {
  readonly layer: string;
  readonly rings: Float64Array[];
  readonly filed: Filed | undefined;
}

export interface PlacedDrawing {
  readonly outlines: readonly PlacedOutline[];
  readonly labels: readonly { readonly x: number; readonly y: number; readonly text: string }[];
  /** What is to be said of places in it. */
  readonly remarks: readonly SurveyRemark[];
  /** Curves that bound nothing, and single lines and arcs. */
  readonly openCount: number;
  readonly looseCount: number;
  /** Blocks that are placed but not defined. */
  readonly missing: ReadonlySet<string>;
}

/** Affine placement of a block: x' = a x + c y + e, y' = b x + d y + f. */
type Placement = readonly [a: number, b: number, c: number, d: number, e: number, f: number];
const HERE: Placement = [1, 0, 0, 1, 0, 0];
const MAX_ENTITIES = 500_000;
/** Deviation of a chord from its arc, in units of the drawing (metres). */
const SAGITTA = 0.01;
/** A line whose ends come as near as this was meant to be closed. */
const CLOSING_GAP = 1;
const METRES_PER_DEGREE = 111_320;

/** Every closed outline of a drawing where it lies, blocks resolved. @throws UnreadableFile `dxf-…`, `too-many-vertices` */
export function placeEntities(drawing: Drawing): PlacedDrawing {
  let outlines: PlacedOutline[] = [];
  const labels: { x: number; y: number; text: string }[] = [];
  const missing = new Set<string>();
  const pieces: Piece[] = [];
  /** Closed outlines that somebody drew, by their index: lines may divide them. */
  const dividable: number[] = [];
  const unitM = isInDegrees(drawing) ? METRES_PER_DEGREE : 1;
  let openCount = 0;
  let entityCount = 0;
  let vertexCount = 0;

  const countEntity = (): void => {
    if (++entityCount > MAX_ENTITIES) throw new UnreadableFile('dxf-too-large', { limit: MAX_ENTITIES });
  };
  const put = (layer: string, rings: readonly ArrayLike<number>[], placement: Placement, filed?: Filed): void => {
    const placed = rings.filter(ring => ring.length >= 6).map(ring => move(ring, placement));
    if (placed.length === 0) return void openCount++;
    for (const ring of placed) vertexCount += ring.length / 2;
    if (vertexCount > IMPORT_LIMITS.verticesPerFile)
      throw new UnreadableFile('too-many-vertices', { count: vertexCount, limit: IMPORT_LIMITS.verticesPerFile });
    const before = outlines.at(-1);
    const isSame = filed !== undefined && before?.filed !== undefined && before.layer === layer;
    // Rings of one outline follow each other: its first one opens it.
    if (isSame && (filed.part > 1 || filed.ring > 1)) before.rings.push(...placed);
    else outlines.push({ layer, rings: placed, filed });
  };

  const place = (
    entities: readonly Entity[],
    placement: Placement,
    ofBlock: string | undefined,
    depth: number,
  ): void => {
    if (depth > IMPORT_LIMITS.blockDepth)
      throw new UnreadableFile('dxf-blocks-endless', { limit: IMPORT_LIMITS.blockDepth });
    const scale = unitM * Math.max(sizeOf(placement), 1e-9);
    const sagitta = SAGITTA / scale;
    const putPiece = (layer: string, curve: Curve, isLoose: boolean): void => {
      const ends = endsOfCurve(curve);
      if (ends === undefined) return void openCount++;
      const [start, end] = [ends.start, ends.end].map(([x, y]) => {
        const [east = 0, north = 0] = move([x, y], placement);
        return [east, north] as const;
      }) as [readonly [number, number], readonly [number, number]];
      const isStraight = curve.kind === 'bulged' && curve.vertices.length === 6 && curve.vertices[2] === 0;
      const pairs = (): Float64Array => move(flattenCurve(curve, sagitta), placement);
      pieces.push({ layer, start, end, pairs, count: 1, looseCount: isLoose ? 1 : 0, isStraight });
    };
    for (const entity of entities) {
      countEntity();
      const layer = drawing.layers.nameOf(entity.layer === '0' ? (ofBlock ?? '0') : entity.layer);
      if (entity.kind === 'outline') {
        const ring = outlineOf(entity.curve, sagitta, CLOSING_GAP / scale);
        if (ring === undefined) putPiece(layer, entity.curve, false);
        else {
          put(layer, [ring], placement, entity.filed);
          if (entity.filed === undefined) dividable.push(outlines.length - 1);
        }
      } else if (entity.kind === 'piece') {
        putPiece(layer, entity.curve, true);
      } else if (entity.kind === 'hatch') {
        put(
          layer,
          entity.paths.map(path => ringOfPath(path, sagitta)),
          placement,
        );
      } else if (entity.kind === 'label') {
        const [x = 0, y = 0] = move([entity.x, entity.y], placement);
        if (entity.text !== '') labels.push({ x, y, text: entity.text });
      } else {
        const block = drawing.blocks.get(entity.block.toLowerCase());
        if (block === undefined) {
          missing.add(entity.block);
          continue;
        }
        for (let column = 0; column < Math.max(1, entity.columns); column++) {
          for (let row = 0; row < Math.max(1, entity.rows); row++) {
            countEntity();
            place(block.entities, compose(placement, insertOf(entity, block, column, row)), layer, depth + 1);
          }
        }
      }
    }
  };
  place(drawing.entities, HERE, undefined, 0);
  const reach = { meeting: SAGITTA / unitM, closing: CLOSING_GAP / unitM, unitM };
  const rings = dividable.flatMap(index => closedRingOf(index, outlines[index]));
  const { outlines: closed, remarks, looseCount, divided, ...chains } = closeChains(pieces, rings, reach);
  const cut = new Set([...divided].map(index => rings[index]?.index));
  outlines = outlines.filter((_outline, index) => !cut.has(index));
  for (const { layer, rings: ground } of closed) put(layer, ground, HERE);
  for (const { layer, rings: own } of outlines) for (const ring of own) drawing.layers.count(layer, ring);
  return { outlines, labels, remarks, openCount: openCount + chains.openCount, looseCount, missing };
}

/** An outline that is closed to the last digit; where it is not, that is the first thing to be said of it. */
function closedRingOf(index: number, outline: PlacedOutline | undefined): (ClosedRing & { readonly index: number })[] {
  const [pairs] = outline?.rings ?? [];
  const isClosed = pairs !== undefined && pairs[0] === pairs.at(-2) && pairs[1] === pairs.at(-1);
  return outline !== undefined && isClosed ? [{ index, layer: outline.layer, pairs }] : [];
}

/** Whether all that is drawn, in blocks as well, has coordinates that longitudes and latitudes could be. */
function isInDegrees({ entities, blocks }: Drawing): boolean {
  const seen = new Set<string>();
  const fits = (x: number, y: number): boolean => Math.abs(x) <= 180 && Math.abs(y) <= 90;
  const isSmall = (entity: Entity): boolean => {
    if (entity.kind === 'label') return fits(entity.x, entity.y);
    if (entity.kind === 'insert') {
      const name = entity.block.toLowerCase();
      const isNew = !seen.has(name);
      seen.add(name);
      return fits(entity.x, entity.y) && (!isNew || (blocks.get(name)?.entities.every(isSmall) ?? true));
    }
    const curve = entity.kind === 'hatch' ? entity.paths[0]?.[0] : entity.curve;
    const ends = curve && endsOfCurve(curve);
    return ends === undefined || fits(...ends.start);
  };
  return entities.every(isSmall);
}

/** The ring of one entity, or undefined where it is open. */
function outlineOf(curve: Curve, sagitta: number, gap: number): number[] | undefined {
  if (curve.kind !== 'bulged') return isClosedCurve(curve) ? flattenCurve(curve, sagitta) : undefined;
  const { vertices, isClosed } = curve;
  if (vertices.length < 6) return undefined;
  const distance = Math.hypot((vertices.at(-3) ?? 0) - (vertices[0] ?? 0), (vertices.at(-2) ?? 0) - (vertices[1] ?? 0));
  const endsAtStart = vertices.length >= 12 && distance === 0;
  if (endsAtStart) return flattenCurve({ ...curve, isClosed: false }, sagitta);
  if (isClosed) return closed(flattenCurve(curve, sagitta));
  return vertices.length >= 12 && distance <= gap ? flattenCurve(curve, sagitta) : undefined;
}

/** The drawing says that the ring is closed: then so it is, with its first point again at its end. */
const closed = (pairs: number[]): number[] => [...pairs, pairs[0] as number, pairs[1] as number];

/** Edges of a hatch one after the other; some programs write single ones backwards. */
function ringOfPath(path: readonly Curve[], sagitta: number): number[] {
  const ring: number[] = [];
  for (const curve of path) {
    const pairs = flattenCurve(curve, sagitta);
    if (pairs.length < 4) continue;
    const [x = 0, y = 0] = ring.slice(-2);
    const toStart = Math.hypot((pairs[0] as number) - x, (pairs[1] as number) - y);
    const toEnd = Math.hypot((pairs.at(-2) as number) - x, (pairs.at(-1) as number) - y);
    const isBackwards = ring.length > 0 && toEnd < toStart;
    const along = isBackwards ? backwards(pairs) : pairs;
    const joins = ring.length > 0 && Math.min(toStart, toEnd) < sagitta;
    for (let i = joins ? 2 : 0; i < along.length; i++) ring.push(along[i] as number);
  }
  return ring;
}

function backwards(pairs: readonly number[]): number[] {
  const turned: number[] = [];
  for (let i = pairs.length - 2; i >= 0; i -= 2) turned.push(pairs[i] as number, pairs[i + 1] as number);
  return turned;
}

function insertOf(
  insert: Insert,
  base: { readonly x: number; readonly y: number },
  column: number,
  row: number,
): Placement {
  const { scaleX, scaleY, rotationDeg, columnStep, rowStep, isMirrored } = insert;
  const angle = (rotationDeg * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [a, b, c, d] = [cos * scaleX, sin * scaleX, -sin * scaleY, cos * scaleY];
  const [east, north] = [column * columnStep, row * rowStep];
  const e = insert.x + cos * east - sin * north - a * base.x - c * base.y;
  const f = insert.y + sin * east + cos * north - b * base.x - d * base.y;
  return isMirrored ? [-a, b, -c, d, -e, f] : [a, b, c, d, e, f];
}

function compose([a, b, c, d, e, f]: Placement, [a2, b2, c2, d2, e2, f2]: Placement): Placement {
  return [a * a2 + c * b2, b * a2 + d * b2, a * c2 + c * d2, b * c2 + d * d2, a * e2 + c * f2 + e, b * e2 + d * f2 + f];
}

const sizeOf = ([a, b, c, d]: Placement): number => Math.max(Math.hypot(a, b), Math.hypot(c, d));

function move(pairs: ArrayLike<number>, [a, b, c, d, e, f]: Placement): Float64Array {
  const moved = new Float64Array(pairs.length);
  for (let i = 0; i < pairs.length; i += 2) {
    const [x, y] = [pairs[i] as number, pairs[i + 1] as number];
    moved[i] = a * x + c * y + e;
    moved[i + 1] = b * x + d * y + f;
  }
  return moved;
}
