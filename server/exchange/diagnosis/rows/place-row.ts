import { geodesicDistanceM } from '../../../../gis/earth/geodesic.ts';
import { assemblePolygons } from '../../../../gis/geometry/assemble.ts';
import { SNAP_DEG, snapDegrees, type RepairCode } from '../../../../gis/geometry/normalise.ts';
import { repairPolygonal } from '../../../../gis/geometry/repair/repair-polygonal.ts';
import { hasErrors } from '../../../../gis/geometry/validate.ts';
import type { Issue, MultiPolygon, Position, Ring } from '../../../../gis/types.ts';
import { judgePolygonal } from '../../../platform/http/accept-geometry.ts';
import type { SurveyRing, SurveyRow, SurveyShape } from '../../survey-files/survey-file.ts';
import type { CoordinateReading } from '../coordinates/coordinate-reading.ts';
import type { Finding, Fix } from '../finding.ts';
import type { Fixes } from '../fixes.ts';
import { pointsAt, type PlacedRing } from './points-at.ts';

export interface PlacedRow {
  readonly row: SurveyRow;
  readonly rings: readonly PlacedRing[];
  /** As it would be stored; undefined where an error forbids it. */
  readonly geometry: MultiPolygon | undefined;
  /** Whether that outline was judged, and not mended. */
  readonly isJudged: boolean;
  readonly repairs: readonly RepairCode[];
  /** Whether it bounds no land and is to be left out without an error. */
  readonly isLeftOut?: true | undefined;
}

/** What can be done about a row that bounds no land. */
export const LEAVE_OUT: Fix = { code: 'leave-out', fixes: { leaveOut: true } };

/** Metres below which a last point was meant to be the first. */
const CLOSING_GAP_M = 1;
/** A metre is nowhere more of a degree. */
const CLOSING_GAP_DEG = 1e-4;

/** Puts a row on the earth and judges its outline; findings name points. */
export function placeRow(
  row: SurveyRow,
  shape: SurveyShape,
  reading: CoordinateReading,
  move: (position: Position) => Position,
  fixes: Fixes,
  report: (finding: Finding) => void,
): PlacedRow {
  const place = (ring: SurveyRing): ReturnType<typeof placeRing> => placeRing(ring, row, reading, move, fixes, report);
  const parts = shape.kind === 'parts' ? shape.parts.map(part => part.map(place)) : [shape.rings.map(place)];
  const rings = parts.flat();
  const judged = judgePolygonal(assemble(shape, parts));
  const { geometry, issues } = judged;
  // Told point by point already.
  const isTold = rings.some(ring => ring.hasRepeats);
  const repairs = isTold ? judged.repairs.filter(code => code !== 'removed-repeated-points') : judged.repairs;
  const isBroken = hasErrors(issues);
  const mended = isBroken && fixes.repair === true ? repairPolygonal(geometry) : undefined;
  if (mended !== undefined) {
    report({ code: 'outline-repaired', severity: 'warning', row: row.number, position: issues[0]?.position });
    return { row, rings, geometry: mended, isJudged: false, repairs };
  }
  if (isBroken && fixes.leaveOut === true && !canRepair(geometry, issues))
    return { row, rings, geometry: undefined, isJudged: false, repairs, isLeftOut: true };
  if (issues.length > 0) tellIssues(row, rings, geometry, issues, isBroken && fixes.repair !== true, report);
  return { row, rings, geometry: isBroken ? undefined : geometry, isJudged: !isBroken, repairs };
}

function placeRing(
  ring: SurveyRing,
  row: SurveyRow,
  reading: CoordinateReading,
  move: (position: Position) => Position,
  fixes: Fixes,
  report: (finding: Finding) => void,
): PlacedRing & { readonly hasRepeats: boolean } {
  const { pairs } = ring;
  const positions: Position[] = [];
  let hasRepeats = false;
  for (let i = 0; i < pairs.length; i += 2) {
    const position = move(reading.place(pairs[i] as number, pairs[i + 1] as number));
    const before = positions.at(-1);
    if (before !== undefined && isOnePlace(before, position)) {
      hasRepeats = true;
      const names = [i / 2 - 1, i / 2].map(index => ring.names?.[index] || String(index + 1));
      const severity = ring.names === undefined ? 'info' : 'warning';
      report({ code: 'point-twice', severity, row: row.number, point: names.join(' = '), position });
    }
    positions.push(position);
  }
  const placed: PlacedRing & { hasRepeats: boolean } = { positions, names: ring.names, hasRepeats };
  const [first] = positions;
  const last = positions.at(-1);
  if (first === undefined || last === undefined || positions.length < 4) return placed;
  const gapDeg = Math.hypot(first[0] - last[0], first[1] - last[1]);
  if (gapDeg === 0 || !(gapDeg < CLOSING_GAP_DEG)) return placed;
  const gapM = geodesicDistanceM(first, last);
  if (gapM > CLOSING_GAP_M) return placed;
  const params = { gapM: Math.round(gapM * 1000) / 1000 };
  const point = ring.names === undefined ? String(positions.length) : ring.names.at(-1);
  if (fixes.closeGaps === true) {
    report({ code: 'closing-gap-closed', severity: 'info', row: row.number, point, position: last, params });
    return { ...placed, positions: [...positions.slice(0, -1), first] };
  }
  const fix = { code: 'close-gaps', fixes: { closeGaps: true } };
  report({ code: 'closing-gap', severity: 'warning', row: row.number, point, position: last, params, fix });
  return placed;
}

/** Whether two places are one where outlines are stored. */
const isOnePlace = ([x1, y1]: Position, [x2, y2]: Position): boolean =>
  Math.abs(x1 - x2) <= SNAP_DEG &&
  Math.abs(y1 - y2) <= SNAP_DEG &&
  snapDegrees(x1) === snapDegrees(x2) &&
  snapDegrees(y1) === snapDegrees(y2);

function assemble(shape: SurveyShape, parts: readonly (readonly PlacedRing[])[]): MultiPolygon {
  const coordinates = parts.map(rings => rings.map(ring => ring.positions));
  if (shape.kind === 'parts') return { type: 'MultiPolygon', coordinates };
  const loose = coordinates[0] ?? [];
  const isSimple = loose.length < 2 || loose.some(ring => ring.length < 3 || ring.some(([lng]) => Number.isNaN(lng)));
  // A ring that has no inside, or only one ring: nothing to put together.
  if (isSimple) return { type: 'MultiPolygon', coordinates: loose.map(ring => [ring]) };
  return assemblePolygons(loose.map(closed));
}

function closed(ring: Ring): Ring {
  const [first] = ring;
  const last = ring.at(-1);
  return first === undefined || (first[0] === last?.[0] && first[1] === last[1]) ? ring : [...ring, first];
}

function tellIssues(
  row: SurveyRow,
  rings: readonly PlacedRing[],
  geometry: MultiPolygon,
  issues: readonly Issue[],
  offersRepair: boolean,
  report: (finding: Finding) => void,
): void {
  const isRepairable = offersRepair && canRepair(geometry, issues);
  const fix = isRepairable ? { code: 'repair', fixes: { repair: true } } : LEAVE_OUT;
  for (const { code, severity, position, params } of issues) {
    report({
      code,
      severity,
      row: row.number,
      ...(position === undefined ? {} : { position, point: pointsAt(rings, position) }),
      ...(params === undefined ? {} : { params }),
      ...(severity === 'error' ? { fix } : {}),
    });
  }
}

const canRepair = (geometry: MultiPolygon, issues: readonly Issue[]): boolean =>
  issues.length <= 1_000 && repairPolygonal(geometry) !== undefined;
