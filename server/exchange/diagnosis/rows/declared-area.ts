import type { CrsCode } from '../../../../gis/crs/crs.ts';
import { projectorFor } from '../../../../gis/crs/projector.ts';
import type { MultiPolygon, Position } from '../../../../gis/types.ts';
import type { Finding } from '../finding.ts';
import type { Fixes } from '../fixes.ts';

const UNITS_M2 = [1, 10_000 / 15, 10_000, 1_000_000] as const;
/** Tolerances: half a percent or 10 m² are said, five percent forbid. */
const SAID = 0.005;
const SAID_M2 = 10;
const FORBIDDEN = 0.05;

/** Plane area in the three-degree Gauss-Kruger zone of the place, m²: what surveyors write down. */
export function planeAreaM2(geometry: MultiPolygon): number {
  const lng = geometry.coordinates[0]?.[0]?.[0]?.[0] ?? 0;
  const zone = Math.round(lng / 3);
  // Outside of China the zones go on with the same rule.
  const code: CrsCode | undefined = zone >= 25 && zone <= 45 ? `EPSG:${4509 + zone}` : undefined;
  if (code === undefined) return Number.NaN;
  const { forward } = projectorFor(code);
  let sum = 0;
  for (const rings of geometry.coordinates) {
    rings.forEach((ring, index) => {
      const area = Math.abs(shoelace(ring.map(forward)));
      sum += index === 0 ? area : -area;
    });
  }
  return sum;
}

function shoelace(ring: readonly Position[]): number {
  const [ox, oy] = ring[0] ?? [0, 0];
  let sum = 0;
  for (let i = 1; i < ring.length; i++) {
    const [x1, y1] = ring[i - 1] as Position;
    const [x2, y2] = ring[i] as Position;
    sum += (x1 - ox) * (y2 - oy) - (x2 - ox) * (y1 - oy);
  }
  return sum / 2;
}

/** Compares what a file states with both areas; names the unit that was probably meant. */
export function checkDeclaredArea(
  row: number,
  declaredM2: number | undefined,
  areas: { readonly ellipsoidalM2: number; readonly planeM2: number },
  fixes: Fixes,
): Finding | undefined {
  if (declaredM2 === undefined || declaredM2 <= 0) return undefined;
  const differences = [areas.ellipsoidalM2, areas.planeM2]
    .filter(Number.isFinite)
    .map(area => Math.abs(declaredM2 - area));
  const difference = Math.min(...differences);
  if (difference <= Math.max(SAID * areas.planeM2, SAID_M2) || !Number.isFinite(difference)) return undefined;
  const isLarge = difference > FORBIDDEN * areas.ellipsoidalM2;
  const params = {
    declaredM2: round(declaredM2),
    computedM2: round(areas.ellipsoidalM2),
    planeM2: round(areas.planeM2),
    percent: Math.round((1000 * (declaredM2 - areas.ellipsoidalM2)) / areas.ellipsoidalM2) / 10,
  };
  if (!isLarge) return { code: 'area-differs', severity: 'warning', row, params };
  if (fixes.acceptAreas === true) return { code: 'area-differs', severity: 'warning', row, params };
  const unit = fixes.areaUnitM2 ?? 10_000;
  const meant = UNITS_M2.find(
    candidate => Math.abs((declaredM2 / unit) * candidate - areas.ellipsoidalM2) < 0.02 * areas.ellipsoidalM2,
  );
  const keep = { code: 'keep-computed-area', fixes: { acceptAreas: true } };
  if (meant === undefined || meant === unit) return { code: 'area-differs', severity: 'error', row, params, fix: keep };
  return {
    code: 'area-unit-differs',
    severity: 'error',
    row,
    params: { ...params, unit: UNIT_NAMES[UNITS_M2.indexOf(meant)] ?? '' },
    fix: {
      code: 'use-area-unit',
      params: { unit: UNIT_NAMES[UNITS_M2.indexOf(meant)] ?? '' },
      fixes: { areaUnitM2: meant },
    },
    choices: [keep],
  };
}

const UNIT_NAMES = ['m²', '亩', 'ha', 'km²'];
const round = (value: number): number => (Number.isFinite(value) ? Math.round(value * 100) / 100 : 0);
