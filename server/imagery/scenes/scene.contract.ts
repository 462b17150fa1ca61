// Shapes of scenes at the door: what an upload must say about its files, and what a scene looks like from outside.
import { z } from 'zod';
import { bboxParam, isoDate } from '../../platform/http/geojson.ts';
import { pageOf, pageQuery } from '../../platform/http/page.ts';
import { inBoth } from '../../platform/http/schema/in-both.ts';

export const BAND_NAMES = [
  'coastal',
  'blue',
  'green',
  'red',
  'rededge1',
  'rededge2',
  'rededge3',
  'nir',
  'nir08',
  'swir1',
  'swir2',
] as const;
export type BandName = (typeof BAND_NAMES)[number];

/** Names under which a band map may also carry the class mask. */
const MASK_NAMES = ['mask', 'scl', 'qa'] as const;

const bandNumber = z.number().int().min(1).max(65_535);
/** A band: its number in the only file, the name of a file with one band, or both. */
const bandRef = z.union([
  bandNumber,
  z.string().min(1).max(255),
  z.strictObject({ file: z.string().min(1).max(255).optional(), band: bandNumber.default(1) }),
]);
export type BandRef = z.infer<typeof bandRef>;

/** A conversion to reflectance beyond it is a slip of the hand; it makes figures that no sum can hold. */
const MOST_SCALE = 1e9;

const classList = z.array(z.number().int().min(0).max(65_535)).max(256);

export const sceneMetadata = z
  .strictObject({
    acquiredOn: isoDate,
    sensor: z
      .string()
      .trim()
      .min(1)
      .max(60)
      .regex(/^\P{Cc}*$/u, inBoth('holds control characters', '含有控制字符')),
    bands: z
      .partialRecord(z.enum([...BAND_NAMES, ...MASK_NAMES]), bandRef)
      .refine(bands => Object.keys(bands).length > 0, inBoth('names no band', '未指明任何波段')),
    scale: z
      .number()
      .positive()
      .max(MOST_SCALE)
      .optional()
      .describe('reflectance = sample x scale + offset; default 1'),
    offset: z
      .number()
      .min(-MOST_SCALE)
      .max(MOST_SCALE)
      .optional()
      .describe('default 0; -0.1 for Sentinel-2 from processing baseline 04.00 on, unless it is given'),
    nodata: z
      .union([z.number(), z.literal('nan')])
      .nullable()
      .optional()
      .describe('overrides the tag of the files; null = no such value'),
    mask: bandRef.optional().describe('band with class codes, on any grid of its own'),
    maskClasses: classList.optional().describe('classes taken out, for example 3, 8, 9, 10 of the Sentinel-2 SCL'),
    keepClasses: classList.optional().describe('the only classes kept, for example 4, 5 of the Sentinel-2 SCL'),
    processingBaseline: z
      .string()
      .regex(
        /^N?\d{2}\.?\d{2}$/,
        inBoth('a processing baseline such as 05.09 or N0509', '应为处理基线，例如 05.09 或 N0509'),
      )
      .optional()
      .describe('of Sentinel-2, for example 05.09'),
    cloudFraction: z.number().min(0).max(1).optional(),
    isPublic: z.boolean().default(true),
    mineId: z.number().int().positive().optional().describe('refuse the scene when it misses this mine'),
  })
  .describe('What the files of a scene hold');
export type SceneMetadata = z.infer<typeof sceneMetadata>;

const position = z.array(z.number());
export const polygonalShape = z.object({
  type: z.enum(['Polygon', 'MultiPolygon']),
  coordinates: z.array(z.unknown()),
});

const sceneShape = z.object({
  id: z.number().int(),
  acquiredOn: isoDate,
  sensor: z.string(),
  state: z.enum(['pending', 'ready', 'failed']),
  bands: z.record(z.string(), z.object({ file: z.string(), band: z.number().int() })),
  indices: z.array(z.string()).describe('what can be computed and drawn from the bands'),
  bbox: position.length(4).nullable(),
  footprint: polygonalShape.nullable(),
  cloudFraction: z.number().nullable(),
  hasMask: z.boolean(),
  jobId: z.string().nullable(),
  widthPx: z.number().int().nullable(),
  heightPx: z.number().int().nullable(),
  cellSizeM: z.number().nullable(),
  crs: z.string().nullable(),
  isPublic: z.boolean(),
  code: z.string().nullable().describe('why it failed'),
  params: z.record(z.string(), z.unknown()).nullable(),
  createdAt: z.string(),
  revision: z.number().int(),
});
export type SceneShape = z.infer<typeof sceneShape>;

export const sceneDetailShape = sceneShape.extend({
  files: z.array(
    z.object({
      name: z.string(),
      bytes: z.number().int(),
      sha256: z.string(),
      widthPx: z.number().int(),
      heightPx: z.number().int(),
      bandCount: z.number().int(),
      sampleType: z.string(),
      crs: z.string(),
      hasOverviews: z.boolean(),
    }),
  ),
  scale: z.number(),
  offset: z.number(),
  nodata: z.union([z.number(), z.literal('nan')]).nullable(),
  mask: z.object({ file: z.string(), band: z.number().int() }).nullable(),
  maskClasses: z.array(z.number().int()),
  keepClasses: z.array(z.number().int()),
  processingBaseline: z.string().nullable(),
});
export type SceneDetailShape = z.infer<typeof sceneDetailShape>;

export const sceneListQuery = z.object({
  mine: z.coerce.number().int().positive().optional(),
  bbox: bboxParam.optional().describe('west,south,east,north'),
  from: isoDate.optional(),
  to: isoDate.optional(),
  sensor: z.string().max(60).optional(),
  ...pageQuery,
});
export type SceneListQuery = z.infer<typeof sceneListQuery>;

export const sceneAccepted = z.object({
  scene: sceneShape,
  job: z.object({ id: z.string(), state: z.enum(['queued', 'running', 'done', 'failed']) }),
});

export const sceneList = pageOf(sceneShape);
export const sceneParams = z.object({ id: z.coerce.number().int().positive() });
