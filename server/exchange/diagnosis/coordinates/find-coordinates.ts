import type { CrsCode } from '../../../../gis/crs/crs.ts';
import { detectSurveyCrs, type ColumnOrder, type SurveyCandidate } from '../../../../gis/crs/detect-survey-crs.ts';
import { getCrs, parseCrs } from '../../../../gis/crs/parse-crs.ts';
import { GisError } from '../../../../gis/errors.ts';
import type { Box } from '../../../../gis/types.ts';
import { findEpsgDefinition } from '../../../platform/raster/epsg-definitions.ts';
import type { SurveyCoordinates } from '../../survey-files/survey-file.ts';
import { inLongerUnits, readingOf, type CoordinateReading } from './coordinate-reading.ts';
import { isInKilometres } from './kilometres.ts';
import { askForSystem, blocks, metresOffered, namesOf, readingsOffered, useCrs, withFix } from './offered-readings.ts';
import { readEachRow, rowsApart, type RowSample } from './read-each-row.ts';
import { readInOlderDatum } from './older-datum.ts';
import type { Finding } from '../finding.ts';
import type { Fixes } from '../fixes.ts';

type Pair = readonly [number, number];

export interface FoundCoordinates {
  /** Undefined where it cannot be told: then an error finding says why. */
  readonly reading: CoordinateReading | undefined;
  readonly detected: string | null;
  /** Of rows that are read otherwise than the others, where somebody decided that each is read by itself. */
  readonly ofRow?: ReadonlyMap<number, CoordinateReading> | undefined;
}

type Report = (finding: Finding) => void;

/**
 * In what the two columns of a file are. `points` is a fair sample of them. What the file says and what its numbers say are both heard;
 * where they contradict each other a person has to choose.
 */
export function findCoordinates(
  coordinates: SurveyCoordinates,
  points: readonly Pair[],
  fixes: Fixes,
  box: Box | undefined,
  report: Report,
  sampleRows: () => readonly RowSample[] = () => [],
): FoundCoordinates {
  if (coordinates.kind === 'unknown') {
    const byRow = fixes.crs === undefined && coordinates.datum === undefined && fixes.unitM === undefined;
    const apart = byRow ? findRowsApart(coordinates, points, fixes, box, report, sampleRows) : undefined;
    if (apart !== undefined) return apart;
    const { unitM = 1 } = fixes;
    const inMetres = unitM === 1 ? points : points.map(([a, b]): Pair => [a * unitM, b * unitM]);
    const { reading, detected } = findUnknown(coordinates, inMetres, fixes, box, report);
    return { reading: reading && unitM !== 1 ? inLongerUnits(reading, unitM) : reading, detected };
  }
  const named = coordinates.kind === 'named' ? coordinates.crs : 'EPSG:4326';
  try {
    const crs =
      fixes.crs === undefined
        ? parseCrs(named, { towgs84: fixes.towgs84, definitionOf: findEpsgDefinition })
        : getCrs(fixes.crs, { towgs84: fixes.towgs84, definitionOf: findEpsgDefinition });
    const order: ColumnOrder = fixes.order ?? (crs.kind === 'geographic' ? 'lng-lat' : 'easting-northing');
    const reading = readingOf(crs, order, fixes.notation ?? (crs.kind === 'geographic' ? 'degrees' : 'metres'));
    const contradiction = fixes.crs === undefined ? contradictionOf(reading, points, box) : undefined;
    if (contradiction !== undefined) {
      report(contradiction.finding);
      return { reading: undefined, detected: contradiction.detected };
    }
    const swapped = fixes.order === undefined && isSwapped(reading, points, box);
    if (swapped) {
      report({
        code: 'axes-swapped',
        severity: 'error',
        fix: { code: 'swap-axes', fixes: { order: swappedOrder(order) } },
      });
      return { reading: undefined, detected: nameOf(reading) };
    }
    return { reading, detected: nameOf(reading) };
  } catch (error) {
    if (!(error instanceof GisError)) throw error;
    // Without the shift of the datum nothing can be placed; with a named EPSG the user decides, and the numbers may say which.
    const offered = error.code === 'crs-unreadable' ? naturalCandidates(points, box).slice(0, 4) : [];
    const choices = offered.length === 0 ? undefined : offered.map(({ crs }) => useCrs(crs));
    report({ code: error.code, severity: 'error', params: error.params, choices });
    return { reading: undefined, detected: null };
  }
}

/** Where no one reading fits all rows but each has its own: an error with a way out, and that way when it was taken. */
function findRowsApart(
  { hints }: Extract<SurveyCoordinates, { kind: 'unknown' }>,
  points: readonly Pair[],
  { eachRow }: Fixes,
  box: Box | undefined,
  report: Report,
  sampleRows: () => readonly RowSample[],
): FoundCoordinates | undefined {
  if (points.length === 0 || detectSurveyCrs(points, { ...hints, box }).candidates.length > 0) return undefined;
  const readings = readEachRow(sampleRows(), { ...hints, box });
  const apart = readings && rowsApart(readings);
  const [[, first] = []] = readings ?? [];
  if (readings === undefined || apart === undefined || first === undefined) return undefined;
  const fix = { code: 'read-each-row', fixes: { eachRow: true } };
  for (const [row, { crs, order }] of apart) {
    const params = { crs, name: namesOf(crs), order };
    if (eachRow === true) report({ code: 'row-read-by-itself', severity: 'warning', row, params });
    else report({ code: 'row-read-otherwise', severity: 'error', row, params, fix });
  }
  if (eachRow !== true) return { reading: undefined, detected: null };
  const asReading = ({ crs, order, notation }: SurveyCandidate): CoordinateReading =>
    readingOf(getCrs(crs), order, notation);
  const ofRow = new Map([...readings].map(([row, reading]) => [row, asReading(reading)]));
  return { reading: asReading(first), detected: first.crs, ofRow };
}

const nameOf = (reading: CoordinateReading): string => reading.crs.code ?? reading.crs.nameEn;
const swappedOrder = (order: ColumnOrder): ColumnOrder =>
  ({
    'lng-lat': 'lat-lng',
    'lat-lng': 'lng-lat',
    'easting-northing': 'northing-easting',
    'northing-easting': 'easting-northing',
  })[order] as ColumnOrder;

/** Numbers that the named system cannot have: metres for degrees, or another zone's prefix. */
function contradictionOf(
  reading: CoordinateReading,
  points: readonly Pair[],
  box: Box | undefined,
): { finding: Finding; detected: string | null } | undefined {
  const [first] = points;
  if (first === undefined) return undefined;
  const isGeographic = reading.crs.kind === 'geographic';
  const size = Math.max(...points.map(([a, b]) => Math.max(Math.abs(a), Math.abs(b))));
  const inMetres = isGeographic && size > 400;
  const inDegrees = !isGeographic && size <= 180;
  const meridian = reading.crs.centralMeridian;
  const farFromZone =
    meridian !== undefined && !inDegrees && points.some(([x]) => Math.abs(x - falseEastingOf(reading)) > 1_000_000);
  if (!inMetres && !inDegrees && !farFromZone) return undefined;
  const [best] = naturalCandidates(points, box);
  const crs = inDegrees ? 'EPSG:4490' : best?.crs;
  return {
    detected: crs ?? null,
    finding: {
      code: inMetres ? 'coordinates-in-metres' : inDegrees ? 'coordinates-in-degrees' : 'zone-contradicts-crs',
      severity: 'error',
      params: { x: first[0], y: first[1], crs: nameOf(reading), detected: crs ?? '?' },
      ...(crs === undefined ? {} : { fix: useCrs(crs) }),
    },
  };
}

const falseEastingOf = (reading: CoordinateReading): number => {
  const zone = /\+x_0=(\d+)/.exec(reading.crs.definition)?.[1];
  return zone === undefined ? 500_000 : Number(zone);
};

const naturalCandidates = (points: readonly Pair[], box: Box | undefined): SurveyCandidate[] =>
  detectSurveyCrs(points, { box }).candidates.filter(
    ({ order }) => order === 'easting-northing' || order === 'lng-lat',
  );

/** Latitudes beyond 90, or a mine that is met only the other way round. */
function isSwapped(reading: CoordinateReading, points: readonly Pair[], box: Box | undefined): boolean {
  if (reading.crs.kind !== 'geographic') return false;
  const beyond =
    points.some(([, b]) => Math.abs(b) > 90) && points.every(([a, b]) => Math.abs(a) <= 90 && Math.abs(b) <= 180);
  if (beyond || box === undefined) return beyond;
  const inside = (swap: boolean): number =>
    points.filter(([a, b]) => {
      const [lng, lat] = swap ? [b, a] : [a, b];
      return lng >= box[0] - 0.1 && lng <= box[2] + 0.1 && lat >= box[1] - 0.1 && lat <= box[3] + 0.1;
    }).length;
  return inside(false) === 0 && inside(true) > points.length / 2;
}

function findUnknown(
  coordinates: Extract<SurveyCoordinates, { kind: 'unknown' }>,
  points: readonly Pair[],
  fixes: Fixes,
  box: Box | undefined,
  report: Report,
): FoundCoordinates {
  if (points.length === 0) {
    report({ code: 'no-rows', severity: 'error' });
    return { reading: undefined, detected: null };
  }
  const hints = { ...coordinates.hints, box };
  const prefixes = new Set(
    points.map(([a, b]) => Math.floor(Math.max(a, b) / 1_000_000)).filter(prefix => prefix >= 13),
  );
  if (prefixes.size > 1) {
    report({
      code: 'zones-mixed',
      severity: 'error',
      params: { zones: [...prefixes].toSorted((a, b) => a - b).join(', ') },
    });
    return { reading: undefined, detected: null };
  }
  const { candidates, findings } = detectSurveyCrs(points, hints);
  const mayBeRun = candidates.some(({ notation }) => notation === 'run-dms');
  const fits = candidates.filter(
    ({ order, notation }) =>
      (coordinates.order === undefined ||
        order === coordinates.order ||
        order === 'lng-lat' ||
        notation !== 'metres') &&
      (coordinates.order === undefined || order !== 'lat-lng' || fixes.order === 'lat-lng') &&
      (coordinates.notation === undefined || notation === 'degrees' || notation === 'metres') &&
      (coordinates.saysDegrees === undefined || notation !== 'metres' || !mayBeRun) &&
      (fixes.order === undefined || order === fixes.order) &&
      (fixes.notation === undefined || notation === fixes.notation),
  );
  const [best, second] = fits;
  if (fixes.crs !== undefined) return chosen(fixes, coordinates, points, best, report);
  const { datum } = coordinates;
  if (datum !== undefined && fixes.towgs84 === undefined) {
    const { transformation, name, code } = datum;
    const fix = transformation && { code: 'use-file-parameters', fixes: { towgs84: transformation, datum: code } };
    report({ code: 'datum-needs-parameters', severity: 'error', params: { datum: name, datumCode: code }, fix });
    return { reading: undefined, detected: best?.crs ?? null };
  }
  const oldDatum = datum?.code ?? fixes.datum;
  if (best === undefined && isInKilometres(points, hints)) {
    const [[x, y] = [0, 0]] = points;
    const fix = { code: 'use-kilometres', fixes: { unitM: 1_000 } };
    report({ code: 'coordinates-in-kilometres', severity: 'error', params: { x, y }, fix });
    return { reading: undefined, detected: null };
  }
  for (const finding of findings) {
    if (finding.code === 'columns-swapped' && coordinates.order !== undefined) continue;
    report(withFix({ ...finding, severity: blocks(finding.code) ? 'error' : finding.severity }, best));
  }
  if (best === undefined) {
    const [other] = candidates;
    if (other?.order === 'lat-lng' && fixes.order === undefined) {
      report({ code: 'axes-swapped', severity: 'error', fix: { code: 'swap-axes', fixes: { order: 'lat-lng' } } });
      return { reading: undefined, detected: other.crs };
    }
    if (!findings.some(({ severity }) => severity === 'error'))
      report({ code: 'coordinates-not-recognised', severity: 'error' });
    return { reading: undefined, detected: null };
  }
  // So small a northing lies south of all land of China; but who knows which land is meant.
  const isRunInDoubt = box === undefined && coordinates.saysDegrees === undefined && fixes.order === undefined;
  if (mayBeRun && isRunInDoubt && fixes.notation === undefined) {
    report({ code: 'may-be-run-dms', severity: 'error', choices: [...readingsOffered(fits), ...metresOffered(fits)] });
    return { reading: undefined, detected: best.crs };
  }
  const isTied =
    second !== undefined && second.score === best.score && fixes.order === undefined && fixes.notation === undefined;
  const mayBePacked =
    box === undefined &&
    best.notation === 'degrees' &&
    fits.some(({ notation, order }) => notation === 'packed-dms' && order === best.order);
  if ((isTied || mayBePacked) && fixes.notation === undefined) {
    const offered = mayBePacked && !isTied ? fits.filter(({ order }) => order === best.order) : fits;
    report({
      code: mayBePacked ? 'may-be-packed-dms' : 'crs-ambiguous',
      severity: 'error',
      choices: readingsOffered(offered),
    });
    return { reading: undefined, detected: best.crs };
  }
  if (oldDatum !== undefined && fixes.towgs84 !== undefined) return readInOlderDatum(oldDatum, fixes.towgs84, best);
  if (coordinates.isLeftOut === true) report(askForSystem(best));
  return { reading: readingOf(getCrs(best.crs), best.order, best.notation), detected: best.crs };
}

/** An easting with its zone has eight digits; without, it has fewer than the northing. */
function eastingComesFirst(points: readonly Pair[]): boolean {
  const isPrefixed = points.some(([a, b]) => Math.max(a, b) >= 13_000_000);
  return points.every(([a, b]) => a > b === isPrefixed);
}

function chosen(
  fixes: Fixes,
  coordinates: Extract<SurveyCoordinates, { kind: 'unknown' }>,
  points: readonly Pair[],
  best: SurveyCandidate | undefined,
  report: Report,
): FoundCoordinates {
  const code = fixes.crs as CrsCode;
  try {
    const crs = getCrs(code, { towgs84: fixes.towgs84, definitionOf: findEpsgDefinition });
    const isGeographic = crs.kind === 'geographic';
    const natural: ColumnOrder = isGeographic ? 'lng-lat' : 'easting-northing';
    const byNumbers = eastingComesFirst(points) ? 'easting-northing' : 'northing-easting';
    const guessed =
      best !== undefined && (best.notation === 'metres') !== isGeographic
        ? best.order
        : isGeographic
          ? natural
          : byNumbers;
    const order = fixes.order ?? (coordinates.order === undefined ? guessed : natural);
    const notation = fixes.notation ?? (isGeographic ? (best?.notation ?? 'degrees') : 'metres');
    const { declaredZone } = coordinates.hints;
    if (declaredZone !== undefined) report({ code: 'crs-chosen', severity: 'info', params: { crs: code } });
    const reading = readingOf(crs, order, notation);
    return { reading, detected: best?.crs ?? null };
  } catch (error) {
    if (!(error instanceof GisError)) throw error;
    report({ code: error.code, severity: 'error', params: error.params });
    return { reading: undefined, detected: best?.crs ?? null };
  }
}
