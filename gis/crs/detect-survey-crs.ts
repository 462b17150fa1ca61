import type { Box, Issue, Position } from '../types.ts';
import type { CrsCode } from './crs.ts';
import { findCgcs2000Code } from './families.ts';
import { projectorFor } from './projector.ts';

/** Which quantity the two columns of a coordinate table hold. Surveyors' X is the northing, and comes first. */
export type ColumnOrder = 'northing-easting' | 'easting-northing' | 'lng-lat' | 'lat-lng';

/** `packed-dms`: 38.0605 stands for 38°06′05″; `run-dms`: 380605 does. */
export type SurveyNotation = 'metres' | 'degrees' | 'packed-dms' | 'run-dms';

export interface SurveyHints {
  /** 带号 as the file declares it. */
  readonly declaredZone?: number | undefined;
  /** 几度分带 as the file declares it. */
  readonly declaredWidthDeg?: number | undefined;
  /** Central meridian that the user or the file gives, degrees east. */
  readonly centralMeridian?: number | undefined;
  /** Where the land should lie, e.g. the mine's licence. */
  readonly box?: Box | undefined;
}

export interface SurveyCandidate {
  readonly crs: CrsCode;
  readonly order: ColumnOrder;
  readonly notation: SurveyNotation;
  /** Where the first point would lie, `[lng, lat]`. */
  readonly firstPosition: Position;
  /** What speaks for and against it: codes that `ISSUE_MESSAGES` words. */
  readonly reasons: readonly { readonly code: string; readonly params: Readonly<Record<string, unknown>> }[];
  /** Higher is better; compare only within one answer. */
  readonly score: number;
}

export interface SurveyDetection {
  /** Best first. More than one of equal score: ask. */
  readonly candidates: readonly SurveyCandidate[];
  /** Contradictions between what the file says and what its numbers say. */
  readonly findings: readonly Issue[];
}

/** Mainland and seas of China, generously. */
const CHINA: Box = [72, 3, 137, 55];
/** Northings of China's latitudes, metres. */
const NORTHINGS: readonly [number, number] = [300_000, 6_150_000];
/** Eastings without prefix: 3.5° either side of the central meridian. */
const EASTINGS: readonly [number, number] = [100_000, 900_000];

type Pair = readonly [number, number];

/**
 * Finds out what a table of survey coordinates is in: by the magnitude of the columns which is the easting, by its
 * prefix which zone, by the expected place which central meridian. `points` are the two columns as they stand in the
 * file. Without prefix, declared zone, meridian or place there is no telling: no candidates, and the finding
 * 'central-meridian-needed'.
 */
export function detectSurveyCrs(points: readonly Pair[], hints: SurveyHints = {}): SurveyDetection {
  const first = points[0];
  if (first === undefined) return { candidates: [], findings: [{ code: 'geometry-empty', severity: 'error' }] };
  const isDegrees = points.every(([a, b]) => Math.abs(a) <= 180 && Math.abs(b) <= 180);
  const found = isDegrees
    ? readDegrees(points, hints, ['degrees', 'packed-dms'])
    : [...readMetres(points, hints), ...readDegrees(points, hints, ['run-dms'])];
  const candidates = [...found].sort((a, b) => b.score - a.score);
  return { candidates, findings: isDegrees ? [] : findingsOf(points, hints, candidates) };
}

const within = (value: number, [low, high]: readonly [number, number]): boolean => value >= low && value <= high;
const inBox = ([lng, lat]: Position, [west, south, east, north]: Box, margin: number): boolean =>
  lng >= west - margin && lng <= east + margin && lat >= south - margin && lat <= north + margin;

function readMetres(points: readonly Pair[], hints: SurveyHints): SurveyCandidate[] {
  const candidates: SurveyCandidate[] = [];
  for (const order of ['northing-easting', 'easting-northing'] as const) {
    const columns = points.map(([a, b]) => (order === 'northing-easting' ? { n: a, e: b } : { n: b, e: a }));
    if (!columns.every(({ n }) => within(n, NORTHINGS))) continue;
    const prefixes = new Set(columns.map(({ e }) => Math.floor(e / 1_000_000)));
    const prefix = prefixes.size === 1 ? ([...prefixes][0] as number) : undefined;
    if (prefix === undefined || !columns.every(({ e }) => within(e % 1_000_000, EASTINGS))) continue;
    const first: Position = [(columns[0] as { e: number }).e, (columns[0] as { n: number }).n];
    for (const { crs, reasons } of prefix > 0 ? zoneOfPrefix(prefix) : zonesWithoutPrefix(hints)) {
      const candidate = judge(crs, order, 'metres', projectorFor(crs).inverse(first), hints, reasons);
      if (candidate !== undefined) candidates.push(candidate);
    }
  }
  return candidates;
}

interface ZoneGuess {
  readonly crs: CrsCode;
  readonly reasons: SurveyCandidate['reasons'];
}

function zoneOfPrefix(zone: number): ZoneGuess[] {
  const widthDeg = zone >= 25 && zone <= 45 ? 3 : zone >= 13 && zone <= 23 ? 6 : undefined;
  if (widthDeg === undefined) return [];
  const centralMeridian = widthDeg === 3 ? zone * 3 : zone * 6 - 3;
  const crs = findCgcs2000Code({ widthDeg, centralMeridian, prefixed: true });
  return crs === undefined ? [] : [{ crs, reasons: [{ code: 'zone-from-prefix', params: { zone, widthDeg } }] }];
}

/** Central meridians that something speaks for: a declared one, a declared zone, or any that leads to the place. */
function zonesWithoutPrefix(hints: SurveyHints): ZoneGuess[] {
  const guesses = new Map<CrsCode, ZoneGuess>();
  const guess = (widthDeg: 3 | 6, centralMeridian: number, code: string, params: Record<string, unknown>): void => {
    const crs = findCgcs2000Code({ widthDeg, centralMeridian, prefixed: false });
    if (crs !== undefined && !guesses.has(crs)) guesses.set(crs, { crs, reasons: [{ code, params }] });
  };
  const width = hints.declaredWidthDeg === 6 ? 6 : 3;
  const meridian = hints.centralMeridian;
  if (meridian !== undefined) guess(width, meridian, 'meridian-declared', { meridian });
  const zone = hints.declaredZone;
  if (zone !== undefined && zone >= 25 && zone <= 45) guess(3, zone * 3, 'zone-declared', { zone });
  if (zone !== undefined && zone >= 13 && zone <= 23) guess(6, zone * 6 - 3, 'zone-declared', { zone });
  if (guesses.size === 0 && hints.box !== undefined) {
    for (let m = 75; m <= 135; m += 3) guess(3, m, 'meridian-by-place', { meridian: m });
    if (width === 6) for (let m = 75; m <= 135; m += 6) guess(6, m, 'meridian-by-place', { meridian: m });
  }
  return [...guesses.values()];
}

const TO_DEGREES = { degrees: (value: number) => value, 'packed-dms': fromPackedDms, 'run-dms': fromRunDms } as const;

/** A number of a table in degrees; undefined where its digits are none of that notation. */
export const degreesIn = (notation: keyof typeof TO_DEGREES, value: number): number | undefined =>
  TO_DEGREES[notation](value);

function readDegrees(
  points: readonly Pair[],
  hints: SurveyHints,
  notations: readonly (keyof typeof TO_DEGREES)[],
): SurveyCandidate[] {
  const candidates: SurveyCandidate[] = [];
  for (const order of ['lng-lat', 'lat-lng'] as const) {
    for (const notation of notations) {
      const positions = points.map(([a, b]): Position | undefined => {
        const [lng, lat] = (order === 'lng-lat' ? [a, b] : [b, a]).map(TO_DEGREES[notation]);
        return lng === undefined || lat === undefined ? undefined : [lng, lat];
      });
      const first = positions[0];
      if (first === undefined || positions.some(position => position === undefined || Math.abs(position[1]) > 90))
        continue;
      const reasons = notation === 'degrees' ? [] : [{ code: `may-be-${notation}`, params: {} }];
      const candidate = judge('EPSG:4490', order, notation, first, hints, reasons);
      if (candidate !== undefined) candidates.push(candidate);
    }
  }
  return candidates;
}

/** 38.0605 as 38°06′05″ in degrees; undefined when the digits are no minutes or seconds. */
export function fromPackedDms(value: number): number | undefined {
  const sign = value < 0 ? -1 : 1;
  // 1e-9 of a degree of slack for values such as 38.06 that arrive as 38.0599999.
  const rounded = Math.round(Math.abs(value) * 1e9) / 1e9;
  const degrees = Math.floor(rounded);
  const hundredths = (rounded - degrees) * 100;
  const minutes = Math.floor(hundredths + 1e-7);
  const seconds = Math.max(0, (hundredths - minutes) * 100);
  if (minutes >= 60 || seconds >= 60) return undefined;
  return sign * (degrees + minutes / 60 + seconds / 3600);
}

/** 380605.25 as 38°06′05.25″ in degrees; undefined when the digits are no minutes or seconds. */
export function fromRunDms(value: number): number | undefined {
  const size = Math.abs(value);
  const degrees = Math.floor(size / 10_000);
  const minutes = Math.floor(size / 100) % 100;
  const seconds = size % 100;
  if (degrees > 180 || minutes >= 60 || seconds >= 60) return undefined;
  return Math.sign(value) * (degrees + minutes / 60 + seconds / 3600);
}

/** Scores a reading by where it leads; undefined when that is nowhere in China and not expected either. */
function judge(
  crs: CrsCode,
  order: ColumnOrder,
  notation: SurveyNotation,
  firstPosition: Position,
  hints: SurveyHints,
  given: SurveyCandidate['reasons'],
): SurveyCandidate | undefined {
  const reasons = [...given];
  let score = 0;
  if (inBox(firstPosition, CHINA, 0)) score += 1;
  else if (hints.box === undefined) return undefined;
  if (hints.box !== undefined) {
    const isExpected = inBox(firstPosition, hints.box, 0.05);
    if (!isExpected && given.some(({ code }) => code === 'meridian-by-place')) return undefined;
    score += isExpected ? 4 : 0;
    reasons.push({ code: isExpected ? 'at-expected-place' : 'away-from-expected-place', params: {} });
  }
  if (given.some(({ code }) => code === 'zone-from-prefix')) score += 2;
  if (given.some(({ code }) => code === 'zone-declared' || code === 'meridian-declared')) score += 1;
  if (notation === 'packed-dms' || notation === 'run-dms') score -= 1;
  const meridian = projectorFor(crs).crs.centralMeridian;
  const isNearMeridian = meridian === undefined || Math.abs(firstPosition[0] - meridian) <= 3.1;
  if (!isNearMeridian) {
    score -= 1;
    reasons.push({ code: 'far-from-meridian', params: { meridian, lng: Number(firstPosition[0].toFixed(3)) } });
  }
  return { crs, order, notation, firstPosition, reasons, score };
}

function findingsOf(points: readonly Pair[], hints: SurveyHints, candidates: readonly SurveyCandidate[]): Issue[] {
  const findings: Issue[] = [];
  const best = candidates[0];
  if (best === undefined) {
    const needsMeridian = points.every(
      ([a, b]) => (within(a, NORTHINGS) && within(b, EASTINGS)) || (within(b, NORTHINGS) && within(a, EASTINGS)),
    );
    return [{ code: needsMeridian ? 'central-meridian-needed' : 'coordinates-not-recognised', severity: 'error' }];
  }
  if (best.order === 'easting-northing') findings.push({ code: 'columns-swapped', severity: 'warning' });
  const prefix = best.reasons.find(({ code }) => code === 'zone-from-prefix')?.params;
  const declared = hints.declaredZone;
  if (prefix !== undefined && declared !== undefined && declared !== prefix['zone']) {
    // Two programs in use write 几度分带 into 带号; that is a slip, not a contradiction.
    const isWidth = declared === 3 || declared === 6;
    const params = { declared, detected: prefix['zone'] };
    findings.push({
      code: isWidth ? 'zone-is-width' : 'zone-mismatch',
      severity: isWidth ? 'info' : 'warning',
      params,
    });
  }
  const width = hints.declaredWidthDeg;
  if (prefix !== undefined && (width === 3 || width === 6) && width !== prefix['widthDeg']) {
    const params = { declared: width, detected: prefix['widthDeg'] };
    findings.push({ code: 'zone-width-mismatch', severity: 'warning', params });
  }
  const far = best.reasons.find(({ code }) => code === 'far-from-meridian');
  if (far !== undefined) findings.push({ ...far, severity: 'warning' });
  if (best.reasons.some(({ code }) => code === 'away-from-expected-place')) {
    findings.push({ code: 'away-from-expected-place', severity: 'warning', position: best.firstPosition });
  }
  return findings;
}
