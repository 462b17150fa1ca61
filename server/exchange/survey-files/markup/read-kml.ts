import { UnreadableFile } from '../unreadable-file.ts';
import { unpackArchive } from '../bytes/unpack-archive.ts';
import { IMPORT_LIMITS } from '../limits.ts';
import type { AttributeValue, ReadingContext, SurveyFile, SurveyRing, SurveyRow } from '../survey-file.ts';
import { streamXml } from './stream-xml.ts';

/** Placemarks with polygons of a KML, or of the first KML in a KMZ. WGS 84 by definition. @throws UnreadableFile `kml-…`, `xml-…` */
export async function readKml(context: ReadingContext, isArchive: boolean): Promise<SurveyFile> {
  let path = context.path;
  if (isArchive) {
    const files = await unpackArchive(path, {
      scratch: context.scratch,
      wanted: new Set(['.kml']),
      report: context.report,
    });
    const main = files.find(file => /(^|\/)doc\.kml$/i.test(file.name)) ?? files[0];
    if (main !== undefined && files.length > 1) {
      const params = { used: main.name, count: files.length };
      context.report({ code: 'archive-many-files', severity: 'warning', params });
    }
    if (main === undefined) throw new UnreadableFile('kml-missing');
    path = main.path;
  }
  return {
    format: 'kml',
    encoding: null,
    declaredCrs: 'WGS 84',
    coordinates: { kind: 'lng-lat' },
    fields: fieldsOf(path),
    rows: placemarks(path, context.report),
  };
}

/** Elements of a placemark, or round it, whose text is an attribute as well, and what that is called: as GDAL does. */
const TOLD_BY: Readonly<Record<string, string>> = { when: 'timestamp', begin: 'begin', end: 'end' };
const FOLDER = 'folder';

/** Names of extended data, times and folders, collected in a pass of its own over the first placemarks. */
function fieldsOf(path: string): string[] {
  const fields = new Set<string>();
  const told = new Set<string>();
  const open: string[] = [];
  let seen = 0;
  const chunks = streamXml(path, {
    open(name, attributes) {
      if (name === 'Placemark') {
        seen++;
        if (open.includes('Folder')) told.add(FOLDER);
      }
      const field = attributes['name'];
      if ((name === 'Data' || name === 'SimpleData') && field !== undefined && fields.size < IMPORT_LIMITS.fields)
        fields.add(field);
      const isTime = /^Time(Stamp|Span)$/.test(open.at(-1) ?? '') && open.at(-2) === 'Placemark';
      if (isTime && TOLD_BY[name] !== undefined) told.add(TOLD_BY[name]);
      open.push(name);
    },
    close() {
      open.pop();
    },
  });
  while (chunks.next().done !== true && seen <= 200);
  return [...new Set([...fields, ...told])];
}

interface Draft {
  name: string;
  readonly attributes: Record<string, AttributeValue>;
  readonly parts: SurveyRing[][];
  readonly lines: SurveyRing[];
  other: string | undefined;
}

function* placemarks(path: string, report: ReadingContext['report']): Generator<SurveyRow> {
  const ready: SurveyRow[] = [];
  let draft: Draft | undefined;
  let number = 0;
  let links = 0;
  const open: string[] = [];
  /** Of the folders that are open, the innermost last. */
  const folders: string[] = [];
  let text = '';
  let field = '';
  const handlers = {
    open(name: string, attributes: Readonly<Record<string, string>>) {
      open.push(name);
      text = '';
      if (name === 'Folder') folders.push('');
      else if (name === 'Placemark') draft = { name: '', attributes: {}, parts: [], lines: [], other: undefined };
      else if (name === 'Polygon') draft?.parts.push([]);
      else if (name === 'Data' || name === 'SimpleData') field = attributes['name'] ?? '';
      else if (name === 'NetworkLink') links++;
      else if (/^(Point|LineString|Track|Model)$/.test(name) && draft !== undefined) draft.other ??= name;
    },
    text(more: string) {
      text += more;
    },
    close(name: string) {
      open.pop();
      const parent = open.at(-1);
      if (name === 'Folder') folders.pop();
      else if (name === 'name' && parent === 'Folder') folders[folders.length - 1] = shortOf(text);
      if (draft === undefined) return;
      if (name === 'name' && parent === 'Placemark') draft.name = text.trim().slice(0, 200);
      else if ((name === 'value' && parent === 'Data') || name === 'SimpleData') {
        if (field !== '') draft.attributes[field] = shortOf(text) || null;
      } else if (TOLD_BY[name] !== undefined && open.at(-2) === 'Placemark') {
        draft.attributes[TOLD_BY[name]] ??= shortOf(text) || null;
      } else if (name === 'coordinates') addCoordinates(draft, parent, text, number + 1, report);
      else if (name === 'Placemark') {
        number++;
        const folder = folders.findLast(one => one !== '');
        if (folder !== undefined) draft.attributes[FOLDER] ??= folder;
        ready.push(toRow(draft, number, report));
        draft = undefined;
      }
      text = '';
    },
  };
  for (const _chunk of streamXml(path, handlers)) {
    yield* ready.splice(0);
  }
  if (number > 0 && links > 0) report({ code: 'kml-links-left', severity: 'warning', params: { count: links } });
  if (number === 0) report({ code: links > 0 ? 'kml-only-links' : 'kml-without-placemarks', severity: 'error' });
}

const shortOf = (text: string): string => text.trim().slice(0, IMPORT_LIMITS.textOfCell);

function addCoordinates(
  draft: Draft,
  parent: string | undefined,
  text: string,
  row: number,
  report: ReadingContext['report'],
): void {
  if (parent !== 'LinearRing' && parent !== 'LineString') return;
  const pairs = pairsIn(text);
  if (parent === 'LinearRing' && draft.parts.length > 0) draft.parts.at(-1)?.push({ pairs });
  else if (isClosed(pairs)) {
    draft.lines.push({ pairs });
    report({ code: 'line-taken-as-ring', severity: 'info', row });
  }
}

const isBlank = (code: number): boolean => code <= 32 || code === 0xa0;

/** Longitudes and latitudes of `lng,lat,height lng,lat …`, in one walk: cut into texts first, they take longer than all else. */
function pairsIn(text: string): Float64Array {
  let pairs = new Float64Array(32);
  let used = 0;
  for (let at = 0; at < text.length;) {
    while (at < text.length && isBlank(text.charCodeAt(at))) at++;
    if (at >= text.length) break;
    const from = at;
    const commas: number[] = [];
    for (; at < text.length && !isBlank(text.charCodeAt(at)); at++) {
      if (text.charCodeAt(at) !== 0x2c) continue;
      if (commas.length < 2) commas.push(at);
      // Written by hand, a blank may follow the comma.
      while (isBlank(text.charCodeAt(at + 1))) at++;
    }
    const [afterLng = at, afterLat = at] = commas;
    if (used + 2 > pairs.length) {
      const larger = new Float64Array(2 * pairs.length);
      larger.set(pairs);
      pairs = larger;
    }
    pairs[used++] = numberIn(text, from, afterLng);
    pairs[used++] = numberIn(text, afterLng + 1, afterLat);
  }
  // A ring without a position is one that has no place.
  return used === 0 ? Float64Array.of(Number.NaN, Number.NaN) : pairs.slice(0, used);
}

const numberIn = (text: string, from: number, to: number): number =>
  to > from ? Number(text.slice(from, to)) : Number.NaN;

const isClosed = (pairs: Float64Array): boolean =>
  pairs.length >= 8 && pairs[0] === pairs.at(-2) && pairs[1] === pairs.at(-1);

function toRow(draft: Draft, number: number, report: ReadingContext['report']): SurveyRow {
  const parts = [...draft.parts.filter(rings => rings.length > 0), ...draft.lines.map(ring => [ring])];
  if (parts.length === 0 && draft.other !== undefined) {
    report({ code: 'geometry-not-polygonal', severity: 'warning', row: number, params: { type: draft.other } });
  }
  return {
    number,
    name: draft.name || undefined,
    attributes: draft.attributes,
    shape: parts.length === 0 ? undefined : { kind: 'parts', parts },
  };
}
