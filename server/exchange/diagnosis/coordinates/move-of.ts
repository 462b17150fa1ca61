import { fromOffset, type OffsetDatum } from '../../../../gis/crs/china-offset.ts';
import type { Position } from '../../../../gis/types.ts';
import type { SurveyFile } from '../../survey-files/survey-file.ts';
import type { Finding } from '../finding.ts';
import type { Fixes } from '../fixes.ts';
import type { Ground } from '../ground.ts';
import type { RowReader } from '../rows/row-reader.ts';
import type { CoordinateReading } from './coordinate-reading.ts';
import { findOffset } from './offset-of-web-map.ts';

interface OffsetQuestion {
  readonly fixes: Fixes;
  readonly ground: Ground;
  /** Words of the file itself about the map it was drawn on. */
  readonly offsetInText?: OffsetDatum | undefined;
}

/** How positions are moved before they are judged; undefined where the user has to say first. */
export function moveOf(
  request: OffsetQuestion,
  file: SurveyFile,
  rows: RowReader,
  reading: CoordinateReading,
  report: (finding: Finding) => void,
): ((position: Position) => Position) | undefined {
  const { offset } = request.fixes;
  if (offset === 'GCJ-02' || offset === 'BD-09') {
    report({ code: 'offset-removed', severity: 'info', params: { datum: offset } });
    return position => fromOffset(position, offset);
  }
  const declared = file.offset ?? request.offsetInText;
  const drawnByHand = file.format === 'kml' || file.format === 'geojson' || reading.notation === 'degrees';
  if (offset === undefined && (declared !== undefined || (drawnByHand && reading.crs.kind === 'geographic'))) {
    const sample = rows
      .samplePoints()
      .slice(0, 1_000)
      .map(([a, b]) => reading.place(a, b));
    const finding = findOffset(sample, declared, request.ground);
    if (finding !== undefined) report(finding);
    if (finding?.severity === 'error') return undefined;
  }
  return position => position;
}
