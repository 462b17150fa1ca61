import type { ReadingContext, SurveyFile, SurveyRing, SurveyRow } from '../survey-file.ts';
import { UnreadableFile } from '../unreadable-file.ts';
import { streamXml } from './stream-xml.ts';

interface Line {
  readonly kind: 'track' | 'route' | 'waypoints';
  /** Segments of one track have the same number. */
  readonly track: number;
  name: string;
  readonly positions: number[];
  readonly names: string[];
}

/** Tracks and routes walked round a plot; where there are none, the waypoints in their order. @throws UnreadableFile `gpx-without-lines` */
export function readGpx({ path, report }: ReadingContext): SurveyFile {
  const lines: Line[] = [];
  const waypoints: Line = { kind: 'waypoints', track: 0, name: '', positions: [], names: [] };
  let name = '';
  let track = 0;
  let text = '';
  let current: Line | undefined;
  const open: string[] = [];
  const chunks = streamXml(path, {
    open(tag, attributes) {
      open.push(tag);
      text = '';
      if (tag === 'trk' || tag === 'rte') {
        name = '';
        track++;
      }
      if (tag === 'trkseg' || tag === 'rte') {
        current = { kind: tag === 'rte' ? 'route' : 'track', track, name, positions: [], names: [] };
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
  const drawn = joinBreaks(lines).filter(line => line.positions.length >= 6);
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

/** Share of the length of a walk that may lie between its end and its start where it went round a plot. */
const ROUND_SHARE = 0.1;

/** A receiver that loses its satellites begins a new segment: segments that do not go round by themselves are one walk. */
function joinBreaks(lines: readonly Line[]): Line[] {
  const joined: Line[] = [];
  for (const line of lines) {
    const before = joined.at(-1);
    const isOneWalk = before?.kind === 'track' && before.track === line.track && !isRound(before) && !isRound(line);
    if (!isOneWalk) joined.push({ ...line, positions: [...line.positions], names: [...line.names] });
    else {
      for (const value of line.positions) before.positions.push(value);
      for (const own of line.names) before.names.push(own);
    }
  }
  return joined;
}

function isRound({ positions }: Line): boolean {
  const count = positions.length / 2;
  const squeeze = Math.cos(((positions[1] ?? 0) * Math.PI) / 180);
  const between = (i: number, j: number): number =>
    Math.hypot(
      ((positions[2 * j] ?? 0) - (positions[2 * i] ?? 0)) * squeeze,
      (positions[2 * j + 1] ?? 0) - (positions[2 * i + 1] ?? 0),
    );
  let length = 0;
  for (let i = 1; i < count; i++) length += between(i - 1, i);
  return count >= 3 && between(0, count - 1) <= ROUND_SHARE * length;
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
