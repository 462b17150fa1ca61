import type { ReadingContext, SurveyFile, SurveyRing, SurveyRow } from '../survey-file.ts';
import { UnreadableFile } from '../unreadable-file.ts';
import { streamXml } from './stream-xml.ts';

interface Line {
  readonly kind: 'track' | 'route' | 'waypoints';
  name: string;
  readonly positions: number[];
  readonly names: string[];
}

/** Tracks and routes walked round a plot; where there are none, the waypoints in their order. @throws UnreadableFile `gpx-without-lines` */
export function readGpx({ path, report }: ReadingContext): SurveyFile {
  const lines: Line[] = [];
  const waypoints: Line = { kind: 'waypoints', name: '', positions: [], names: [] };
  let name = '';
  let text = '';
  let current: Line | undefined;
  const open: string[] = [];
  const chunks = streamXml(path, {
    open(tag, attributes) {
      open.push(tag);
      text = '';
      if (tag === 'trk' || tag === 'rte') name = '';
      if (tag === 'trkseg' || tag === 'rte') {
        current = { kind: tag === 'rte' ? 'route' : 'track', name, positions: [], names: [] };
        lines.push(current);
      }
      if (tag !== 'trkpt' && tag !== 'rtept' && tag !== 'wpt') return;
      const line = tag === 'wpt' ? waypoints : current;
      line?.positions.push(Number(attributes['lon'] ?? Number.NaN), Number(attributes['lat'] ?? Number.NaN));
      line?.names.push('');
    },
    text(more) {
      text += more;
    },
    close(tag) {
      open.pop();
      if (tag !== 'name') return;
      const parent = open.at(-1);
      if (parent === 'trk' || parent === 'rte') {
        name = text.trim().slice(0, 200);
        if (parent === 'rte' && current !== undefined) current.name = name;
      }
      const line = parent === 'wpt' ? waypoints : parent === 'rtept' || parent === 'trkpt' ? current : undefined;
      if (line !== undefined) line.names[line.names.length - 1] = text.trim().slice(0, 60);
    },
  });
  while (chunks.next().done !== true);
  const drawn = lines.filter(line => line.positions.length >= 6);
  const used = drawn.length > 0 ? drawn : waypoints.positions.length >= 6 ? [waypoints] : [];
  if (used.length === 0) throw new UnreadableFile('gpx-without-lines');
  return {
    format: 'gpx',
    encoding: null,
    declaredCrs: 'WGS 84',
    coordinates: { kind: 'lng-lat' },
    fields: [],
    rows: used.map((line, index) => toRow(line, index + 1, report)),
  };
}

function toRow(line: Line, number: number, report: ReadingContext['report']): SurveyRow {
  report({
    code: `${line.kind}-taken-as-ring`,
    severity: 'warning',
    row: number,
    params: { name: line.name || number },
  });
  const ring: SurveyRing = {
    pairs: Float64Array.from(line.positions),
    names: line.names.map((one, index) => one || String(index + 1)),
  };
  return { number, name: line.name || undefined, attributes: {}, shape: { kind: 'rings', rings: [ring] } };
}
