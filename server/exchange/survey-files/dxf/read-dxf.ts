import { IMPORT_LIMITS } from '../limits.ts';
import type { AttributeValue, ReadingContext, SurveyFile, SurveyRing, SurveyRow } from '../survey-file.ts';
import { UnreadableFile } from '../unreadable-file.ts';
import { readDrawing } from './drawing.ts';
import { dxfEncoding, groupCodes } from './group-codes.ts';
import { labelsWithin } from './labels-within.ts';
import { placeEntities } from './place-entities.ts';

/**
 * Closed outlines, circles, ellipses, splines, hatches, chains of lines that close and ground between shared lines in a drawing, with their layer as an attribute and a text inside as the name.
 * Layers that are frozen or off are left out unless they are asked for. @throws UnreadableFile `dxf-…`
 */
export function readDxf({ path, report, choices, layersBefore }: ReadingContext): SurveyFile {
  const encoding = choices.encoding ?? dxfEncoding(path);
  const drawing = readDrawing(groupCodes(path, encoding));
  const { outlines, labels, remarks, openCount, looseCount, missing } = placeEntities(drawing);
  if (looseCount > 0) report({ code: 'dxf-loose-lines', severity: 'info', params: { count: looseCount } });
  for (const [type, count] of drawing.skipped)
    report({ code: 'dxf-entities-skipped', severity: 'info', params: { type, count } });
  if (openCount > 0) report({ code: 'dxf-open-lines', severity: 'info', params: { count: openCount } });
  for (const block of missing) report({ code: 'dxf-block-missing', severity: 'warning', params: { block } });
  if (outlines.length === 0) {
    for (const { finding } of remarks) report(finding);
    throw new UnreadableFile('dxf-without-outlines');
  }

  // Of all layers, read or not: what a drawing offers does not depend on what is taken of it.
  const fields = new Set(['layer']);
  for (const { filed } of outlines)
    for (const name of Object.keys(filed?.attributes ?? {})) if (fields.size < IMPORT_LIMITS.fields) fields.add(name);
  const chosen = new Map(Object.entries({ ...layersBefore?.([...fields]), ...choices.layers }));
  const isTaken = (layer: string): boolean => chosen.get(layer) ?? !drawing.layers.isHidden(layer);
  const layers = drawing.layers.list(isTaken);
  for (const { name, count } of layers.filter(one => !one.isTaken && !chosen.has(one.name))) {
    const fix = { code: 'take-layer', params: { layer: name }, fixes: { layers: { [name]: true } } };
    report({ code: 'dxf-layer-hidden', severity: 'warning', params: { layer: name, count }, fix });
  }
  const taken = outlines.filter(({ layer }) => isTaken(layer));
  if (taken.length === 0) report({ code: 'dxf-layers-left-out', severity: 'error' });
  const nameOf = labelsWithin(labels);
  return {
    format: 'dxf',
    encoding,
    declaredCrs: null,
    coordinates: { kind: 'unknown', hints: {}, order: 'easting-northing' },
    fields: [...fields],
    layers,
    remarks,
    rows: taken.map(({ layer, rings, filed }, index): SurveyRow => ({
      number: index + 1,
      name: nameOf(rings),
      attributes: attributesOf(layer, filed?.attributes, fields),
      shape: { kind: 'rings', rings: rings.map((pairs): SurveyRing => ({ pairs })) },
    })),
  };
}

function attributesOf(
  layer: string,
  filed: Readonly<Record<string, string>> | undefined,
  fields: ReadonlySet<string>,
): Record<string, AttributeValue> {
  const own = Object.entries(filed ?? {}).filter(([name]) => fields.has(name));
  return { ...Object.fromEntries(own), layer };
}
