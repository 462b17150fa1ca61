import { z } from 'zod';
import { inBoth } from '../../platform/http/schema/in-both.ts';
import { isoDate } from '../../platform/http/geojson.ts';

const index = z
  .string()
  .regex(/^\d{1,8}$/, inBoth('one to eight digits', '应为一至八位数字'))
  .transform(Number);

export const tileParams = z.object({ layer: z.string().max(40), z: index, x: index, y: index });
export const tileLayerParams = z.object({ layer: z.string().max(40) });

/** `asAt` defaults to today; `v` is the version that TileJSON named: with it the answer may be kept by caches. */
export const tileQuery = z.object({ asAt: isoDate.optional(), v: z.string().max(100).optional() });
export const tileJsonQuery = z.object({ asAt: isoDate.optional() });

/** TileJSON 3.0.0. `bounds` are those of the world: where the data lie is not for everyone. */
export const tileJson = z.object({
  tilejson: z.literal('3.0.0'),
  name: z.string(),
  scheme: z.literal('xyz'),
  tiles: z.array(z.string()),
  version: z.string(),
  minzoom: z.number().int(),
  maxzoom: z.number().int(),
  bounds: z.array(z.number()),
  vector_layers: z.array(
    z.object({
      id: z.string(),
      minzoom: z.number().int(),
      maxzoom: z.number().int(),
      fields: z.record(z.string(), z.string()),
    }),
  ),
});
