import type { CrsCode } from '../../../../gis/crs/crs.ts';
import { projectorFor } from '../../../../gis/crs/projector.ts';
import type { ImportAnswer } from '../imports.contract.ts';

const MAX_POINTS = 2_000;

/** The corners of every shown row, ring by ring: their names as the findings have them, degrees, and X, Y of the three-degree zone. */
export function* pointLines({ features }: Pick<ImportAnswer, 'features'>): Generator<{
  readonly text: string;
  readonly isPoint: boolean;
}> {
  let left = MAX_POINTS;
  for (const { id, geometry, properties } of features) {
    const names = properties.points?.flat();
    for (const [index, ring] of geometry.coordinates.flat().entries()) {
      if (left <= 0) break;
      yield { text: `行 row ${id}, 圈 ring ${index + 1}`, isPoint: false };
      for (const [at, [lng, lat]] of ring.slice(0, -1).entries()) {
        if (left-- <= 0) break;
        const name = names === undefined ? String(at + 1) : (names[index]?.[at] ?? '（新 new）');
        yield { text: `${name}    ${lng.toFixed(9)}, ${lat.toFixed(9)}${surveyed(lng, lat)}`, isPoint: true };
      }
    }
  }
  if (left <= 0) yield { text: '… 其余点未列出 further points are not listed', isPoint: false };
}

function surveyed(lng: number, lat: number): string {
  const zone = Math.round(lng / 3);
  if (zone < 25 || zone > 45) return '';
  const code: CrsCode = `EPSG:${4488 + zone}`;
  const [y, x] = projectorFor(code).forward([lng, lat]);
  return `    ${x.toFixed(3)}, ${y.toFixed(3)}`;
}
