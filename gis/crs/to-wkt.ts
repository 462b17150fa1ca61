import {
  EQUATORIAL_RADIUS_M as RADIUS,
  INVERSE_FLATTENING_GRS80,
  INVERSE_FLATTENING_WGS84,
} from '../earth/ellipsoid.ts';
import { GisError } from '../errors.ts';
import { chineseZoneOf, type ChineseZone } from './chinese-zone.ts';
import type { CrsCode } from './crs.ts';

const DEGREE = '0.0174532925199433';

/**
 * WKT 1 of EPSG:4326, EPSG:4490 and the CGCS2000 zones. `esri` is what stands in a Shapefile's .prj: names without
 * authority, by which its readers know the system. Throws GisError 'crs-unsupported' for any other.
 */
export function crsToWkt(code: CrsCode, flavour: 'ogc' | 'esri'): string {
  if (code === 'EPSG:4326') return flavour === 'esri' ? ESRI_WGS84 : OGC_WGS84;
  if (code === 'EPSG:4490') return flavour === 'esri' ? ESRI_2000 : OGC_2000;
  const zone = chineseZoneOf(code);
  if (zone === undefined) throw new GisError('crs-unsupported', { crs: code });
  return flavour === 'esri' ? esriZone(zone) : ogcZone(zone);
}

const ESRI_WGS84 = `GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",${RADIUS}.0,${INVERSE_FLATTENING_WGS84}]],PRIMEM["Greenwich",0.0],UNIT["Degree",${DEGREE}]]`;
const ESRI_2000 = `GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",${RADIUS}.0,${INVERSE_FLATTENING_GRS80}]],PRIMEM["Greenwich",0.0],UNIT["Degree",${DEGREE}]]`;
const OGC_WGS84 = `GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",${RADIUS},${INVERSE_FLATTENING_WGS84},AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",${DEGREE},AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]]`;
const OGC_2000 = `GEOGCS["China Geodetic Coordinate System 2000",DATUM["China_2000",SPHEROID["CGCS2000",${RADIUS},${INVERSE_FLATTENING_GRS80},AUTHORITY["EPSG","1024"]],AUTHORITY["EPSG","1043"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",${DEGREE},AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4490"]]`;

const eastingOf = ({ zone, prefixed }: ChineseZone): number => (prefixed ? zone * 1_000_000 : 0) + 500_000;

function esriZone(zone: ChineseZone): string {
  const width = zone.widthDeg === 3 ? '3_Degree_' : '';
  const part = zone.prefixed ? `Zone_${zone.zone}` : `CM_${zone.centralMeridian}E`;
  return `PROJCS["CGCS2000_${width}GK_${part}",${ESRI_2000},PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",${eastingOf(zone)}.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",${zone.centralMeridian}.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]`;
}

function ogcZone(zone: ChineseZone): string {
  // The 6-degree zones have no width in their EPSG name.
  const width = zone.widthDeg === 3 ? '3-degree ' : '';
  const part = zone.prefixed ? `zone ${zone.zone}` : `CM ${zone.centralMeridian}E`;
  const number = zone.code.slice('EPSG:'.length);
  return `PROJCS["CGCS2000 / ${width}Gauss-Kruger ${part}",${OGC_2000},PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",${zone.centralMeridian}],PARAMETER["scale_factor",1],PARAMETER["false_easting",${eastingOf(zone)}],PARAMETER["false_northing",0],UNIT["metre",1,AUTHORITY["EPSG","9001"]],AXIS["Northing",NORTH],AXIS["Easting",EAST],AUTHORITY["EPSG","${number}"]]`;
}
