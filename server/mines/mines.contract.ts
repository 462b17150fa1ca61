import { z } from 'zod';
import { inBoth } from '../platform/http/schema/in-both.ts';
import type { MultiPolygon } from '../../gis/types.ts';
import { bboxParam, featureOf, isoDate, polygonalGeometry } from '../platform/http/geojson.ts';
import { organisationCode } from '../organisations/organisations.contract.ts';
import { MINE_METHODS, MINE_STATUSES } from './reference/vocabulary.ts';

const name = z.string().trim().min(1).max(200);
export const mineral = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{0,39}$/,
    inBoth(
      'a code of lower-case letters, digits and hyphens, such as bauxite',
      '应为由小写字母、数字和连字符组成的代码，例如 bauxite',
    ),
  );
export const province = z
  .string()
  .regex(
    /^[A-Z0-9][A-Z0-9-]{1,9}$/,
    inBoth(
      'a code of capital letters, digits and hyphens, such as CN-GX',
      '应为由大写字母、数字和连字符组成的代码，例如 CN-GX',
    ),
  );
const mineCode = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/,
    inBoth('1 to 40 letters, digits, dots, hyphens and underscores', '应为 1 至 40 个字母、数字、点、连字符或下划线'),
  );

export const mineParams = z.object({ id: z.coerce.number().int().positive() });

export const multiPolygonAnswer: z.ZodType<MultiPolygon, MultiPolygon> = z.object({
  type: z.literal('MultiPolygon'),
  coordinates: z.array(z.array(z.array(z.tuple([z.number(), z.number()])))),
});

/** A mine in lists. `bbox` and `areaM2` are those of its current licence boundary, null when it has none. */
const mineItem = z.object({
  id: z.number().int(),
  code: z.string(),
  nameZh: z.string(),
  nameEn: z.string(),
  organisationCode: z.string(),
  organisationNameZh: z.string(),
  organisationNameEn: z.string(),
  province: z.string().nullable(),
  mineral: z.string(),
  method: z.enum(MINE_METHODS),
  status: z.enum(MINE_STATUSES),
  bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]).nullable(),
  areaM2: z.number().nullable(),
  revision: z.number().int(),
});
export type MineItem = z.infer<typeof mineItem>;

/** A mine alone: also its current licence geometry and `landRevision`: the number of ledger writes so far, and for those who may
 * not read the working ledger the number of periods published, so that an unpublished write shows nowhere. */
export const mineAnswer = mineItem.extend({
  geometry: multiPolygonAnswer.nullable(),
  startOn: z.string().nullable(),
  endOn: z.string().nullable(),
  licenceNo: z.string().nullable(),
  landRevision: z.number().int(),
});
export type MineAnswer = z.infer<typeof mineAnswer>;

export const mineList = z.object({ items: z.array(mineItem), nextCursor: z.string().nullable() });

export const mineListQuery = z.object({
  bbox: bboxParam.optional(),
  q: z.string().max(100).optional(),
  /** Code of an organisation: its mines and those of all below it. */
  organisation: organisationCode.optional(),
  province: province.optional(),
  mineral: mineral.optional(),
  status: z.enum(MINE_STATUSES).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  cursor: z.string().max(200).optional(),
});
export type MineListQuery = z.infer<typeof mineListQuery>;

const editable = {
  nameZh: name,
  nameEn: name,
  organisationCode,
  mineral,
  method: z.enum(MINE_METHODS),
  province: province.nullable(),
  status: z.enum(MINE_STATUSES),
  startOn: isoDate.nullable(),
  endOn: isoDate.nullable(),
  licenceNo: z.string().trim().min(1).max(100).nullable(),
};

/** The boundary of the Feature becomes the LICENCE boundary, valid from `validFrom`, else `startOn`, else 1900-01-01 (start unknown). */
export const newMine = featureOf(
  polygonalGeometry,
  z.strictObject({
    ...editable,
    code: mineCode,
    province: editable.province.default(null),
    status: editable.status.default('operate'),
    startOn: editable.startOn.default(null),
    endOn: editable.endOn.default(null),
    licenceNo: editable.licenceNo.default(null),
    validFrom: isoDate.optional(),
    docRef: z.string().max(200).nullable().default(null),
  }),
);
export type NewMine = z.infer<typeof newMine>;

export const minePatch = z.strictObject(editable).partial();
export type MinePatch = z.infer<typeof minePatch>;
