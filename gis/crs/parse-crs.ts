import proj4 from 'proj4';
import {
  EQUATORIAL_RADIUS_M,
  INVERSE_FLATTENING_GRS80,
  INVERSE_FLATTENING_WGS84,
  RADIANS_PER_DEGREE,
} from '../earth/ellipsoid.ts';
import { GisError } from '../errors.ts';
import type { Crs, CrsCode } from './crs.ts';
import { findCgcs2000Code, findKnownCrs } from './families.ts';

export interface ParseCrsOptions {
  /** 3 or 7 parameters to WGS 84 in the sense of PROJ's `+towgs84`, for datums that need the user's own. */
  readonly towgs84?: readonly number[] | undefined;
  /** PROJ definition of an EPSG code that the core has no rule for; the host may keep a list. */
  readonly definitionOf?: ((epsg: number) => string | undefined) | undefined;
}

/**
 * The system of an EPSG code. Throws GisError 'crs-unsupported' for a code that is not accepted and
 * 'crs-datum-parameters-required' for Xi'an 1980 and Beijing 1954 without `towgs84`.
 */
export function getCrs(code: CrsCode, options: ParseCrsOptions = {}): Crs {
  const epsg = Number(code.slice('EPSG:'.length));
  const known = findKnownCrs(epsg);
  if (known !== undefined) return withParameters(known.crs, known.needsParameters, options);
  const definition = options.definitionOf?.(epsg);
  if (definition === undefined) throw new GisError('crs-unsupported', { crs: code });
  return readListed(definition, code, options);
}

/**
 * Reads `EPSG:4527`, `urn:ogc:def:crs:EPSG::4527`, `http://www.opengis.net/def/crs/EPSG/0/4527`, `CRS84`, WKT 1 (also
 * Esri's) and WKT 2, and PROJ strings. A definition that is one of the known codes is named by it. Throws GisError
 * 'crs-unreadable', 'crs-unsupported' or 'crs-datum-parameters-required' (params `crs`).
 */
export function parseCrs(text: string, options: ParseCrsOptions = {}): Crs {
  const trimmed = text.replace(/^﻿/, '').trim();
  if (
    /^(urn:ogc:def:crs:OGC:[\d.]*:CRS84|(https?:\/\/www\.opengis\.net\/def\/crs\/)?OGC[:/](1\.3\/)?CRS84|CRS84)$/i.test(
      trimmed,
    )
  ) {
    return getCrs('EPSG:4326');
  }
  const epsg =
    /^(?:EPSG:{1,2}|urn:ogc:def:crs:EPSG:[\d.]*:|https?:\/\/www\.opengis\.net\/def\/crs\/EPSG\/[\d.]+\/)?(\d{4,6})$/i.exec(
      trimmed,
    );
  if (epsg !== null) return getCrs(`EPSG:${Number(epsg[1])}`, options);
  if (!trimmed.startsWith('+') && !trimmed.includes('['))
    throw new GisError('crs-unreadable', { crs: shorten(trimmed) });
  return readDefinition(trimmed, options);
}

const shorten = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}…` : text);

function withParameters<T extends Crs>(crs: T, needsParameters: boolean, options: ParseCrsOptions): T {
  if (!needsParameters) return crs;
  const parameters = options.towgs84;
  if (parameters === undefined || (parameters.length !== 3 && parameters.length !== 7)) {
    throw new GisError('crs-datum-parameters-required', { crs: crs.code ?? crs.nameEn });
  }
  return { ...crs, definition: `${crs.definition} +towgs84=${parameters.join(',')}` };
}

/**
 * A definition from a list. It has no code: the code alone would be read again without the list. A datum with a shift needs the user's
 * parameters, as Xi'an 1980 does: lists give one shift for a whole continent, some with the rotations the wrong way round, and are off by
 * tens to hundreds of metres. Systems that count to the west or south are not those of any map here.
 */
function readListed(listed: string, code: CrsCode, options: ParseCrsOptions): Crs {
  const text = listed.replace(/\+type=crs\s*/g, '').trim();
  if (/\+axis=(?!enu)/.test(text)) throw new GisError('crs-unsupported', { crs: code });
  const shift = /\+towgs84=(\S+)/.exec(text)?.[1]?.split(',') ?? [];
  const isLocal = /\+nadgrids=(?!@null)/.test(text) || shift.some(value => Number(value) !== 0);
  const bare = text.replace(/\+(nadgrids|towgs84)=\S+\s*/g, '').trim();
  if (!isLocal && options.towgs84 === undefined) return readDefinition(bare, options, code);
  const { towgs84 } = options;
  if (towgs84 === undefined) throw new GisError('crs-datum-parameters-required', { crs: code });
  return withParameters(
    { ...readDefinition(bare, { towgs84 }, code), code: undefined, definition: bare },
    true,
    options,
  );
}

/** What proj4 understood of a definition; its own types leave most of it out. */
interface Understood {
  readonly projName?: string;
  readonly name?: string;
  readonly title?: string;
  readonly a?: number;
  readonly b?: number;
  readonly rf?: number;
  readonly datum_params?: readonly (number | string)[];
  readonly nadgrids?: string;
  readonly long0?: number;
  readonly lat0?: number;
  readonly x0?: number;
  readonly y0?: number;
  readonly k0?: number;
  readonly to_meter?: number;
  readonly utmSouth?: boolean;
  readonly zone?: number;
  readonly from_greenwich?: number;
}

function understand(text: string): Understood {
  try {
    return new (proj4.Proj as unknown as new (text: string) => Understood)(text);
  } catch (cause) {
    // proj4 throws strings as well as errors, also for projections that it does not have.
    const unsupported = /PROJECTION|\+proj=/i.test(text) && /could not get projection|projection/i.test(String(cause));
    throw new GisError(unsupported ? 'crs-unsupported' : 'crs-unreadable', { crs: shorten(text) }, { cause });
  }
}

/** proj4 reads WKT 2 of 2015 as if it had no ellipsoid: the same words of 2019 it knows. */
const modernise = (text: string): string => text.replace(/\b(BASE)?GEODCRS\s*\[/gi, '$1GEOGCRS[');

function readDefinition(original: string, options: ParseCrsOptions, listedAs?: CrsCode): Crs {
  const text = modernise(original);
  // An authority code outside of all brackets but the first names the whole system.
  const authority = /(?:AUTHORITY|ID)\s*\[\s*"EPSG"\s*,\s*"?(\d+)"?\s*\]\s*\]\s*$/i.exec(text);
  if (authority !== null) {
    const known = findKnownCrs(Number(authority[1]));
    if (known !== undefined) return withParameters(known.crs, known.needsParameters, options);
  }
  // Its WKT 2 form is read as a Mercator of the ellipsoid by proj4, 24 km off.
  if (/pseudo.?mercator|web_mercator|mercator_auxiliary_sphere/i.test(text)) return getCrs('EPSG:3857');
  const system = understand(text);
  if (system.projName === 'merc' && system.a === EQUATORIAL_RADIUS_M && system.b === EQUATORIAL_RADIUS_M) {
    const isWhole = (system.long0 ?? 0) === 0 && (system.x0 ?? 0) === 0 && (system.y0 ?? 0) === 0;
    if (isWhole && (system.k0 ?? 1) === 1 && (system.to_meter ?? 1) === 1) return getCrs('EPSG:3857');
  }
  assertEllipsoidOf(text, system);
  const name = listedAs ?? /^\w+\s*\[\s*"([^"]*)"/.exec(text)?.[1] ?? system.title ?? shorten(text);
  if (system.projName === undefined || system.projName === 'geocent')
    throw new GisError('crs-unsupported', { crs: name });
  const kind = system.projName === 'longlat' ? 'geographic' : 'projected';
  const match = matchKnown(system, kind, text);
  if (match !== undefined) return match;
  const centralMeridian = isTransverseMercator(system.projName) ? degrees(system.long0) : undefined;
  const unitM = kind === 'projected' ? (system.to_meter ?? 1) : undefined;
  const crs: Crs = { nameEn: name, kind, definition: text, unitM, centralMeridian };
  // Only a shift that the text itself states: proj4's own for named datums is 186 m off for one of them.
  const shifted = /towgs84|abridgedtransformation/i.test(text) && hasShift(system);
  if (isWgs84Ellipsoid(system) || shifted) return crs;
  if (options.towgs84 === undefined) throw new GisError('crs-datum-parameters-required', { crs: name });
  if (text.startsWith('+')) return withParameters(crs, true, options);
  return withParameters({ ...crs, definition: toProjString(system, name) }, true, options);
}

/** Refuses a definition of which the ellipsoid got lost on the way: a silent WGS 84 in its place is 100 m off. */
function assertEllipsoidOf(text: string, system: Understood): void {
  const written = /(?:ELLIPSOID|SPHEROID)\s*\[\s*"[^"]*"\s*,\s*([\d.eE+]+)/i.exec(text);
  const radius = Number(written?.[1]);
  const isOther = written !== null && (system.a === undefined || Math.abs(system.a - radius) > 1e-6 * radius);
  // Names that the library does not know become WGS 84 as well.
  const named = /\+(?:ellps|datum)=(\S+)/.exec(text)?.[1];
  const isUnknown = named !== undefined && !/^(WGS84|GRS80|NAD83)$/i.test(named) && isWgs84Ellipsoid(system);
  if (isOther || isUnknown) throw new GisError('crs-unsupported', { crs: shorten(text) });
}

const hasShift = (system: Understood): boolean => (system.datum_params ?? []).some(value => Number(value) !== 0);
const degrees = (radians: number | undefined): number => Number(((radians ?? 0) / RADIANS_PER_DEGREE).toFixed(9));
const isTransverseMercator = (projName: string): boolean =>
  /^(tmerc|etmerc|utm|transverse_mercator|transverse mercator|gauss_kruger|gauss kruger|fast_tmerc)$/i.test(projName);

function isWgs84Ellipsoid({ a, b, rf }: Understood): boolean {
  if (a === undefined || Math.abs(a - EQUATORIAL_RADIUS_M) > 1e-3) return false;
  const inverse = rf ?? (b === undefined || a === b ? 0 : a / (a - b));
  return Math.abs(inverse - INVERSE_FLATTENING_WGS84) < 1e-5 || Math.abs(inverse - INVERSE_FLATTENING_GRS80) < 1e-5;
}

/** Names a definition by the code of which it has all the parameters. */
function matchKnown(system: Understood, kind: Crs['kind'], text: string): Crs | undefined {
  if (!isWgs84Ellipsoid(system)) return undefined;
  if (hasShift(system) || (system.from_greenwich ?? 0) !== 0) return undefined;
  const names = text.replace(/towgs84/gi, '');
  const isWgs84 = /WGS[ _]?(19)?84/i.test(names);
  const isNamedChinese = /CGCS.?2000|China.?(Geodetic|2000)|2000.?国家/i.test(names);
  // A PROJ string has no names: GRS 80 in a whole zone of China is CGCS2000.
  const isChinese = isNamedChinese || (kind === 'projected' && /\+ellps=GRS80/.test(text));
  if (kind === 'geographic') {
    if (isChinese) return getCrs('EPSG:4490');
    return isWgs84 ? getCrs('EPSG:4326') : undefined;
  }
  if (!isTransverseMercator(system.projName ?? '') || (system.to_meter ?? 1) !== 1) return undefined;
  const meridian = degrees(system.long0);
  const near = (value: number | undefined, expected: number): boolean => Math.abs((value ?? 0) - expected) < 1e-6;
  if (isWgs84 && near(system.k0, 0.9996) && near(system.x0, 500_000) && (meridian + 183) % 6 === 0) {
    const zone = (meridian + 183) / 6;
    if (near(system.y0, 10_000_000) || system.utmSouth === true) return getCrs(`EPSG:${32700 + zone}`);
    return near(system.y0, 0) ? getCrs(`EPSG:${32600 + zone}`) : undefined;
  }
  if (!isChinese || !near(system.k0 ?? 1, 1) || !near(system.lat0, 0) || !near(system.y0, 0)) return undefined;
  for (const widthDeg of sixDegreeFirst(text) ? ([6, 3] as const) : ([3, 6] as const)) {
    for (const prefixed of [true, false]) {
      const zone = widthDeg === 3 ? meridian / 3 : (meridian + 3) / 6;
      if (!near(system.x0, (prefixed ? zone : 0) * 1_000_000 + 500_000)) continue;
      const code = findCgcs2000Code({ widthDeg, centralMeridian: meridian, prefixed });
      if (code !== undefined) return getCrs(code);
    }
  }
  return undefined;
}

/** Both widths share some central meridians: then only the name tells them apart. */
const sixDegreeFirst = (text: string): boolean =>
  !/3.?degree|3度/i.test(text) && /GK_Zone_(1[3-9]|2[0-3])\b|6.?degree|GK_CM|6度/i.test(text);

/** Transverse Mercator and geographic systems only: all that Xi'an 1980 and Beijing 1954 come in. */
function toProjString(system: Understood, name: string): string {
  const ellipsoid = `+a=${system.a} ${system.rf === undefined ? `+b=${system.b}` : `+rf=${system.rf}`}`;
  if (system.projName === 'longlat') return `+proj=longlat ${ellipsoid} +no_defs`;
  if (!isTransverseMercator(system.projName ?? '')) throw new GisError('crs-unsupported', { crs: name });
  const scale = `+k=${system.k0 ?? 1} +x_0=${system.x0 ?? 0} +y_0=${system.y0 ?? 0}`;
  const origin = `+lat_0=${degrees(system.lat0)} +lon_0=${degrees(system.long0)}`;
  return `+proj=tmerc ${origin} ${scale} ${ellipsoid} +to_meter=${system.to_meter ?? 1} +no_defs`;
}
