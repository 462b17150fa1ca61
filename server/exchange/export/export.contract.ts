import { z } from 'zod';
import { STAGE_CODES } from '../../../gis/ledger/stages.ts';
import { organisationCode } from '../../organisations/organisations.contract.ts';
import { mineral, province } from '../../mines/mines.contract.ts';
import { isoDate, isoInstant } from '../../platform/http/geojson.ts';
import { inBoth } from '../../platform/http/schema/in-both.ts';

export const EXPORT_WHATS = ['land', 'mines', 'facilities', 'habitats', 'occurrences'] as const;
export type ExportWhat = (typeof EXPORT_WHATS)[number];

export const EXPORT_FORMATS = ['geojson', 'gpkg', 'shp', 'kml', 'dxf', 'csv', 'xlsx', 'pdf', 'jzd', 'dwca'] as const;
export type ExportFormatId = (typeof EXPORT_FORMATS)[number];

const MAX_MINES = 200;

const MINES = inBoth(
  `1 to ${MAX_MINES} ids of mines, separated by commas`,
  `应为 1 至 ${MAX_MINES} 个以逗号分隔的矿山编号`,
);

/** `1` or `1,2,3`. */
const mineIds = z
  .string()
  .regex(/^\d{1,15}(,\d{1,15})*$/, MINES)
  .transform(text => [...new Set(text.split(',').map(Number))])
  .refine(ids => ids.length <= MAX_MINES && ids.every(id => id > 0), MINES);

const stages = z
  .string()
  .transform(text => text.split(','))
  .pipe(z.array(z.enum(STAGE_CODES)).min(1));

export const exportQuery = z.object({
  what: z.enum(EXPORT_WHATS),
  format: z.enum(EXPORT_FORMATS).default('geojson'),
  mine: mineIds.optional().describe('ids of mines, separated by commas; absent = every mine of the other filters'),
  organisation: organisationCode.optional().describe('mines of this organisation and of all below it'),
  province: province.optional(),
  mineral: mineral.optional(),
  stage: stages.optional().describe('of land only: stages, separated by commas'),
  asAt: isoDate.optional().describe('the state on this day; today when absent'),
  knownAt: isoInstant.optional().describe('of land only: as the working ledger knew it at this instant'),
  crs: z
    .string()
    .regex(
      /^(auto|EPSG:\d{4,5})$/i,
      inBoth('auto, or EPSG: and four or five digits', '应为 auto，或 EPSG: 加四至五位数字'),
    )
    .transform(text => (/^auto$/i.test(text) ? 'auto' : (text.toUpperCase() as `EPSG:${number}`)))
    .optional()
    .describe(
      'EPSG:4326, EPSG:4490, a CGCS2000 zone (EPSG:4491 to 4554), or auto: the 3-degree zone of the selection. Default by format.',
    ),
  encoding: z
    .enum(['utf-8', 'utf-8-bom', 'gbk', 'gb18030'])
    .optional()
    .describe('of shp (utf-8, gbk), csv (utf-8, utf-8-bom, gb18030, gbk), jzd (gbk, gb18030, utf-8)'),
  paper: z.enum(['a3', 'a4']).optional().describe('of pdf only; a3 when absent'),
  scale: z.coerce
    .number()
    .int()
    .min(100)
    .max(10_000_000)
    .optional()
    .describe('of pdf only: 1 to this on paper; the largest usual one that fits when absent'),
});
export type ExportQuery = z.output<typeof exportQuery>;
