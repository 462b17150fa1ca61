import { issueMessage } from '../../../gis/geometry/issue-messages.ts';
import { hasErrors } from '../../../gis/geometry/validate.ts';
import { findDeclaredAreaFault } from '../../mines/policy.ts';
import type { Queryable } from '../../platform/db/database.ts';
import type { AppError } from '../../platform/errors.ts';
import { judgePolygonal } from '../../platform/http/accept-geometry.ts';
import { wordProblem } from '../../platform/http/problem.ts';
import { listPublishedFrom } from '../periods/periods.repository.ts';
import { namePeriods, RESTATING, RESTATING_MESSAGE } from '../periods/policy.ts';
import type { NewEvent, PreviewAnswer } from './events.contract.ts';
import { previewOutline } from './events.repository.ts';
import { findMisplacement } from './place.ts';

/** What an event would cover and what is wrong with it; stores nothing, refuses nothing. */
export async function previewEvent(
  db: Queryable,
  mine: { readonly id: number; readonly province: string | null },
  { geometry: drawn, properties }: NewEvent,
): Promise<PreviewAnswer> {
  const { geometry, repairs, issues } = judgePolygonal(drawn);
  const worded = issues.map(({ code, severity, position, params }) => ({
    code,
    severity,
    ...(position === undefined ? {} : { position: [position[0], position[1]] as [number, number] }),
    message: issueMessage(code, params),
  }));
  if (hasErrors(issues)) {
    const nothing = { areaM2: null, perimeterM: null, insideBoundaryM2: null, outsideBoundaryM2: null, byStage: [] };
    return { ...nothing, issues: worded, repairs: [...repairs] };
  }
  const row = await previewOutline(db, mine.id, geometry, properties.effectiveOn);
  const faults = [
    await findMisplacement(db, mine, geometry, properties),
    findDeclaredAreaFault(properties.declaredAreaM2, row.areaM2),
  ];
  const restated = await listPublishedFrom(db, mine.id, properties.effectiveOn);
  return {
    areaM2: row.areaM2,
    perimeterM: row.perimeterM,
    insideBoundaryM2: row.insideM2,
    outsideBoundaryM2: Math.max(0, row.areaM2 - row.insideM2),
    byStage: [...row.byStage],
    issues: [
      ...worded,
      ...faults.flatMap(fault => (fault === undefined ? [] : [toIssue(fault)])),
      ...(restated.length === 0 ? [] : [restatingIssue(properties.effectiveOn, restated)]),
    ],
    repairs: [...repairs],
  };
}

function restatingIssue(from: string, days: readonly string[]): PreviewAnswer['issues'][number] {
  const say = (text: string): string => text.replace('{from}', from).replace('{periods}', namePeriods(days));
  const message = { en: say(RESTATING_MESSAGE.en), zh: say(RESTATING_MESSAGE.zh) };
  return { code: RESTATING, severity: 'warning', message };
}

function toIssue({ code, params, errors }: AppError): PreviewAnswer['issues'][number] {
  const position = errors[0]?.position;
  return {
    code,
    severity: 'error',
    ...(position === undefined ? {} : { position: [position[0], position[1]] }),
    message: wordProblem(code, params),
  };
}
