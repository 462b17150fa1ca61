import { EQUATORIAL_RADIUS_M } from '../earth/ellipsoid.ts';
import type { Crs, CrsCode } from './crs.ts';

/**
 * The EPSG codes that the product accepts, by the rule that numbers them rather than by a table: the Gauss-Kruger zones
 * of CGCS2000 in all four numberings, the UTM zones of the datums that agree with WGS 84 to a metre or better, and a few
 * single systems. Datums that need local parameters (Xi'an 1980, Beijing 1954) are known, and refused without them.
 */
interface GaussKrugerFamily {
  readonly first: number;
  readonly last: number;
  readonly widthDeg: 3 | 6;
  /** Zone number of `first` when the easting carries the zone as its prefix. */
  readonly firstZone?: number;
  /** Central meridian of `first`, degrees east. */
  readonly firstMeridian: number;
}

interface Datum {
  readonly ellipsoid: string;
  readonly nameEn: string;
  readonly nameZh: string;
  /** Without parameters from the user there is no way to WGS 84 that is good to a metre. */
  readonly needsParameters: boolean;
  readonly geographic: number;
  readonly families: readonly GaussKrugerFamily[];
}

const CHINESE_DATUMS: readonly Datum[] = [
  {
    ellipsoid: '+ellps=GRS80',
    nameEn: 'CGCS2000',
    nameZh: '2000国家大地坐标系',
    needsParameters: false,
    geographic: 4490,
    families: [
      { first: 4491, last: 4501, widthDeg: 6, firstZone: 13, firstMeridian: 75 },
      { first: 4502, last: 4512, widthDeg: 6, firstMeridian: 75 },
      { first: 4513, last: 4533, widthDeg: 3, firstZone: 25, firstMeridian: 75 },
      { first: 4534, last: 4554, widthDeg: 3, firstMeridian: 75 },
    ],
  },
  {
    ellipsoid: '+ellps=IAU76',
    nameEn: "Xi'an 1980",
    nameZh: '1980西安坐标系',
    needsParameters: true,
    geographic: 4610,
    families: [
      { first: 2327, last: 2337, widthDeg: 6, firstZone: 13, firstMeridian: 75 },
      { first: 2338, last: 2348, widthDeg: 6, firstMeridian: 75 },
      { first: 2349, last: 2369, widthDeg: 3, firstZone: 25, firstMeridian: 75 },
      { first: 2370, last: 2390, widthDeg: 3, firstMeridian: 75 },
    ],
  },
  {
    ellipsoid: '+ellps=krass',
    nameEn: 'Beijing 1954',
    nameZh: '1954北京坐标系',
    needsParameters: true,
    geographic: 4214,
    families: [
      { first: 2401, last: 2421, widthDeg: 3, firstZone: 25, firstMeridian: 75 },
      { first: 2422, last: 2442, widthDeg: 3, firstMeridian: 75 },
      { first: 21413, last: 21423, widthDeg: 6, firstZone: 13, firstMeridian: 75 },
      { first: 21453, last: 21463, widthDeg: 6, firstMeridian: 75 },
    ],
  },
];

interface UtmFamily {
  readonly first: number;
  readonly firstZone: number;
  readonly zones: number;
  readonly south: boolean;
  readonly nameEn: string;
  readonly ellipsoid: string;
}

const UTM_FAMILIES: readonly UtmFamily[] = [
  { first: 32601, firstZone: 1, zones: 60, south: false, nameEn: 'WGS 84', ellipsoid: '+datum=WGS84' },
  { first: 32701, firstZone: 1, zones: 60, south: true, nameEn: 'WGS 84', ellipsoid: '+datum=WGS84' },
  { first: 25828, firstZone: 28, zones: 11, south: false, nameEn: 'ETRS89', ellipsoid: '+ellps=GRS80' },
  { first: 26901, firstZone: 1, zones: 23, south: false, nameEn: 'NAD83', ellipsoid: '+ellps=GRS80' },
  { first: 28348, firstZone: 48, zones: 11, south: true, nameEn: 'GDA94', ellipsoid: '+ellps=GRS80' },
  { first: 7846, firstZone: 46, zones: 14, south: true, nameEn: 'GDA2020', ellipsoid: '+ellps=GRS80' },
  { first: 31978, firstZone: 18, zones: 8, south: true, nameEn: 'SIRGAS 2000', ellipsoid: '+ellps=GRS80' },
];

const GEOGRAPHIC: Readonly<Record<number, string>> = {
  4326: 'WGS 84',
  4258: 'ETRS89',
  4269: 'NAD83',
  4283: 'GDA94',
  7844: 'GDA2020',
  4674: 'SIRGAS 2000',
};

const SINGLE: Readonly<Record<number, { nameEn: string; proj: string }>> = {
  3857: {
    nameEn: 'WGS 84 / Pseudo-Mercator',
    proj: `+proj=merc +a=${EQUATORIAL_RADIUS_M} +b=${EQUATORIAL_RADIUS_M} +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m +nadgrids=@null +no_defs`,
  },
  3035: {
    nameEn: 'ETRS89-extended / LAEA Europe',
    proj: '+proj=laea +lat_0=52 +lon_0=10 +x_0=4321000 +y_0=3210000 +ellps=GRS80 +units=m +no_defs',
  },
  5070: {
    nameEn: 'NAD83 / Conus Albers',
    proj: '+proj=aea +lat_0=23 +lon_0=-96 +lat_1=29.5 +lat_2=45.5 +x_0=0 +y_0=0 +ellps=GRS80 +units=m +no_defs',
  },
  3577: {
    nameEn: 'GDA94 / Australian Albers',
    proj: '+proj=aea +lat_0=0 +lon_0=132 +lat_1=-18 +lat_2=-36 +x_0=0 +y_0=0 +ellps=GRS80 +units=m +no_defs',
  },
};

/** A known code, with whether its datum needs parameters that only the user can give. */
export interface KnownCrs {
  readonly crs: Crs & { readonly code: CrsCode };
  readonly needsParameters: boolean;
}

function gaussKruger(epsg: number, datum: Datum, family: GaussKrugerFamily): Crs & { code: CrsCode } {
  const index = epsg - family.first;
  const meridian = family.firstMeridian + index * family.widthDeg;
  const zone = family.firstZone === undefined ? undefined : family.firstZone + index;
  const easting = (zone ?? 0) * 1_000_000 + 500_000;
  const [partEn, partZh] =
    zone === undefined ? [`CM ${meridian}E`, `中央经线${meridian}度`] : [`zone ${zone}`, `${zone}带`];
  return {
    code: `EPSG:${epsg}`,
    nameEn: `${datum.nameEn} / ${family.widthDeg}-degree Gauss-Kruger ${partEn}`,
    nameZh: `${datum.nameZh} ${family.widthDeg}度分带 ${partZh}`,
    kind: 'projected',
    definition: `+proj=tmerc +lat_0=0 +lon_0=${meridian} +k=1 +x_0=${easting} +y_0=0 ${datum.ellipsoid} +units=m +no_defs`,
    unitM: 1,
    centralMeridian: meridian,
  };
}

/** The system behind an EPSG number, or undefined when the product does not accept it by number. */
export function findKnownCrs(epsg: number): KnownCrs | undefined {
  for (const datum of CHINESE_DATUMS) {
    const needsParameters = datum.needsParameters;
    if (epsg === datum.geographic) {
      const definition = `+proj=longlat ${datum.ellipsoid} +no_defs`;
      const { nameEn, nameZh } = datum;
      return { crs: { code: `EPSG:${epsg}`, nameEn, nameZh, kind: 'geographic', definition }, needsParameters };
    }
    const family = datum.families.find(({ first, last }) => epsg >= first && epsg <= last);
    if (family !== undefined) return { crs: gaussKruger(epsg, datum, family), needsParameters };
  }
  const code: CrsCode = `EPSG:${epsg}`;
  const geographic = GEOGRAPHIC[epsg];
  if (geographic !== undefined) {
    const definition = epsg === 4326 ? '+proj=longlat +datum=WGS84 +no_defs' : '+proj=longlat +ellps=GRS80 +no_defs';
    return { crs: { code, nameEn: geographic, kind: 'geographic', definition }, needsParameters: false };
  }
  const utm = UTM_FAMILIES.find(({ first, zones }) => epsg >= first && epsg < first + zones);
  if (utm !== undefined) {
    const zone = utm.firstZone + epsg - utm.first;
    const nameEn = `${utm.nameEn} / UTM zone ${zone}${utm.south ? 'S' : 'N'}`;
    const definition = `+proj=utm +zone=${zone}${utm.south ? ' +south' : ''} ${utm.ellipsoid} +units=m +no_defs`;
    const centralMeridian = zone * 6 - 183;
    return {
      crs: { code, nameEn, kind: 'projected', definition, unitM: 1, centralMeridian },
      needsParameters: false,
    };
  }
  const single = SINGLE[epsg];
  if (single === undefined) return undefined;
  return {
    crs: { code, nameEn: single.nameEn, kind: 'projected', definition: single.proj, unitM: 1 },
    needsParameters: false,
  };
}

/** EPSG code of a CGCS2000 Gauss-Kruger zone, or undefined when China has no such zone. */
export function findCgcs2000Code(options: {
  readonly widthDeg: 3 | 6;
  readonly centralMeridian: number;
  /** Whether the easting carries the zone number as its prefix. */
  readonly prefixed: boolean;
}): CrsCode | undefined {
  const { widthDeg, centralMeridian, prefixed } = options;
  const families = CHINESE_DATUMS[0]?.families ?? [];
  const family = families.find(item => item.widthDeg === widthDeg && (item.firstZone !== undefined) === prefixed);
  if (family === undefined) return undefined;
  const epsg = family.first + (centralMeridian - family.firstMeridian) / widthDeg;
  return Number.isInteger(epsg) && epsg >= family.first && epsg <= family.last ? `EPSG:${epsg}` : undefined;
}
