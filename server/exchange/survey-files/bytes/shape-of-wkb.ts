import { GisError } from '../../../../gis/errors.ts';
import { decodeWkb } from '../../../../gis/geometry/wkb.ts';
import type { ReadingContext, SurveyRing, SurveyShape } from '../survey-file.ts';

const TYPES: Readonly<Record<number, string>> = {
  2: 'LineString',
  5: 'MultiLineString',
  8: 'CircularString',
  9: 'CompoundCurve',
  10: 'CurvePolygon',
  11: 'MultiCurve',
  12: 'MultiSurface',
};

export interface WkbOutline {
  readonly shape: SurveyShape | undefined;
  /** EPSG number in the head of EWKB. */
  readonly srid: number | undefined;
}

const NOTHING: WkbOutline = { shape: undefined, srid: undefined };

/** The polygons of well-known binary; none, with a finding, where there are none or they cannot be read. */
export function shapeOfWkb(bytes: Uint8Array, row: number, report: ReadingContext['report']): WkbOutline {
  try {
    const { kind, positions, ringEnds, partEnds, srid = 0 } = decodeWkb(bytes);
    if (kind !== 'polygons') {
      report({ code: 'geometry-not-polygonal', severity: 'warning', row, params: { type: 'Point' } });
      return NOTHING;
    }
    const parts: SurveyRing[][] = [];
    let ring = 0;
    let from = 0;
    for (const partEnd of partEnds) {
      const rings: SurveyRing[] = [];
      for (; ring < partEnd; ring++) {
        const to = ringEnds[ring] as number;
        rings.push({ pairs: positions.subarray(2 * from, 2 * to) });
        from = to;
      }
      parts.push(rings);
    }
    return {
      shape: parts.length === 0 ? undefined : { kind: 'parts', parts },
      srid: srid === 0 ? undefined : srid,
    };
  } catch (error) {
    if (!(error instanceof GisError)) throw error;
    if (error.code === 'wkb-unsupported') {
      const type = TYPES[Number(error.params['type'])] ?? String(error.params['type']);
      report({ code: 'geometry-not-polygonal', severity: 'warning', row, params: { type } });
    } else report({ code: 'geometry-unreadable', severity: 'error', row });
    return NOTHING;
  }
}
