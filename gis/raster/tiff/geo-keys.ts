import { EQUATORIAL_RADIUS_M, INVERSE_FLATTENING_WGS84 } from '../../earth/ellipsoid.ts';
import { GisError } from '../../errors.ts';
import type { TiffDirectory } from './directory.ts';
import { findNumbers, findText } from './directory.ts';
import { TAG } from './tags.ts';

const USER_DEFINED = 32767;

/** Keys of GeoTIFF 1.1 by number; a value is a number or a text. */
type GeoKeys = ReadonlyMap<number, number | string>;

export interface GeoReference {
  /** `EPSG:n`, or a PROJ definition made of the file's own parameters. */
  readonly crs: string;
  /** Tie points name cell centres, not cell corners. */
  readonly isPixelPoint: boolean;
}

/** The coordinate system that the geokeys name. Throws `raster-crs-missing`, `raster-crs-unsupported`. */
export function readGeoReference(directory: TiffDirectory): GeoReference {
  const keys = readGeoKeys(directory);
  const isPixelPoint = keys.get(1025) === 2;
  const model = keys.get(1024);
  const projected = keys.get(3072);
  const geographic = keys.get(2048);
  if (model === 2 || (model === undefined && projected === undefined)) {
    if (typeof geographic !== 'number') throw new GisError('raster-crs-missing');
    if (geographic === USER_DEFINED) {
      return { crs: `+proj=longlat ${ellipsoidOf(keys)} +no_defs`, isPixelPoint };
    }
    return { crs: `EPSG:${geographic}`, isPixelPoint };
  }
  if (model === 3) throw new GisError('raster-crs-unsupported', { crs: 'geocentric' });
  if (typeof projected !== 'number') throw new GisError('raster-crs-missing');
  if (projected !== USER_DEFINED) return { crs: `EPSG:${projected}`, isPixelPoint };
  return { crs: userDefinedProjection(keys), isPixelPoint };
}

function readGeoKeys(directory: TiffDirectory): GeoKeys {
  const table = findNumbers(directory, TAG.geoKeyDirectory);
  if (table === undefined || table.length < 4) throw new GisError('raster-crs-missing');
  const doubles = findNumbers(directory, TAG.geoDoubleParams) ?? [];
  const text = findText(directory, TAG.geoAsciiParams) ?? '';
  const keys = new Map<number, number | string>();
  const count = Math.min(table[3] as number, Math.floor(table.length / 4) - 1);
  for (let i = 1; i <= count; i += 1) {
    const [key, location, length, value] = [0, 1, 2, 3].map(part => table[i * 4 + part] as number) as [
      number,
      number,
      number,
      number,
    ];
    if (location === 0) keys.set(key, value);
    else if (location === TAG.geoDoubleParams && value < doubles.length) keys.set(key, doubles[value] as number);
    else if (location === TAG.geoAsciiParams) keys.set(key, text.slice(value, value + length).replace(/\|$/, ''));
  }
  return keys;
}

/** Datums that are WGS 84 within a metre: the only ones that may be taken without a shift the file would have to give. */
const ELLIPSOID_BY_CODE: Readonly<Record<number, string>> = {
  7030: '+ellps=WGS84',
  7019: '+ellps=GRS80',
  1024: '+ellps=GRS80',
};
const ELLIPSOID_BY_GEOGRAPHIC: Readonly<Record<number, string>> = {
  4326: '+ellps=WGS84',
  4490: '+ellps=GRS80',
  4258: '+ellps=GRS80',
  4269: '+ellps=GRS80',
};

function ellipsoidOf(keys: GeoKeys): string {
  const geographic = keys.get(2048);
  const byGeographic = typeof geographic === 'number' ? ELLIPSOID_BY_GEOGRAPHIC[geographic] : undefined;
  if (byGeographic !== undefined) return byGeographic;
  const code = keys.get(2056);
  const byCode = typeof code === 'number' ? ELLIPSOID_BY_CODE[code] : undefined;
  if (byCode !== undefined) return byCode;
  const semiMajor = keys.get(2057);
  const inverseFlattening = keys.get(2059);
  const isWgsLike =
    semiMajor === EQUATORIAL_RADIUS_M &&
    typeof inverseFlattening === 'number' &&
    Math.abs(inverseFlattening - INVERSE_FLATTENING_WGS84) < 1e-3;
  if (isWgsLike) return `+a=${EQUATORIAL_RADIUS_M} +rf=${inverseFlattening}`;
  throw new GisError('raster-crs-unsupported', { crs: 'user-defined', geographic: geographic ?? null });
}

const PROJECTION: Readonly<Record<number, string>> = {
  1: 'tmerc',
  7: 'merc',
  8: 'lcc',
  9: 'lcc',
  10: 'laea',
  11: 'aea',
  15: 'stere',
  17: 'eqc',
  24: 'sinu',
};

/** Parameters by their key numbers, in the spelling of PROJ. Natural origin, false origin and centre are alternatives. */
const PARAMETERS: readonly (readonly [name: string, keys: readonly number[]])[] = [
  ['lat_1', [3078]],
  ['lat_2', [3079]],
  ['lon_0', [3080, 3084, 3088, 3095]],
  ['lat_0', [3081, 3085, 3089]],
  ['x_0', [3082, 3086, 3090]],
  ['y_0', [3083, 3087, 3091]],
  ['k_0', [3092, 3093]],
];

function userDefinedProjection(keys: GeoKeys): string {
  const method = keys.get(3075);
  const projection = typeof method === 'number' ? PROJECTION[method] : undefined;
  const metres = keys.get(3076) ?? 9001;
  if (projection === undefined || metres !== 9001) {
    const conversion = keys.get(3074);
    // Conversions 16001-16060 and 16101-16160 are the UTM zones north and south.
    if (typeof conversion === 'number' && metres === 9001) {
      const zone = conversion % 100;
      const isUtm = zone >= 1 && zone <= 60 && (conversion - zone === 16000 || conversion - zone === 16100);
      if (isUtm) {
        const south = conversion >= 16100 ? ' +south' : '';
        return `+proj=utm +zone=${zone}${south} ${ellipsoidOf(keys)} +units=m +no_defs`;
      }
    }
    throw new GisError('raster-crs-unsupported', { crs: 'user-defined', method: method ?? null });
  }
  const parameters = PARAMETERS.flatMap(([name, candidates]) => {
    const value = candidates.map(key => keys.get(key)).find(candidate => typeof candidate === 'number');
    return value === undefined ? [] : [`+${name}=${value}`];
  });
  return `+proj=${projection} ${parameters.join(' ')} ${ellipsoidOf(keys)} +units=m +no_defs`;
}
