import type { Feature } from '../export-layer.ts';

/** Well-known text with the shortest digits that give the same numbers back; empty where nothing is drawn. */
export function wktText(geometry: Feature['geometry']): string {
  if (geometry === null) return '';
  if (geometry.type === 'Point') return `POINT (${geometry.coordinates.join(' ')})`;
  const polygons = geometry.coordinates.map(
    rings => `(${rings.map(ring => `(${ring.map(([x, y]) => `${x} ${y}`).join(',')})`).join(',')})`,
  );
  return `MULTIPOLYGON (${polygons.join(',')})`;
}
