import type { Position } from '../../gis/types.ts';

/** Local plane of a site: metres east and north of its centre. Good to 0.1 % within 4 km, which is all a drawing needs. */
export interface SitePlane {
  readonly centre: Position;
  toPosition(xM: number, yM: number): Position;
  toPlane(position: Position): readonly [xM: number, yM: number];
}

const METRES_PER_DEGREE = 111_195;

/** A plane whose factors come from additions and products alone, so that the last digit is the same everywhere. */
export function sitePlane(centre: Position): SitePlane {
  const [lng0, lat0] = centre;
  const perLng = METRES_PER_DEGREE * cosineOfDegrees(lat0);
  return {
    centre,
    toPosition: (xM, yM) => [roundDegrees(lng0 + xM / perLng), roundDegrees(lat0 + yM / METRES_PER_DEGREE)],
    toPlane: ([lng, lat]) => [(lng - lng0) * perLng, (lat - lat0) * METRES_PER_DEGREE],
  };
}

/** To 1e-7 degree, a centimetre on the ground: finer than any survey, and short in a file. */
function roundDegrees(degrees: number): number {
  return Math.round(degrees * 1e7) / 1e7;
}

function cosineOfDegrees(degrees: number): number {
  const x = (degrees * 3.141592653589793) / 180;
  const xx = x * x;
  let term = 1;
  let sum = 1;
  for (let order = 2; order <= 20; order += 2) {
    term *= -xx / (order * (order - 1));
    sum += term;
  }
  return sum;
}
