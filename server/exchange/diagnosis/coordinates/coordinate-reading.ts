import type { Crs } from '../../../../gis/crs/crs.ts';
import { degreesIn, type ColumnOrder, type SurveyNotation } from '../../../../gis/crs/detect-survey-crs.ts';
import { projectorFor } from '../../../../gis/crs/projector.ts';
import { GisError } from '../../../../gis/errors.ts';
import type { Position } from '../../../../gis/types.ts';

/** How two columns become a place. */
export interface CoordinateReading {
  readonly crs: Crs;
  readonly order: ColumnOrder;
  readonly notation: SurveyNotation;
  /** Metres in one unit of the columns; undefined where they are degrees. */
  readonly unitM: number | undefined;
  /** `[lng, lat]`; not finite where the pair has no place. */
  place(first: number, second: number): Position;
}

const NOWHERE: Position = [Number.NaN, Number.NaN];

/** The same reading of columns whose unit is `factor` times as long. */
export const inLongerUnits = (reading: CoordinateReading, factor: number): CoordinateReading => ({
  ...reading,
  unitM: reading.unitM === undefined ? undefined : reading.unitM * factor,
  place: (first, second) => reading.place(first * factor, second * factor),
});

export function readingOf(crs: Crs, order: ColumnOrder, notation: CoordinateReading['notation']): CoordinateReading {
  const projector = projectorFor(crs);
  const swaps = order === 'northing-easting' || order === 'lat-lng';
  return {
    crs,
    order,
    notation,
    unitM: crs.kind === 'projected' ? (crs.unitM ?? 1) : undefined,
    place(first, second) {
      let [x, y] = swaps ? [second, first] : [first, second];
      if (notation !== 'metres') [x, y] = [degreesIn(notation, x) ?? Number.NaN, degreesIn(notation, y) ?? Number.NaN];
      if (projector.isIdentity) return [x, y];
      if (!Number.isFinite(x) || !Number.isFinite(y)) return NOWHERE;
      try {
        return projector.inverse([x, y]);
      } catch (error) {
        if (error instanceof GisError) return NOWHERE;
        throw error;
      }
    },
  };
}
