import proj4 from 'proj4';
import { GisError } from '../errors.ts';
import type { Position } from '../types.ts';
import type { Crs, CrsCode } from './crs.ts';
import { getCrs } from './parse-crs.ts';

/** `[lng, lat]` in degrees (EPSG:4326) to `[x, y]` of a system and back; x is easting or longitude, never swapped. */
export interface Projector {
  readonly crs: Crs;
  /** True for EPSG:4326 and for geographic systems that are taken as equal to it: coordinates pass unchanged. */
  readonly isIdentity: boolean;
  /** Throws GisError 'position-outside-crs' beyond the poles, and where the projection has no finite value. */
  readonly forward: (position: Position) => Position;
  readonly inverse: (position: Position) => Position;
}

const WGS84 = '+proj=longlat +datum=WGS84 +no_defs';
/** A pole, and what rounding may make of it. */
const MAX_LATITUDE = 90 + 1e-9;
const cache = new Map<string, Projector>();

/**
 * The projector of a system. CGCS2000 and the other GRS 80 datums are taken as WGS 84 (they differ by less than the
 * plate motion that their coordinates ignore), so EPSG:4490 is the identity.
 */
export function projectorFor(crs: Crs | CrsCode): Projector {
  const system = typeof crs === 'string' ? getCrs(crs) : crs;
  const known = cache.get(system.definition);
  if (known !== undefined && known.crs.code === system.code) return known;
  const projector = createProjector(system);
  cache.set(system.definition, projector);
  return projector;
}

function createProjector(crs: Crs): Projector {
  if (crs.kind === 'geographic' && isWgs84Like(crs.definition)) {
    return { crs, isIdentity: true, forward: position => position, inverse: position => position };
  }
  const converter = proj4(WGS84, crs.definition);
  const convert = (method: (coordinates: number[]) => number[], position: Position): Position => {
    let result: number[];
    try {
      result = method([position[0], position[1]]);
    } catch (cause) {
      throw new GisError('position-outside-crs', { position, crs: crs.code ?? crs.nameEn }, { cause });
    }
    const [x, y] = result;
    if (x === undefined || y === undefined || !Number.isFinite(x) || !Number.isFinite(y)) {
      throw new GisError('position-outside-crs', { position, crs: crs.code ?? crs.nameEn });
    }
    return [x, y];
  };
  return {
    crs,
    isIdentity: false,
    forward: position => {
      // Projections take a latitude for an angle like any other: 396 degrees would be the place at 36.
      if (Math.abs(position[1]) > MAX_LATITUDE) {
        throw new GisError('position-outside-crs', { position, crs: crs.code ?? crs.nameEn });
      }
      return convert(coordinates => converter.forward(coordinates), position);
    },
    inverse: position => convert(coordinates => converter.inverse(coordinates), position),
  };
}

function isWgs84Like(definition: string): boolean {
  if (!definition.startsWith('+')) return false;
  if (/\+(towgs84|pm|to_meter|nadgrids)=/.test(definition)) return false;
  return /\+(datum=WGS84|ellps=GRS80|ellps=WGS84)(\s|$)/.test(definition);
}
