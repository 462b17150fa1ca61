import { IMPORT_LIMITS } from '../limits.ts';
import type { ReadingContext, SurveyFile, SurveyRing, SurveyRow } from '../survey-file.ts';
import { UnreadableFile } from '../unreadable-file.ts';
import { readDrawing, type Drawing, type Entity, type Label } from './drawing.ts';
import { flattenCircle, flattenOutline } from './flatten-outline.ts';
import { dxfEncoding, groupCodes } from './group-codes.ts';

/** A closed shape of a drawing, placed: rings as x, y pairs. */
interface Placed {
  readonly layer: string;
  readonly rings: readonly Float64Array[];
}

/** Affine placement of a block: x' = a x + c y + e, y' = b x + d y + f. */
type Placement = readonly [a: number, b: number, c: number, d: number, e: number, f: number];
const HERE: Placement = [1, 0, 0, 1, 0, 0];
const MAX_ENTITIES = 500_000;

/** Closed outlines, circles and hatches of a drawing; the layer is an attribute, a text inside becomes the name. @throws UnreadableFile `dxf-…` */
export function readDxf({ path, report, choices }: ReadingContext): SurveyFile {
  const encoding = choices.encoding ?? dxfEncoding(path);
  const drawing = readDrawing(groupCodes(path, encoding));
  const placed: Placed[] = [];
  const labels: Label[] = [];
  const counts = { open: 0, entities: 0, missing: new Set<string>() };
  place(drawing, drawing.entities, HERE, 0, placed, labels, counts);
  for (const [type, count] of drawing.skipped)
    report({ code: 'dxf-entities-skipped', severity: 'info', params: { type, count } });
  if (counts.open > 0) report({ code: 'dxf-open-lines', severity: 'info', params: { count: counts.open } });
  for (const block of counts.missing) report({ code: 'dxf-block-missing', severity: 'warning', params: { block } });
  if (placed.length === 0) throw new UnreadableFile('dxf-without-outlines');
  return {
    format: 'dxf',
    encoding,
    declaredCrs: null,
    coordinates: { kind: 'unknown', hints: {}, order: 'easting-northing' },
    fields: ['layer'],
    rows: placed.map((shape, index): SurveyRow => ({
      number: index + 1,
      name: labels.find(label => isInside(label, shape))?.text,
      attributes: { layer: shape.layer },
      shape: { kind: 'rings', rings: shape.rings.map((pairs): SurveyRing => ({ pairs })) },
    })),
  };
}

function place(
  drawing: Drawing,
  entities: readonly Entity[],
  placement: Placement,
  depth: number,
  placed: Placed[],
  labels: Label[],
  counts: { open: number; entities: number; missing: Set<string> },
): void {
  if (depth > IMPORT_LIMITS.blockDepth)
    throw new UnreadableFile('dxf-blocks-endless', { limit: IMPORT_LIMITS.blockDepth });
  for (const entity of entities) {
    if (++counts.entities > MAX_ENTITIES) throw new UnreadableFile('dxf-too-large', { limit: MAX_ENTITIES });
    const put = (pairs: readonly number[]): Float64Array => move(pairs, placement);
    if (entity.kind === 'outline') {
      const { vertices } = entity;
      const endsAtStart = vertices.length >= 12 && vertices[0] === vertices.at(-3) && vertices[1] === vertices.at(-2);
      if ((entity.isClosed || endsAtStart) && vertices.length >= 6)
        placed.push({ layer: entity.layer, rings: [put(flattenOutline(vertices, entity.isClosed && !endsAtStart))] });
      else counts.open++;
    } else if (entity.kind === 'circle') {
      placed.push({ layer: entity.layer, rings: [put(flattenCircle(entity.x, entity.y, entity.radius))] });
    } else if (entity.kind === 'hatch') {
      placed.push({ layer: entity.layer, rings: entity.paths.map(path => put(flattenOutline(path, true))) });
    } else if (entity.kind === 'label') {
      const [x = 0, y = 0] = put([entity.x, entity.y]);
      if (entity.text !== '') labels.push({ ...entity, x, y });
    } else {
      const block = drawing.blocks.get(entity.block);
      if (block === undefined) counts.missing.add(entity.block);
      else {
        const inner = compose(placement, insertOf(entity, block));
        place(drawing, block.entities, inner, depth + 1, placed, labels, counts);
      }
    }
  }
}

function insertOf(
  insert: Extract<Entity, { kind: 'insert' }>,
  base: { readonly x: number; readonly y: number },
): Placement {
  const angle = (insert.rotationDeg * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [a, b, c, d] = [cos * insert.scaleX, sin * insert.scaleX, -sin * insert.scaleY, cos * insert.scaleY];
  return [a, b, c, d, insert.x - a * base.x - c * base.y, insert.y - b * base.x - d * base.y];
}

function compose([a, b, c, d, e, f]: Placement, [a2, b2, c2, d2, e2, f2]: Placement): Placement {
  return [a * a2 + c * b2, b * a2 + d * b2, a * c2 + c * d2, b * c2 + d * d2, a * e2 + c * f2 + e, b * e2 + d * f2 + f];
}

function move(pairs: readonly number[], [a, b, c, d, e, f]: Placement): Float64Array {
  const moved = new Float64Array(pairs.length);
  for (let i = 0; i < pairs.length; i += 2) {
    const [x, y] = [pairs[i] as number, pairs[i + 1] as number];
    moved[i] = a * x + c * y + e;
    moved[i + 1] = b * x + d * y + f;
  }
  return moved;
}

/** Even-odd over all rings. */
function isInside({ x, y }: Label, { rings }: Placed): boolean {
  let inside = false;
  for (const pairs of rings) {
    for (let i = 0, j = pairs.length - 2; i < pairs.length; j = i, i += 2) {
      const [xi, yi, xj, yj] = [pairs[i], pairs[i + 1], pairs[j], pairs[j + 1]] as [number, number, number, number];
      if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
    }
  }
  return inside;
}
