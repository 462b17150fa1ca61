import { z } from 'zod';
import { inBoth } from '../../platform/http/schema/in-both.ts';
import { STAGE_CODES } from '../../../gis/ledger/stages.ts';
import { multiPolygonAnswer } from '../../mines/mines.contract.ts';
import { findingAnswer } from '../../mines/finding.contract.ts';
import { isoDate } from '../../platform/http/geojson.ts';
import { pageOf, pageQuery } from '../../platform/http/page.ts';

/** A finding in the list of a mine, with its shape and what it is about: an event or a version of a boundary. */
const findingItem = findingAnswer.extend({
  id: z.int(),
  eventId: z.int().nullable(),
  boundaryId: z.int().nullable(),
  onDate: z.string().describe('day on which the event took effect or the boundary came into force'),
  stage: z.enum(STAGE_CODES).nullable().describe('of the event'),
  createdAt: z.string(),
  geometry: multiPolygonAnswer,
});
export type FindingItem = z.output<typeof findingItem>;

export const findingListQuery = z.object({
  ...pageQuery,
  asAt: isoDate.optional().describe('only what had taken effect by this day'),
  code: z
    .string()
    .regex(
      /^[a-z0-9-]{1,60}$/,
      inBoth('the code of a finding, such as out-of-bounds', '应为问题代码，例如 out-of-bounds'),
    )
    .optional(),
  severity: findingAnswer.shape.severity.optional(),
});
export type FindingListQuery = z.output<typeof findingListQuery>;
export const findingList = pageOf(findingItem);
