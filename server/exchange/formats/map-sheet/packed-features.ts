import type { PolygonRings, Position } from '../../../../gis/types.ts';
import type { Feature } from '../export-layer.ts';

/** Features whose outlines lie in two buffers, so that handing them to a thread costs nothing. */
export interface PackedFeatures {
  readonly about: readonly Pick<Feature, 'id' | 'values'>[];
  /** x, y, … of all rings. */
  readonly positions: Float64Array;
  /** For each feature: number of parts, then for each part: number of rings, then for each ring: number of positions. */
  readonly counts: Uint32Array;
}

/** Packs features with outlines. */
export function packFeatures(features: readonly Feature[]): PackedFeatures {
  const counts: number[] = [];
  let total = 0;
  for (const { geometry } of features) {
    const parts = geometry?.type === 'MultiPolygon' ? geometry.coordinates : [];
    counts.push(parts.length);
    for (const rings of parts) {
      counts.push(rings.length);
      for (const ring of rings) {
        counts.push(ring.length);
        total += ring.length;
      }
    }
  }
  const positions = new Float64Array(2 * total);
  let at = 0;
  for (const { geometry } of features) {
    if (geometry?.type !== 'MultiPolygon') continue;
    for (const rings of geometry.coordinates) {
      for (const ring of rings) {
        for (const [x, y] of ring) {
          positions[at++] = x;
          positions[at++] = y;
        }
      }
    }
  }
  return { about: features.map(({ id, values }) => ({ id, values })), positions, counts: Uint32Array.from(counts) };
}

/** The features again. */
export function unpackFeatures({ about, positions, counts }: PackedFeatures): Feature[] {
  let [at, next] = [0, 0];
  const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);
  const take = (): number => counts[next++] as number;
  const position = (): Position => [positions[at++] as number, positions[at++] as number];
  return about.map(one => ({
    ...one,
    geometry: {
      type: 'MultiPolygon',
      coordinates: times(take(), () => times(take(), () => times(take(), position)) as unknown as PolygonRings),
    },
  }));
}
