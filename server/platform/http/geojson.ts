import { z } from 'zod';
import type { LoosePolygonal } from '../../../gis/geometry/normalise.ts';
import { inBoth } from './schema/in-both.ts';

/**
 * GeoJSON as it arrives: structure only. Whether rings close, cross or lie in the world is judged by gis/geometry, which
 * names the fault and its position; a third coordinate passes here and is dropped there.
 */

const position = z.array(z.number()).min(2).max(4);
const ring = z.array(position);

export const pointGeometry = z.strictObject({
  type: z.literal('Point'),
  coordinates: position,
  bbox: z.unknown().optional(),
});

/** Typed as the core's polygons, which are read-only: what the core made can be handed in as it is. */
export const polygonalGeometry: z.ZodType<LoosePolygonal, LoosePolygonal> = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('Polygon'), coordinates: z.array(ring), bbox: z.unknown().optional() }),
  z.strictObject({
    type: z.literal('MultiPolygon'),
    coordinates: z.array(z.array(ring)),
    bbox: z.unknown().optional(),
  }),
]);

/** A GeoJSON Feature of one kind of geometry and one shape of properties; foreign members are refused. */
export function featureOf<G extends z.ZodType, P extends z.ZodType>(geometry: G, properties: P) {
  return z.strictObject({
    type: z.literal('Feature'),
    id: z.union([z.string(), z.number()]).optional(),
    bbox: z.array(z.number()).optional(),
    geometry,
    properties,
  });
}

// Year 0 is no year of the database's calendar, and the day before 0001-01-01 would be one of it.
const fromYear1000 = (text: string): boolean => text >= '1000';
const YEAR = inBoth('the year must be 1000 or later', '年份不得早于 1000 年');

/** A calendar date `YYYY-MM-DD` that exists, from the year 1000 on. */
export const isoDate = z.iso.date({ abort: true }).refine(fromYear1000, YEAR);

// The database takes no zone farther off; no country keeps one.
const inZone = (text: string): boolean => !/[+-](?:1[5-9]|2\d):\d\d$/.test(text);
const ZONE = inBoth('the zone must lie between -14:59 and +14:59', '时区应在 -14:59 至 +14:59 之间');

/** An instant in ISO 8601 with its zone, from the year 1000 on. */
export const isoInstant = z.iso.datetime({ offset: true, abort: true }).refine(fromYear1000, YEAR).refine(inZone, ZONE);

/** `?bbox=west,south,east,north` in degrees. */
export const bboxParam = z
  .string()
  .transform(text => text.split(',').map(Number))
  .refine(
    box =>
      box.length === 4 &&
      box.every(Number.isFinite) &&
      (box[0] ?? 0) <= (box[2] ?? 0) &&
      (box[1] ?? 0) <= (box[3] ?? 0),
    inBoth(
      'west,south,east,north in degrees, west before east',
      '应为以逗号分隔的西、南、东、北四个度数，且西不大于东',
    ),
  )
  .transform(box => box as unknown as readonly [number, number, number, number]);
