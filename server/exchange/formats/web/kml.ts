import { join } from 'node:path';
import type { StageStyle } from '../../../../gis/ledger/stage-style.ts';
import type { PolygonRings } from '../../../../gis/types.ts';
import type { ExportJob, ExportLayer, Feature, Field, Written } from '../export-layer.ts';
import { notesLines, titleOf } from '../parts/notes-text.ts';
import { writeTextFile } from '../parts/text-file.ts';
import { xmlText } from '../parts/xml-text.ts';

const TYPES: Readonly<Record<Field['type'], string>> = {
  text: 'string',
  integer: 'int',
  real: 'double',
  // KML's schema has no date.
  date: 'string',
};

/** OGC KML 2.2, longitude and latitude of WGS 84, one style a class. */
export async function writeKml(job: ExportJob): Promise<Written> {
  const { layer } = job;
  const path = join(job.folder, `${layer.name}.kml`);
  let records = 0;
  async function* pieces(): AsyncGenerator<string> {
    yield head(job);
    for await (const feature of layer.features()) {
      yield placemark(layer, feature);
      records += 1;
    }
    yield '</Folder>\n</Document>\n</kml>\n';
  }
  await writeTextFile(path, 'utf-8', pieces());
  return { path, records, leftOut: 0 };
}

function head({ layer, notes }: ExportJob): string {
  const description = notesLines(notes)
    .map(([title, value]) => (title === '' ? value : `${title}: ${value}`))
    .join('\n');
  const fields = layer.fields.map(
    field =>
      `<SimpleField type="${TYPES[field.type]}" name="${field.name}"><displayName>${xmlText(`${field.title.zh} ${field.title.en}`)}</displayName></SimpleField>`,
  );
  const styles = (layer.classes?.terms ?? []).map(term => styleOf(term.code, term.style));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<kml xmlns="http://www.opengis.net/kml/2.2">',
    '<Document>',
    `<name>${xmlText(titleOf(layer))}</name>`,
    `<description>${xmlText(description)}</description>`,
    ...styles,
    `<Schema name="${layer.name}" id="${layer.name}">`,
    ...fields,
    '</Schema>',
    `<Folder><name>${layer.name}</name>`,
    '',
  ].join('\n');
}

/** KML writes colours as alpha, blue, green, red. */
function styleOf(code: string, { fill }: StageStyle): string {
  const [red, green, blue] = [fill.slice(1, 3), fill.slice(3, 5), fill.slice(5, 7)];
  return `<Style id="${code}"><LineStyle><color>ff${blue}${green}${red}</color><width>1.2</width></LineStyle><PolyStyle><color>b0${blue}${green}${red}</color></PolyStyle></Style>`;
}

function placemark(layer: ExportLayer, { id, values, geometry }: Feature): string {
  const name = [values[layer.label.zh], values[layer.label.en]].filter(Boolean).join(' ');
  const code = layer.classes === null ? undefined : values[layer.classes.field];
  const data = layer.fields
    .filter(field => values[field.name] !== null && values[field.name] !== undefined)
    .map(field => `<SimpleData name="${field.name}">${xmlText(String(values[field.name]))}</SimpleData>`);
  return [
    `<Placemark id="${layer.name}.${id}">`,
    `<name>${xmlText(name)}</name>`,
    code === undefined || code === null ? '' : `<styleUrl>#${code}</styleUrl>`,
    `<ExtendedData><SchemaData schemaUrl="#${layer.name}">${data.join('')}</SchemaData></ExtendedData>`,
    geometryText(geometry),
    '</Placemark>\n',
  ].join('');
}

function geometryText(geometry: Feature['geometry']): string {
  if (geometry === null) return '';
  if (geometry.type === 'Point') return `<Point><coordinates>${geometry.coordinates.join(',')}</coordinates></Point>`;
  return `<MultiGeometry>${geometry.coordinates.map(polygonText).join('')}</MultiGeometry>`;
}

function polygonText(rings: PolygonRings): string {
  const ring = (index: number): string =>
    `<LinearRing><coordinates>${(rings[index] ?? []).map(([lng, lat]) => `${lng},${lat}`).join(' ')}</coordinates></LinearRing>`;
  const holes = rings.slice(1).map((_, hole) => `<innerBoundaryIs>${ring(hole + 1)}</innerBoundaryIs>`);
  return `<Polygon><outerBoundaryIs>${ring(0)}</outerBoundaryIs>${holes.join('')}</Polygon>`;
}
