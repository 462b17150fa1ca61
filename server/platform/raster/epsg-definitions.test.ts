import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CrsCode } from '../../../gis/crs/crs.ts';
import { parseCrs } from '../../../gis/crs/parse-crs.ts';
import { projectorFor } from '../../../gis/crs/projector.ts';
import { GisError } from '../../../gis/errors.ts';
import type { Position } from '../../../gis/types.ts';
import { nodeDeflate, nodeCodecs } from './node-codecs.ts';
import { openGeoTiff } from '../../../gis/raster/open-geotiff.ts';
import { writeGeoTiff } from '../../../gis/raster/write-geotiff.ts';
import { memorySource } from '../../../test/helpers/raster.ts';
import { findEpsgDefinition } from './epsg-definitions.ts';

const listed = (code: string, towgs84?: readonly number[]) =>
  parseCrs(code, { definitionOf: findEpsgDefinition, towgs84 });
const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof GisError) return error.code;
    throw error;
  }
  return 'nothing thrown';
};

/** PROJ 9.1, the axes in the order east, north: of a country each, in metres, feet, on a cone, a plane and a pole. */
const VECTORS: readonly (readonly [CrsCode, Position, Position])[] = [
  ['EPSG:2154', [2.35, 48.85], [652301.564830528, 6861302.72589958]],
  ['EPSG:3413', [-45, 75], [0, -1633879.49747079]],
  ['EPSG:3031', [90, -75], [1638783.23840724, 0]],
  ['EPSG:6931', [10, 80], [193688.749052232, -1098463.48116442]],
  ['EPSG:2263', [-73.98, 40.75], [989791.457348593, 212522.519239254]],
  ['EPSG:5179', [127, 37.5], [955804.816341383, 1944643.71578853]],
  ['EPSG:4087', [10, 20], [1113194.90793274, 2226389.81586547]],
];
/** One code in so many; every one takes a quarter of an hour. */
const SAMPLE = process.env['REGREEN_LONG_TESTS'] === '1' ? 1 : 400;
const hasGdal = spawnSync('gdaltransform', ['--version']).status === 0;

/** The middle of the area that the list gives for a code. */
function areaOf(epsg: number): Position | undefined {
  const path = new URL(`../../../node_modules/epsg-index/s/${epsg}.json`, import.meta.url);
  if (!existsSync(path)) return undefined;
  const { bbox } = JSON.parse(readFileSync(path, 'utf8')) as { bbox?: [number, number, number, number] | null };
  if (!bbox || bbox[1] > bbox[3]) return undefined;
  return [(bbox[1] + bbox[3]) / 2, (bbox[0] + bbox[2]) / 2];
}

describe('codes from the list', () => {
  it('are those that the core has no rule for', () => {
    expect(codeOf(() => parseCrs('EPSG:2154'))).toBe('crs-unsupported');
    const crs = listed('EPSG:2154');
    expect(crs).toMatchObject({ kind: 'projected', unitM: 1 });
    expect(parseCrs(crs.definition).definition).toBe(crs.definition);
    expect(listed('EPSG:2263').unitM).toBeCloseTo(0.3048006096, 9);
  });

  it.each(VECTORS)('%s of %j is %j', (code, position, expected) => {
    const [x, y] = projectorFor(listed(code)).forward(position);
    expect(Math.hypot(x - expected[0], y - expected[1])).toBeLessThan(0.001);
    const back = projectorFor(listed(code)).inverse([x, y]);
    expect(Math.hypot(back[0] - position[0], back[1] - position[1])).toBeLessThan(1e-8);
  });

  it.skipIf(!hasGdal)(
    'a sample of the list lands where PROJ puts it (skipped without GDAL)',
    { timeout: 600_000 },
    () => {
      let compared = 0;
      for (let epsg = 2000; epsg < 33_000; epsg += 1) {
        const area = (epsg * 7) % SAMPLE === 0 ? areaOf(epsg) : undefined;
        if (area === undefined || codeOf(() => listed(`EPSG:${epsg}`)) !== 'nothing thrown') continue;
        const answer = spawnSync('gdaltransform', ['-s_srs', 'EPSG:4326', '-t_srs', `EPSG:${epsg}`, '-output_xy'], {
          input: `${area[0]} ${area[1]}\n`,
          encoding: 'utf8',
        });
        const [x = NaN, y = NaN] = answer.stdout.trim().split(' ').map(Number);
        // Its list is older than ours.
        if (answer.status !== 0 || Number.isNaN(x) || Number.isNaN(y)) continue;
        const crs = listed(`EPSG:${epsg}`);
        const [ourX, ourY] = projectorFor(crs).forward(area);
        const unitM = crs.unitM ?? 111_000;
        const apart = Math.hypot(ourX - x, ourY - y) * unitM;
        // Datums that are taken as WGS 84 differ from it by up to a metre or four.
        expect([epsg, apart < 4 ? 'near' : apart]).toEqual([epsg, 'near']);
        compared += 1;
      }
      expect(compared).toBeGreaterThan(5);
    },
  );

  it('shift no datum by themselves: parameters are the user’s', () => {
    // OSGB36, KKJ, Kuwait, New Beijing, NAD27: by grid, by seven parameters, on GRS 80, on Krassowsky, by grid.
    for (const code of ['EPSG:27700', 'EPSG:2393', 'EPSG:31901', 'EPSG:4555', 'EPSG:26713']) {
      expect([code, codeOf(() => listed(code))]).toEqual([code, 'crs-datum-parameters-required']);
    }
    // PROJ 9.1 with the same parameters.
    const british = listed('EPSG:27700', [446.448, -125.157, 542.06, 0.1502, 0.247, 0.8421, -20.4894]);
    const [x, y] = projectorFor(british).forward([-0.1276, 51.5072]);
    expect(Math.hypot(x - 530043.197868878, y - 180358.2086992)).toBeLessThan(0.001);
  });

  it('are refused where they are no system of a map, or run west and south', () => {
    for (const code of ['EPSG:5773', 'EPSG:4978', 'EPSG:2048', 'EPSG:6991', 'EPSG:999999']) {
      expect([code, codeOf(() => listed(code))]).toEqual([code, 'crs-unsupported']);
    }
  });
});

describe('rasters in systems of the list', () => {
  const grid = { width: 4, height: 4, originX: 652_000, originY: 6_862_000, cellWidth: 10, cellHeight: 10 };
  const write = (crs: string) =>
    writeGeoTiff(
      { width: 4, height: 4, bands: [new Uint8Array(16).fill(7)] },
      { grid: { ...grid, crs }, sampleType: 'uint8', tileSize: 16 },
      nodeDeflate,
    );

  it('open where the host has the list, and are refused by name where it has none', async () => {
    const bytes = await write('EPSG:2154');
    const file = await openGeoTiff(memorySource(bytes), nodeCodecs);
    expect(file.image.grid.crs).toContain('+proj=lcc');
    await expect(openGeoTiff(memorySource(bytes))).rejects.toMatchObject({ code: 'raster-crs-unsupported' });
  });

  it("take the user's own shift on a datum that needs one", async () => {
    const bytes = await write('EPSG:2361');
    await expect(openGeoTiff(memorySource(bytes), nodeCodecs)).rejects.toMatchObject({
      code: 'crs-datum-parameters-required',
    });
    const file = await openGeoTiff(memorySource(bytes), nodeCodecs, { towgs84: [10, 20, 30] });
    expect(file.image.grid.crs).toContain('+towgs84=10,20,30');
  });
});
