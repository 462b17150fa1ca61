import { FileWindow } from './bytes/file-window.ts';
import { unpackArchive } from './bytes/unpack-archive.ts';
import { IMPORT_LIMITS } from './limits.ts';
import type { ReadingContext, SurveyFile } from './survey-file.ts';
import { isUtf8Start } from './bytes/decode-text.ts';
import { UnreadableFile } from './unreadable-file.ts';

/** Stands before each line of GeoJSON text sequences (RFC 8142). */
const RECORD_SEPARATOR = String.fromCharCode(0x1e);
const SHAPEFILE_PARTS = new Set(['.shp', '.shx', '.dbf', '.prj', '.cpg', '.zip']);
const INSIDE_ZIP = new Set([...SHAPEFILE_PARTS, '.kml', '.geojson', '.json', '.gpkg', '.txt', '.csv', '.dxf', '.gpx']);

/**
 * Opens a file by what it is, not by what it is called; each reader is loaded when it is needed.
 * @throws UnreadableFile with what is wrong with it
 */
export async function openSurveyFile(context: ReadingContext): Promise<SurveyFile> {
  const { path } = context;
  const file = new FileWindow(path);
  const { size } = file;
  const head = Buffer.from(file.read(0, 8192));
  file.close();
  if (size === 0) throw new UnreadableFile('file-empty');
  const isShp = /\.shp$/i.test(context.fileName);
  if (head.toString('latin1', 0, 2) === 'PK') return openArchive(context, head);
  if (head.toString('latin1', 0, 15) === 'SQLite format 3')
    return (await import('./geopackage/read-geopackage.ts')).readGeoPackage(context);
  if (head.length >= 4 && head.readInt32BE(0) === 9994) {
    const { readShapefile } = await import('./shapefile/read-shapefile.ts');
    return readShapefile({ name: context.fileName, shp: path }, context);
  }
  const known = KNOWN_ELSEWHERE.find(({ is }) => is(head));
  if (known !== undefined) throw new UnreadableFile(known.code);
  if (isShp) throw new UnreadableFile('not-a-shapefile');
  return openText(context, head, size);
}

const KNOWN_ELSEWHERE: readonly { readonly code: string; readonly is: (head: Buffer) => boolean }[] = [
  { code: 'dwg-not-read', is: head => /^AC10\d\d/.test(head.toString('latin1', 0, 6)) },
  { code: 'dxf-binary', is: head => head.toString('latin1', 0, 18) === 'AutoCAD Binary DXF' },
  { code: 'xls-old', is: head => head.toString('hex', 0, 8) === 'd0cf11e0a1b11ae1' },
  { code: 'rar-not-read', is: head => /^(Rar!|7z\xbc\xaf)/.test(head.toString('latin1', 0, 4)) },
  { code: 'pdf-not-read', is: head => head.toString('latin1', 0, 4) === '%PDF' },
];

async function openText(context: ReadingContext, head: Buffer, size: number): Promise<SurveyFile> {
  const start = head
    .toString('latin1')
    .replace(/^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '')
    .replaceAll('\u0000', '')
    .trimStart();
  if (start.startsWith('<')) {
    if (/<gpx[\s>]/i.test(start)) return (await import('./markup/read-gpx.ts')).readGpx(context);
    const isKml = /<(\w+:)?kml[\s>]/i.test(start) || /\.kml$/i.test(context.fileName);
    if (isKml) return (await import('./markup/read-kml.ts')).readKml(context, false);
    if (/<(!doctype html|html|table)[\s>]/i.test(start)) throw new UnreadableFile('html-not-read');
    throw new UnreadableFile(/urn:schemas-microsoft-com:office:spreadsheet/.test(start) ? 'xls-old' : 'xml-unknown');
  }
  if (/^(0|999)\r?\n/.test(start) && /(SECTION|HEADER|ENTITIES)/.test(start))
    return (await import('./dxf/read-dxf.ts')).readDxf(context);
  if (size > IMPORT_LIMITS.textBytes) {
    throw new UnreadableFile('text-too-large', { limitBytes: IMPORT_LIMITS.textBytes });
  }
  if (
    (start.startsWith(RECORD_SEPARATOR) || /^[{[]\s*["{[\]}\d-]|^[{[]\s*$/.test(start)) &&
    !/^\[[^\]"]*\]/.test(start.slice(0, 200))
  )
    return (await import('./geojson/read-geojson.ts')).readGeoJson(context);
  const looksLikeJson = /\.(geo)?json$/i.test(context.fileName);
  if (looksLikeJson) return (await import('./geojson/read-geojson.ts')).readGeoJson(context);
  if (isBoundaryPoints(head))
    return (await import('./boundary-points/read-boundary-points.ts')).readBoundaryPoints(context);
  return (await import('./tables/read-csv.ts')).readCsv(context);
}

/** A section in brackets, or a plot's head that ends with @, in whatever encoding. */
function isBoundaryPoints(head: Buffer): boolean {
  const wide = head.subarray(0, 200).includes(0) ? head.toString(head[0] === 0xfe ? 'latin1' : 'utf16le') : undefined;
  const text = wide ?? (isUtf8Start(head) ? head.toString('utf8') : head.toString('latin1'));
  return text
    .split(/\r?\n/)
    .some(line => /^\s*(\[[^\]]+\]|［[^］]+］)\s*$/.test(line) || /[,，].*[@＠]\s*$/.test(line));
}

/** Archives of other programs, by a name in them. */
const OTHER_ARCHIVES: readonly { readonly code: string; readonly name: RegExp }[] = [
  { code: 'xlsb-not-read', name: /^xl\/workbook\.bin$/ },
  { code: 'document-not-read', name: /^(word|ppt)\// },
  { code: 'ods-not-read', name: /^content\.xml$/ },
  { code: 'gdb-not-read', name: /\.gdbtable$/i },
  { code: 'mapinfo-not-read', name: /\.(tab|mif)$/i },
];

async function openArchive(context: ReadingContext, head: Buffer): Promise<SurveyFile> {
  const { readXlsx } = await import('./tables/workbook/read-xlsx.ts');
  const { readKml } = await import('./markup/read-kml.ts');
  if (/\.kmz$/i.test(context.fileName)) return readKml(context, true);
  const names: string[] = [];
  const seen = (name: string): void => void names.push(name);
  const files = await unpackArchive(context.path, { ...context, wanted: INSIDE_ZIP, seen });
  if (names.includes('xl/workbook.xml')) return readXlsx(context);
  const other = OTHER_ARCHIVES.find(({ name }) => names.some(one => name.test(one)));
  if (other !== undefined && files.length === 0) throw new UnreadableFile(other.code);
  if (/\.xlsx$/i.test(context.fileName) || head.includes('[Content_Types].xml')) return readXlsx(context);
  const { findShapefiles, readShapefile } = await import('./shapefile/read-shapefile.ts');
  const shapefiles = findShapefiles(files);
  const used = shapefiles.find(one => one.name === context.choices.table) ?? shapefiles[0];
  if (used !== undefined) {
    if (shapefiles.length > 1 && context.choices.table === undefined) {
      context.report({
        code: 'file-has-layers',
        severity: 'warning',
        params: { used: used.name, count: shapefiles.length },
        choices: shapefiles
          .slice(0, 20)
          .map(({ name }) => ({ code: 'use-layer', params: { name }, fixes: { table: name } })),
      });
    }
    return readShapefile(used, context);
  }
  const others = files.filter(file => !/\.(shx|dbf|prj|cpg|zip)$/i.test(file.name));
  const [only] = others;
  if (only === undefined) throw new UnreadableFile('archive-without-survey');
  if (others.length > 1) {
    context.report({
      code: 'archive-many-files',
      severity: 'warning',
      params: { used: only.name, count: others.length },
    });
  }
  return openSurveyFile({ ...context, path: only.path, fileName: only.name });
}
