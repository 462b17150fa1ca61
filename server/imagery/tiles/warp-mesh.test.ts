import proj4 from 'proj4';
import { describe, expect, it } from 'vitest';
import { buildWarpMesh, interpolateRow, pixelSizeAtCentre, tilePlace, type TileAddress } from './warp-mesh.ts';

const utm50 = proj4('EPSG:4326', '+proj=utm +zone=50 +datum=WGS84 +units=m +no_defs');
const toUtm50 = (lng: number, lat: number): readonly [number, number] => utm50.forward([lng, lat]) as [number, number];

function tileAt(lng: number, lat: number, z: number): TileAddress {
  const radians = (lat * Math.PI) / 180;
  return {
    z,
    x: Math.floor(((lng + 180) / 360) * 2 ** z),
    y: Math.floor(((1 - Math.asinh(Math.tan(radians)) / Math.PI) / 2) * 2 ** z),
  };
}

describe('the warp mesh', () => {
  it('puts the corners of the world tile where Web Mercator has them', () => {
    const world = { z: 0, x: 0, y: 0 };
    expect(tilePlace(world, 0, 0)[0]).toBe(-180);
    expect(tilePlace(world, 0, 0)[1]).toBeCloseTo(85.0511287798066, 12);
    expect(tilePlace(world, 256, 256)[1]).toBeCloseTo(-85.0511287798066, 12);
    expect(tilePlace(world, 128, 128)).toEqual([0, 0]);
  });

  it.each([8, 10, 12, 14, 16])('stays within a fifth of a tile pixel of the exact place at zoom %i', z => {
    const tile = tileAt(116.2, 35.3, z);
    const mesh = buildWarpMesh(tile, toUtm50);
    const x = new Float64Array(256);
    const y = new Float64Array(256);
    let worst = 0;
    for (let row = 0; row < 256; row += 5) {
      interpolateRow(mesh, row, x, y);
      for (let col = 0; col < 256; col += 5) {
        const [exactX, exactY] = toUtm50(...tilePlace(tile, col + 0.5, row + 0.5));
        worst = Math.max(worst, Math.hypot((x[col] ?? 0) - exactX, (y[col] ?? 0) - exactY));
      }
    }
    expect(worst / pixelSizeAtCentre(mesh)).toBeLessThan(0.2);
    // At the zooms where single 10 m pixels are seen, the deviation is a small part of one.
    if (z >= 12) expect(worst).toBeLessThan(0.5);
  });

  it('knows the ground size of a tile pixel', () => {
    const mesh = buildWarpMesh(tileAt(117, 35, 14), toUtm50);
    expect(pixelSizeAtCentre(mesh)).toBeCloseTo((40_075_016.686 * Math.cos((35 * Math.PI) / 180)) / 2 ** 14 / 256, 1);
  });
});
