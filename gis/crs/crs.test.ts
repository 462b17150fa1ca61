import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { polygonAreaM2 } from '../earth/polygon-area.ts';
import { GisError } from '../errors.ts';
import type { Position, Ring } from '../types.ts';
import type { CrsCode } from './crs.ts';
import { getCrs, parseCrs } from './parse-crs.ts';
import { projectPolygon } from './project-polygon.ts';
import { projectorFor } from './projector.ts';

/** PROJ 9.1 by gdaltransform. */
const PROJ: readonly [CrsCode, Position, Position][] = [
  ['EPSG:4527', [116.3, 33.9], [39435254.3544221, 3752789.89333485]],
  ['EPSG:4527', [110.5, 24.25], [38838951.719093, 2698423.97585494]],
  ['EPSG:4549', [117.9, 41.2], [323845.97411561, 4564911.34618213]],
  ['EPSG:4498', [117.9, 41.2], [20575492.7308041, 4563175.02583527]],
  ['EPSG:4509', [116.3, 33.9], [435254.354422102, 3752789.89333485]],
  ['EPSG:32650', [110.5, 24.25], [-160783.861592788, 2697344.6063454]],
  ['EPSG:32750', [116.3, 33.9], [435280.252680664, 13751288.7774811]],
  ['EPSG:3857', [116.3, 33.9], [12946456.7792577, 4015382.36007316]],
  ['EPSG:3035', [10, 50], [4321000, 2987510.56696494]],
];

const esriZone39 =
  'PROJCS["CGCS2000_3_Degree_GK_Zone_39",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",39500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",117.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]';
const xian = esriZone39
  .replace('CGCS2000_3_Degree_GK_Zone_39', 'Xian_1980_3_Degree_GK_Zone_39')
  .replace('GCS_China_Geodetic_Coordinate_System_2000', 'GCS_Xian_1980')
  .replace('D_China_2000', 'D_Xian_1980')
  .replace('"CGCS2000",6378137.0,298.257222101', '"Xian_1980",6378140.0,298.257');
const wkt2Of2015 =
  'PROJCRS["Xian 1980 / zone 37",BASEGEODCRS["Xian 1980",DATUM["Xian 1980",ELLIPSOID["IAG 1975",6378140,298.257,LENGTHUNIT["metre",1]]],PRIMEM["Greenwich",0,ANGLEUNIT["degree",0.0174532925199433]]],CONVERSION["zone 37",METHOD["Transverse Mercator"],PARAMETER["Latitude of natural origin",0,ANGLEUNIT["degree",0.0174532925199433]],PARAMETER["Longitude of natural origin",111,ANGLEUNIT["degree",0.0174532925199433]],PARAMETER["Scale factor at natural origin",1,SCALEUNIT["unity",1]],PARAMETER["False easting",37500000,LENGTHUNIT["metre",1]],PARAMETER["False northing",0,LENGTHUNIT["metre",1]]],CS[Cartesian,2],AXIS["northing (X)",north,ORDER[1],LENGTHUNIT["metre",1]],AXIS["easting (Y)",east,ORDER[2],LENGTHUNIT["metre",1]]]';
const webMercatorWkt2 =
  'PROJCRS["WGS 84 / Pseudo-Mercator",BASEGEOGCRS["WGS 84",DATUM["World Geodetic System 1984",ELLIPSOID["WGS 84",6378137,298.257223563]]],CONVERSION["x",METHOD["Popular Visualisation Pseudo Mercator"],PARAMETER["False easting",0],PARAMETER["False northing",0]],CS[Cartesian,2],AXIS["easting",east],AXIS["northing",north],LENGTHUNIT["metre",1]]';

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof GisError) return error.code;
    throw error;
  }
  return 'nothing thrown';
}

describe('projectorFor', () => {
  it.each(PROJ)('%s takes %j where PROJ takes it, easting first', (code, position, expected) => {
    const projected = projectorFor(code).forward(position);
    expect(projected[0]).toBeCloseTo(expected[0], 3);
    expect(projected[1]).toBeCloseTo(expected[1], 3);
    const back = projectorFor(code).inverse(projected);
    expect(Math.hypot(back[0] - position[0], back[1] - position[1])).toBeLessThan(1e-8);
  });

  it('leaves CGCS2000 degrees as they are', () => {
    expect(projectorFor('EPSG:4490').forward([112.5, 35])).toEqual([112.5, 35]);
    expect(projectorFor('EPSG:4490').isIdentity).toBe(true);
  });

  it('refuses a position that the projection cannot hold', () => {
    expect(codeOf(() => projectorFor('EPSG:4527').forward([Number.NaN, 30]))).toBe('position-outside-crs');
    expect(codeOf(() => projectorFor('EPSG:3857').forward([0, 90]))).toBe('position-outside-crs');
    for (const latitude of [95, -91, 396, 1000]) {
      expect(codeOf(() => projectorFor('EPSG:32649').forward([112, latitude]))).toBe('position-outside-crs');
    }
  });
});

/** Code, longitude and PROJ's easting of it at 37.5 N, by PROJ 9.1 and its own copy of EPSG: every zone of CGCS2000, in all four numberings. */
const ZONES = [
  4491, 76.25, 13610534.0975, 4492, 82.25, 14610534.0975, 4493, 88.25, 15610534.0975, 4494, 94.25, 16610534.0975, 4495,
  100.25, 17610534.0975, 4496, 106.25, 18610534.0975, 4497, 112.25, 19610534.0975, 4498, 118.25, 20610534.0975, 4499,
  124.25, 21610534.0975, 4500, 130.25, 22610534.0975, 4501, 136.25, 23610534.0975, 4502, 76.25, 610534.0975, 4503,
  82.25, 610534.0975, 4504, 88.25, 610534.0975, 4505, 94.25, 610534.0975, 4506, 100.25, 610534.0975, 4507, 106.25,
  610534.0975, 4508, 112.25, 610534.0975, 4509, 118.25, 610534.0975, 4510, 124.25, 610534.0975, 4511, 130.25,
  610534.0975, 4512, 136.25, 610534.0975, 4513, 76.25, 25610534.0975, 4514, 79.25, 26610534.0975, 4515, 82.25,
  27610534.0975, 4516, 85.25, 28610534.0975, 4517, 88.25, 29610534.0975, 4518, 91.25, 30610534.0975, 4519, 94.25,
  31610534.0975, 4520, 97.25, 32610534.0975, 4521, 100.25, 33610534.0975, 4522, 103.25, 34610534.0975, 4523, 106.25,
  35610534.0975, 4524, 109.25, 36610534.0975, 4525, 112.25, 37610534.0975, 4526, 115.25, 38610534.0975, 4527, 118.25,
  39610534.0975, 4528, 121.25, 40610534.0975, 4529, 124.25, 41610534.0975, 4530, 127.25, 42610534.0975, 4531, 130.25,
  43610534.0975, 4532, 133.25, 44610534.0975, 4533, 136.25, 45610534.0975, 4534, 76.25, 610534.0975, 4535, 79.25,
  610534.0975, 4536, 82.25, 610534.0975, 4537, 85.25, 610534.0975, 4538, 88.25, 610534.0975, 4539, 91.25, 610534.0975,
  4540, 94.25, 610534.0975, 4541, 97.25, 610534.0975, 4542, 100.25, 610534.0975, 4543, 103.25, 610534.0975, 4544,
  106.25, 610534.0975, 4545, 109.25, 610534.0975, 4546, 112.25, 610534.0975, 4547, 115.25, 610534.0975, 4548, 118.25,
  610534.0975, 4549, 121.25, 610534.0975, 4550, 124.25, 610534.0975, 4551, 127.25, 610534.0975, 4552, 130.25,
  610534.0975, 4553, 133.25, 610534.0975, 4554, 136.25, 610534.0975,
];
const NORTHING = 4152736.2168;

describe('getCrs', () => {
  it('has every zone of CGCS2000 where PROJ has it', () => {
    const codes: number[] = [];
    for (let i = 0; i < ZONES.length; i += 3) {
      const [code, lng, easting] = ZONES.slice(i, i + 3) as [number, number, number];
      codes.push(code);
      const { forward, inverse } = projectorFor(`EPSG:${code}`);
      const [x, y] = forward([lng, 37.5]);
      expect([code, Math.abs(x - easting) < 1e-3, Math.abs(y - NORTHING) < 1e-3]).toEqual([code, true, true]);
      const [backLng, lat] = inverse([easting, NORTHING]);
      expect(Math.hypot(backLng - lng, lat - 37.5)).toBeLessThan(1e-8);
    }
    expect(codes).toEqual(Array.from({ length: 64 }, (_, i) => 4491 + i));
  });

  it('numbers the Gauss-Kruger zones of CGCS2000 as EPSG does', () => {
    for (let zone = 25; zone <= 45; zone++) {
      expect(getCrs(`EPSG:${4488 + zone}`).centralMeridian).toBe(zone * 3);
      expect(getCrs(`EPSG:${4488 + zone}`).definition).toContain(`+x_0=${zone}500000 `);
      expect(getCrs(`EPSG:${4534 + zone - 25}`).centralMeridian).toBe(zone * 3);
    }
    for (let zone = 13; zone <= 23; zone++) {
      expect(getCrs(`EPSG:${4478 + zone}`).centralMeridian).toBe(zone * 6 - 3);
      expect(getCrs(`EPSG:${4489 + zone}`).centralMeridian).toBe(zone * 6 - 3);
    }
    expect(getCrs('EPSG:4526').nameZh).toBe('2000国家大地坐标系 3度分带 38带');
  });

  it('refuses by name what it does not know and what needs local parameters', () => {
    expect(codeOf(() => getCrs('EPSG:27700'))).toBe('crs-unsupported');
    expect(codeOf(() => getCrs('EPSG:2361'))).toBe('crs-datum-parameters-required');
    expect(codeOf(() => getCrs('EPSG:4214'))).toBe('crs-datum-parameters-required');
  });

  it("takes Xi'an 1980 with the user's own parameters", () => {
    const crs = getCrs('EPSG:2361', { towgs84: [100, 0, 0] });
    const [x] = projectorFor(crs).forward([111, 35]);
    // PROJ 9.1 with the same seven parameters, for this datum and for Beijing 1954.
    const seven = getCrs('EPSG:2361', { towgs84: [24, -123, -94, 0.02, -0.25, 0.13, -1.1] });
    const [east, north] = projectorFor(seven).forward([110.4, 35.2]);
    expect(Math.hypot(east - 37445332.4422388, north - 3896955.93502603)).toBeLessThan(1e-3);
    const beijing = getCrs('EPSG:2414', { towgs84: [15.8, -154.4, -82.3, 0.5, -0.3, 0.2, 1.1] });
    const [y, north54] = projectorFor(beijing).forward([113.4, 36.2]);
    expect(Math.hypot(y - 38445976.8747105, north54 - 4007939.08341628)).toBeLessThan(1e-3);
    // 100 m along the Earth's X axis, seen at longitude 111: 100·sin 111° to the east, reversed on the way there.
    expect(Math.abs(x - 37_500_000)).toBeCloseTo(100 * Math.sin((111 * Math.PI) / 180), 0);
  });
});

const hasGdal = spawnSync('gdaltransform', ['--version']).status === 0;

/** PROJ's answers, east before north. */
function byProj(target: string, positions: readonly Position[]): Position[] {
  const input = positions.map(([lng, lat]) => `${lng} ${lat}`).join('\n');
  const answer = spawnSync('gdaltransform', ['-s_srs', 'EPSG:4326', '-t_srs', target, '-output_xy'], {
    input: `${input}\n`,
    encoding: 'utf8',
  });
  return answer.stdout
    .trim()
    .split('\n')
    .map(line => line.split(' ').map(Number) as unknown as Position);
}

describe.skipIf(!hasGdal)('PROJ agrees (skipped where GDAL is not installed)', () => {
  // A process a code: all of them where time is no matter, every seventh otherwise.
  const codes = Array.from({ length: 64 }, (_, i): CrsCode => `EPSG:${4491 + i}`).filter(
    (_, i) => process.env['REGREEN_LONG_TESTS'] === '1' || i % 7 === 0,
  );
  const others: CrsCode[] = ['EPSG:32643', 'EPSG:32653', 'EPSG:32748', 'EPSG:3857', 'EPSG:4490'];

  it.each([...codes, ...others])('on %s, all over its zone and at its edges', code => {
    const meridian = getCrs(code).centralMeridian ?? 105;
    const half = code === 'EPSG:3857' || code === 'EPSG:4490' ? 60 : 3;
    const positions = [-half, -half / 3, 0, half / 2, half].flatMap(off =>
      [18, 36.5, 53].map((lat): Position => [meridian + off, code === 'EPSG:32748' ? -lat : lat]),
    );
    byProj(code, positions).forEach(([x, y], i) => {
      const [ourX, ourY] = projectorFor(code).forward(positions[i] as Position);
      expect(Math.hypot(ourX - x, ourY - y)).toBeLessThan(1e-4);
    });
  });

  it.each([
    ['EPSG:2414', '+proj=tmerc +lat_0=0 +lon_0=114 +k=1 +x_0=38500000 +ellps=krass'],
    ['EPSG:21420', '+proj=tmerc +lat_0=0 +lon_0=117 +k=1 +x_0=20500000 +ellps=krass'],
    ['EPSG:2434', '+proj=tmerc +lat_0=0 +lon_0=111 +k=1 +x_0=500000 +ellps=krass'],
    ['EPSG:2361', '+proj=tmerc +lat_0=0 +lon_0=111 +k=1 +x_0=37500000 +a=6378140 +rf=298.257'],
    ['EPSG:2382', '+proj=tmerc +lat_0=0 +lon_0=111 +k=1 +x_0=500000 +a=6378140 +rf=298.257'],
    ['EPSG:4610', '+proj=longlat +a=6378140 +rf=298.257'],
  ] as const)('on %s with three and with seven parameters of the user', (code, definition) => {
    for (const towgs84 of [
      [15.8, -154.4, -82.3],
      [24, -123, -94, 0.52, -0.25, 0.13, -1.1],
    ]) {
      const position: Position = [(getCrs(code, { towgs84 }).centralMeridian ?? 110) + 0.7, 36.2];
      const [expected] = byProj(`${definition} +towgs84=${towgs84.join(',')}`, [position]);
      const [x, y] = projectorFor(getCrs(code, { towgs84 })).forward(position);
      expect(Math.hypot(x - (expected?.[0] ?? NaN), y - (expected?.[1] ?? NaN))).toBeLessThan(1e-3);
    }
  });
});

describe('parseCrs', () => {
  it.each([
    ['EPSG:4527', 'EPSG:4527'],
    ['epsg:32650', 'EPSG:32650'],
    ['4490', 'EPSG:4490'],
    ['urn:ogc:def:crs:EPSG::4490', 'EPSG:4490'],
    ['urn:ogc:def:crs:EPSG:9.8:4549', 'EPSG:4549'],
    ['urn:ogc:def:crs:OGC:1.3:CRS84', 'EPSG:4326'],
    ['http://www.opengis.net/def/crs/OGC/1.3/CRS84', 'EPSG:4326'],
    ['http://www.opengis.net/def/crs/EPSG/0/3857', 'EPSG:3857'],
    [esriZone39, 'EPSG:4527'],
    [esriZone39.replace('39500000.0', '500000.0').replace('GK_Zone_39', 'GK_CM_117E'), 'EPSG:4548'],
    [esriZone39.replace('39500000.0', '20500000.0').replace('3_Degree_GK_Zone_39', 'GK_Zone_20'), 'EPSG:4498'],
    [esriZone39.replace('39500000.0', '500000.0').replace('3_Degree_GK_Zone_39', 'GK_CM_117E'), 'EPSG:4509'],
    ['+proj=tmerc +lat_0=0 +lon_0=117 +k=1 +x_0=39500000 +y_0=0 +ellps=GRS80 +units=m +no_defs', 'EPSG:4527'],
    ['+proj=utm +zone=50 +datum=WGS84 +units=m +no_defs', 'EPSG:32650'],
    [
      'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]',
      'EPSG:4326',
    ],
    [webMercatorWkt2, 'EPSG:3857'],
  ])('reads %s', (text, code) => {
    expect(parseCrs(text).code).toBe(code);
  });

  it.each([
    ['', 'crs-unreadable'],
    ['GCJ-02', 'crs-unreadable'],
    ['PROJCS["cut off', 'crs-unreadable'],
    ['EPSG:99999', 'crs-unsupported'],
    [xian, 'crs-datum-parameters-required'],
    [wkt2Of2015, 'crs-datum-parameters-required'],
    ['+proj=longlat +ellps=krass +no_defs', 'crs-datum-parameters-required'],
    ['+proj=longlat +ellps=WGS72 +no_defs', 'crs-unsupported'],
    ['+proj=utm +zone=50 +ellps=nonsense +units=m', 'crs-unsupported'],
    [
      '{"type":"GeographicCRS","name":"WGS 84","datum":{"type":"GeodeticReferenceFrame","name":"x","ellipsoid":{"name":"WGS 84","semi_major_axis":6378137,"inverse_flattening":298.257223563}},"coordinate_system":{"subtype":"ellipsoidal","axis":[]}}',
      'crs-unreadable',
    ],
    ['+proj=geocent +datum=WGS84 +units=m +no_defs', 'crs-unsupported'],
    ['+proj=tmerc +lat_0=0 +lon_0=111 +k=1 +x_0=37500000 +ellps=krass +units=m', 'crs-datum-parameters-required'],
  ])('refuses %s', (text, code) => {
    expect(codeOf(() => parseCrs(text))).toBe(code);
  });

  it('takes a definition without a code, and one with parameters of its own', () => {
    const lambert = parseCrs('+proj=lcc +lat_1=30 +lat_2=62 +lat_0=0 +lon_0=105 +x_0=0 +y_0=0 +ellps=GRS80 +units=m');
    expect(lambert.code).toBeUndefined();
    expect(projectorFor(lambert).forward([105, 0])[0]).toBeCloseTo(0, 6);
    expect(parseCrs(`${'+proj=longlat +ellps=krass'} +towgs84=24,-123,-94 +no_defs`).kind).toBe('geographic');
    expect(parseCrs(xian, { towgs84: [0, 0, 0, 0, 0, 0, 0] }).definition).toContain('+rf=298.257 ');
  });
});

describe('areas and projections', () => {
  const square = (x: number, y: number): Ring => [
    [x, y],
    [x + 1000, y],
    [x + 1000, y + 1000],
    [x, y + 1000],
    [x, y],
  ];

  it('gives a plane kilometre at the edge of its zone 999 538.13 m² on the ellipsoid', () => {
    const { forward, inverse } = projectorFor('EPSG:4525');
    const [x, y] = forward([112.5, 35]);
    const ring = square(x - 500, y - 500).map(inverse);
    const areaM2 = polygonAreaM2({ type: 'Polygon', coordinates: [ring] });
    expect(Math.abs(areaM2 - 999_538.13)).toBeLessThan(0.01);
  });

  it('puts points between the ends of an edge until its image is straight enough', () => {
    const ring: Ring = [
      [110, 40],
      [113, 40],
      [113, 41],
      [110, 41],
      [110, 40],
    ];
    const polygon = { type: 'Polygon', coordinates: [ring] } as const;
    const fine = projectPolygon(polygon, 'EPSG:4525', { maxDeviation: 0.5 }).coordinates[0]?.[0] ?? [];
    const { forward, inverse } = projectorFor('EPSG:4525');
    expect(fine.length).toBeGreaterThan(100);
    // Halfway between neighbours the straight line must still be on the parallel or the meridian.
    for (let i = 1; i < fine.length; i++) {
      const [a, b] = [fine[i - 1] as Position, fine[i] as Position];
      const [lng, lat] = inverse([(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]);
      const nearest = forward([
        [110, 113].find(side => Math.abs(side - lng) < 1e-3) ?? lng,
        [40, 41].find(side => Math.abs(side - lat) < 1e-3) ?? lat,
      ]);
      expect(Math.hypot(nearest[0] - (a[0] + b[0]) / 2, nearest[1] - (a[1] + b[1]) / 2)).toBeLessThan(0.5);
    }
    expect(projectPolygon(polygon, 'EPSG:4525').coordinates[0]?.[0]).toHaveLength(5);
    expect(projectPolygon(polygon, 'EPSG:4490', { maxDeviation: 0.1 }).coordinates[0]?.[0]).toEqual(ring);
  });
});
