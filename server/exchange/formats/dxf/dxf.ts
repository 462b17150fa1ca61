import { join } from 'node:path';
import iconv from 'iconv-lite';
import type { Ring } from '../../../../gis/types.ts';
import type { ExportJob, ExportLayer, Feature, Written } from '../export-layer.ts';
import { writeTextFile } from '../parts/text-file.ts';
import {
  APPLICATION,
  drawingHead,
  drawingTail,
  FIRST_ENTITY_HANDLE,
  group,
  MODEL_SPACE,
  type DrawingLayer,
} from './dxf-frame.ts';

/** Longest text of one group of extended data. */
const MAX_EXTENDED_BYTES = 240;

/**
 * AutoCAD R2000 text: every ring a closed polyline on the layer of its class (`CMP_验收合格`), its attributes as extended data
 * `name=value` of the application REGREEN, with the number of part and ring. Coordinates with all their digits.
 */
export async function writeDxf(job: ExportJob): Promise<Written> {
  const { layer } = job;
  const path = join(job.folder, `${layer.name}.dxf`);
  let records = 0;
  let leftOut = 0;
  async function* pieces(): AsyncGenerator<string> {
    yield drawingHead(drawingLayers(layer));
    let handle = FIRST_ENTITY_HANDLE;
    const next = (): string => (handle++).toString(16).toUpperCase();
    for await (const feature of layer.features()) {
      const { geometry } = feature;
      if (geometry === null) {
        leftOut += 1;
        continue;
      }
      records += 1;
      if (geometry.type === 'Point') {
        const [x, y] = geometry.coordinates;
        yield `${entity('POINT', next(), layer, feature)}${group(100, 'AcDbPoint')}${group(10, x)}${group(20, y)}${group(30, 0)}${extended(layer, feature, [])}`;
        continue;
      }
      for (const [part, rings] of geometry.coordinates.entries()) {
        for (const [index, ring] of rings.entries()) {
          const place = [`part=${part + 1}`, `ring=${index + 1}`];
          yield entity('LWPOLYLINE', next(), layer, feature) + polyline(ring) + extended(layer, feature, place);
        }
      }
    }
    yield drawingTail();
  }
  await writeTextFile(path, job.encoding, pieces());
  return { path, records, leftOut };
}

/** Layer names may hold neither these nor line ends. */
const named = (text: string): string => text.replace(/[<>/\\":;?*|=,`\s]+/g, '_');

function drawingLayers({ name, classes }: ExportLayer): DrawingLayer[] {
  if (classes === null) return [{ name, style: null }];
  return classes.terms.map(({ code, zh, style }) => ({ name: named(`${code}_${zh}`), style }));
}

function layerNameOf({ name, classes }: ExportLayer, { values }: Feature): string {
  const term = classes?.terms.find(({ code }) => code === values[classes.field]);
  return term === undefined ? name : named(`${term.code}_${term.zh}`);
}

const entity = (type: string, handle: string, layer: ExportLayer, feature: Feature): string =>
  group(0, type) +
  group(5, handle) +
  group(330, MODEL_SPACE) +
  group(100, 'AcDbEntity') +
  group(8, layerNameOf(layer, feature));

/** Flag 1: closed, so the repeated first point is left away. */
function polyline(ring: Ring): string {
  const points = ring.slice(0, -1);
  return (
    group(100, 'AcDbPolyline') +
    group(90, points.length) +
    group(70, 1) +
    points.map(([x, y]) => group(10, x) + group(20, y)).join('')
  );
}

function extended(layer: ExportLayer, { values }: Feature, place: readonly string[]): string {
  const attributes = layer.fields.flatMap(({ name }) => {
    const value = values[name];
    return value === null || value === undefined || value === '' ? [] : [`${name}=${value}`];
  });
  return group(1001, APPLICATION) + [...place, ...attributes].map(text => group(1000, shortened(text))).join('');
}

/** One line, no longer than a group may be; what code page 936 has not is written as its number, as CAD programs do. */
function shortened(text: string): string {
  let bytes = 0;
  let kept = '';
  for (const one of text.replace(/[\r\n\t]+/g, ' ')) {
    const written = isInCodePage(one) ? one : numbered(one);
    bytes += one.charCodeAt(0) < 128 ? 1 : Math.max(2, written.length);
    if (bytes > MAX_EXTENDED_BYTES) break;
    kept += written;
  }
  return kept;
}

/** Asked of every letter of every attribute: each is tried once. */
const knownLetters = new Map<string, boolean>();

function isInCodePage(one: string): boolean {
  if (one.charCodeAt(0) < 128) return true;
  const known = knownLetters.get(one) ?? iconv.decode(iconv.encode(one, 'gbk'), 'gbk') === one;
  knownLetters.set(one, known);
  return known;
}

const numbered = (one: string): string =>
  Array.from(
    { length: one.length },
    (_, i) => `\\U+${one.charCodeAt(i).toString(16).toUpperCase().padStart(4, '0')}`,
  ).join('');
