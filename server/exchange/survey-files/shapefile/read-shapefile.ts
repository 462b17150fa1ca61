import { readFileSync } from 'node:fs';
import type { UnpackedFile } from '../bytes/unpack-archive.ts';
import type { ReadingContext, SurveyFile, SurveyRow } from '../survey-file.ts';
import { openAttributeTable, type AttributeTable } from './attribute-table.ts';
import { readShapes } from './read-shapes.ts';

/** What belongs to one Shapefile: the same name with other endings. */
export interface ShapefileParts {
  readonly name: string;
  readonly shp: string;
  readonly shx?: string | undefined;
  readonly dbf?: string | undefined;
  readonly prj?: string | undefined;
  readonly cpg?: string | undefined;
}

/** The Shapefiles of an unpacked archive, by name without regard to case. */
export function findShapefiles(files: readonly UnpackedFile[]): ShapefileParts[] {
  const split = files.map(file => {
    const dot = file.name.lastIndexOf('.');
    return { stem: file.name.slice(0, dot).toLowerCase(), end: file.name.slice(dot + 1).toLowerCase(), file };
  });
  return split
    .filter(({ end }) => end === 'shp')
    .map(({ stem, file }) => {
      const beside = (end: string): string | undefined =>
        split.find(other => other.stem === stem && other.end === end)?.file.path;
      return {
        name: file.name,
        shp: file.path,
        shx: beside('shx'),
        dbf: beside('dbf'),
        prj: beside('prj'),
        cpg: beside('cpg'),
      };
    });
}

/** One Shapefile with what is beside it; what is missing is told, and done without. */
export function readShapefile(parts: ShapefileParts, { report, choices }: ReadingContext): SurveyFile {
  if (parts.shx === undefined) report({ code: 'shx-missing', severity: 'info' });
  if (parts.dbf === undefined) report({ code: 'dbf-missing', severity: 'warning' });
  const prj =
    parts.prj === undefined
      ? ''
      : readFileSync(parts.prj, 'utf8')
          .replace(/^\uFEFF/, '')
          .trim()
          .slice(0, 20_000);
  if (prj === '') report({ code: 'prj-missing', severity: 'info' });
  const cpg = parts.cpg === undefined ? undefined : readFileSync(parts.cpg, 'latin1').trim().slice(0, 40);
  const table = parts.dbf === undefined ? undefined : openAttributeTable(parts.dbf, cpg, choices.encoding, report);
  return {
    format: 'shapefile',
    encoding: table?.encoding ?? null,
    declaredCrs: prj === '' ? null : (/^\w+\s*\[\s*"([^"]*)"/.exec(prj)?.[1] ?? prj.slice(0, 80)),
    coordinates:
      prj === ''
        ? { kind: 'unknown', hints: {}, order: 'easting-northing', isLeftOut: true }
        : { kind: 'named', crs: prj },
    fields: table?.fields ?? [],
    rows: rowsOf(parts.shp, table, report),
    close: () => table?.close(),
  };
}

const NAMES = ['DKMC', '地块名称', 'NAME', 'Name', 'name', '名称', 'DKBH', 'TBBH', 'JCBH'];

function* rowsOf(
  shp: string,
  table: AttributeTable | undefined,
  report: ReadingContext['report'],
): Generator<SurveyRow> {
  let number = 0;
  let deleted = 0;
  for (const shape of readShapes(shp, report)) {
    const attributes = table?.row(number) ?? {};
    const isDeleted = table?.isDeleted(number) === true;
    number++;
    if (isDeleted) {
      deleted++;
      continue;
    }
    const name = NAMES.map(key => attributes[key]).find(value => value !== undefined && value !== null && value !== '');
    yield { number, name: name === undefined ? undefined : String(name), attributes, shape };
  }
  if (deleted > 0) report({ code: 'rows-deleted', severity: 'warning', params: { count: deleted } });
  if (table !== undefined && table.rowCount < number) {
    report({ code: 'attributes-fewer', severity: 'warning', params: { rows: table.rowCount, shapes: number } });
  }
}
