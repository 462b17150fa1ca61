import { judgeDeclaredArea } from '../../gis/ledger/declared-area.ts';
import type { MultiPolygon, Position } from '../../gis/types.ts';
import { AppError } from '../platform/errors.ts';
import { PROVINCE_TERMS } from './reference/vocabulary.ts';

// What an outline of a mine or of its land may be. Faults are answered, not thrown: a preview only tells them.

/** Degrees within which every outline of a Chinese mine lies. */
const CHINA_EXTENT = { west: 73, east: 136, south: 3, north: 54 } as const;

const CHINESE_PROVINCES: ReadonlySet<string> = new Set(PROVINCE_TERMS.map(({ code }) => code));

/** `outside-country` with the first corner outside of China, for a mine in one of its provinces; undefined where nothing is wrong. */
export function findCountryFault(geometry: MultiPolygon, province: string | null): AppError | undefined {
  if (province === null || !CHINESE_PROVINCES.has(province)) return undefined;
  const position = geometry.coordinates.flatMap(rings => rings[0] ?? []).find(isOutside);
  if (position === undefined) return undefined;
  const [lng, lat] = position;
  const params = { province, lng, lat, ...CHINA_EXTENT, position };
  const code = 'outside-country';
  return new AppError(code, params, { errors: [{ code, pointer: '/geometry', position, params }] });
}

function isOutside([lng, lat]: Position): boolean {
  const { west, east, south, north } = CHINA_EXTENT;
  return lng < west || lng > east || lat < south || lat > north;
}

/**
 * What is wrong with a declared area that the outline cannot have: `declared-area-unit` where the ratio tells a mistaken unit, else
 * `declared-area-wrong`. One that is merely off is left to a finding.
 */
export function findDeclaredAreaFault(declaredAreaM2: number | null, areaM2: number): AppError | undefined {
  if (declaredAreaM2 === null) return undefined;
  const { verdict, ratio, mixUp } = judgeDeclaredArea(declaredAreaM2, areaM2);
  if (verdict !== 'wrong') return undefined;
  const code = mixUp === undefined ? 'declared-area-wrong' : 'declared-area-unit';
  const params = {
    declaredAreaM2,
    areaM2: Math.round(areaM2 * 100) / 100,
    ratio: Number(ratio.toPrecision(4)),
    ...(mixUp === undefined ? {} : { mixUp: mixUp.mixUp }),
  };
  return new AppError(code, params, { errors: [{ code, pointer: '/properties/declaredAreaM2', params }] });
}
