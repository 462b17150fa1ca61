import { describe, expect, it } from 'vitest';
import { GisError } from '../errors.ts';
import { packGeometry } from '../geometry/packed.ts';
import { box } from '../geometry/rings.fixture.ts';
import type { Polygonal, Position, Ring } from '../types.ts';
import { encodeTile, type TileFeature } from './encode-tile.ts';
import { fromMercator, isTile, mercatorX, mercatorY, tileAt, tileBox } from './mercator.ts';
import { decodeTile } from './decode-tile.ts';

/** The ring of tile units `[west, north, east, south]` as longitudes and latitudes. */
function unitBox(z: number, x: number, y: number, west: number, north: number, east: number, south: number): Ring {
  const at = (u: number, v: number): Position => fromMercator((x + u / 4096) / 2 ** z, (y + v / 4096) / 2 ** z);
  return [at(west, south), at(east, south), at(east, north), at(west, north), at(west, south)];
}
const feature = (geometry: Polygonal, attributes = {}, id?: number): TileFeature => ({
  id,
  attributes,
  geometry: packGeometry(geometry),
});
const polygon = (...coordinates: Ring[]): Polygonal => ({ type: 'Polygon', coordinates });
const ringsOf = (features: TileFeature[], z: number, x: number, y: number): [number, number][][] =>
  decodeTile(encodeTile([{ name: 'land', features }], z, x, y))[0]?.features[0]?.rings ?? [];
/** In tile units, y down: positive for a shell. */
const area = (ring: readonly (readonly [number, number])[]): number =>
  ring.reduce((sum, [x1, y1], i) => {
    const [x2, y2] = ring[(i + 1) % ring.length] as readonly [number, number];
    return sum + (x1 * y2 - x2 * y1) / 2;
  }, 0);

describe('tile numbers', () => {
  it('places the world in the unit square', () => {
    expect([mercatorX(-180), mercatorX(0), mercatorX(180)]).toEqual([0, 0.5, 1]);
    expect(mercatorY(0)).toBe(0.5);
    expect(mercatorY(85.0511287798066)).toBeCloseTo(0, 12);
    expect(fromMercator(mercatorX(112.5), mercatorY(35))[1]).toBeCloseTo(35, 12);
  });
  it('accepts exactly the tiles that exist', () => {
    expect(isTile(0, 0, 0)).toBe(true);
    expect(isTile(3, 7, 7)).toBe(true);
    for (const [z, x, y] of [
      [3, 8, 0],
      [3, 0, 8],
      [-1, 0, 0],
      [3, -1, 0],
      [3, 0.5, 0],
      [25, 0, 0],
      [Number.NaN, 0, 0],
    ]) {
      expect(isTile(z as number, x as number, y as number)).toBe(false);
    }
  });
  it('knows the box of a tile and the tile of a place', () => {
    expect(tileBox(1, 1, 0)).toEqual([0, 0, 180, expect.closeTo(85.0511287798066, 10)]);
    expect(tileAt([112.5, 35], 10)).toEqual({ z: 10, x: 832, y: 405 });
  });
});

describe('encodeTile', () => {
  it('writes a square in whole units, clockwise on the screen, with its hole the other way', () => {
    const rings = ringsOf(
      [feature(polygon(unitBox(10, 832, 405, 100, 200, 1100, 1200), unitBox(10, 832, 405, 300, 400, 500, 600)))],
      10,
      832,
      405,
    );
    expect(rings.map(area)).toEqual([1_000_000, -40_000]);
    expect(rings[0]).toEqual(
      expect.arrayContaining([
        [100, 200],
        [1100, 200],
        [1100, 1200],
        [100, 1200],
      ]),
    );
  });

  it('turns rings the right way whatever the winding of the input', () => {
    const reversed = polygon([...unitBox(10, 832, 405, 0, 0, 64, 64)].reverse());
    expect(ringsOf([feature(reversed)], 10, 832, 405).map(area)).toEqual([4096]);
  });

  it('clips to the tile with its margin of 64 units', () => {
    const rings = ringsOf([feature(polygon(unitBox(10, 832, 405, -5000, -5000, 9000, 2000)))], 10, 832, 405);
    expect(area(rings[0] as [number, number][])).toBe(4224 * 2064);
    const covering = ringsOf([feature(polygon(box(100, 20, 130, 50)))], 12, 3300, 1600);
    expect(covering.map(area)).toEqual([4224 * 4224]);
  });

  it('leaves out what does not show: outside, smaller than half a unit, or flat', () => {
    const none = [
      polygon(unitBox(10, 832, 405, 5000, 0, 6000, 100)),
      polygon(unitBox(10, 832, 405, 10, 10, 10.3, 10.3)),
      polygon(unitBox(10, 832, 405, 10, 10.1, 900, 10.2)),
    ];
    for (const geometry of none)
      expect(encodeTile([{ name: 'land', features: [feature(geometry)] }], 10, 832, 405)).toHaveLength(0);
    expect(encodeTile([{ name: 'land', features: [] }], 0, 0, 0)).toHaveLength(0);
  });

  it('does not give the hole of a vanished part to the part before it', () => {
    const geometry: Polygonal = {
      type: 'MultiPolygon',
      coordinates: [
        [unitBox(10, 832, 405, 0, 0, 100, 100)],
        [unitBox(10, 832, 405, 5000, 0, 6000, 1000), unitBox(10, 832, 405, 5100, 100, 5200, 200)],
      ],
    };
    expect(ringsOf([feature(geometry)], 10, 832, 405)).toHaveLength(1);
  });

  it('simplifies by half a unit', () => {
    const at = (u: number, v: number): Position => fromMercator((832 + u / 4096) / 1024, (405 + v / 4096) / 1024);
    const wavy = Array.from({ length: 1000 }, (_, i) => at(i, 100 + 0.3 * Math.sin(i)));
    const ring: Ring = [...wavy, at(1000, 500), at(0, 500), wavy[0] as Position];
    expect((ringsOf([feature(polygon(ring))], 10, 832, 405)[0] ?? []).length).toBeLessThan(8);
  });

  it('writes ids and attributes with their types, and shares equal ones', () => {
    const attributes = {
      stage: 'EST',
      nameZh: '中州铝业 鳌头 𠮷',
      areaM2: 1234.5,
      whole: 7,
      negative: -3,
      big: 2 ** 40,
      assumed: true,
      nothing: null,
      missing: undefined,
    };
    const square = polygon(unitBox(10, 832, 405, 0, 0, 64, 64));
    const bytes = encodeTile(
      [{ name: 'land', features: [feature(square, attributes, 2 ** 33), feature(square, { stage: 'EST' }, 2)] }],
      10,
      832,
      405,
    );
    const [layer] = decodeTile(bytes);
    expect(layer).toMatchObject({ name: 'land', version: 2, extent: 4096 });
    const { nothing: _nothing, missing: _missing, ...kept } = attributes;
    expect(layer?.features[0]).toMatchObject({ id: 2 ** 33, attributes: kept });
    expect(layer?.features[1]).toMatchObject({ id: 2, attributes: { stage: 'EST' } });
    expect(layer?.values).toHaveLength(7);
  });

  it('keeps the type of a column of doubles that are whole', () => {
    const square = polygon(unitBox(10, 832, 405, 0, 0, 64, 64));
    const layer = {
      name: 'land',
      features: [feature(square, { areaM2: 5, count: 5 })],
      doubleKeys: new Set(['areaM2']),
    };
    const [decoded] = decodeTile(encodeTile([layer], 10, 832, 405));
    expect(decoded?.valueTypes).toEqual(['double', 'uint']);
  });

  it('writes points, several in one feature, and drops those outside', () => {
    const [inside, outside] = [fromMercator(0.5 / 2 ** 3, 0.5 / 2 ** 3), [100, 0] as Position];
    const features: TileFeature[] = [
      { id: 1, attributes: {}, geometry: packGeometry({ type: 'MultiPoint', coordinates: [inside, outside, inside] }) },
      { id: 2, attributes: {}, geometry: packGeometry({ type: 'Point', coordinates: outside }) },
    ];
    const [layer] = decodeTile(encodeTile([{ name: 'occurrences', features }], 3, 0, 0));
    expect(layer?.features).toHaveLength(1);
    expect(layer?.features[0]).toMatchObject({
      type: 1,
      points: [
        [2048, 2048],
        [2048, 2048],
      ],
    });
  });

  it('survives the poles and the whole world', () => {
    const world = ringsOf([feature(polygon(box(-180, -90, 180, 90)))], 0, 0, 0);
    expect(area(world[0] as [number, number][])).toBe(4096 * 4224);
  });

  it('refuses tiles that do not exist', () => {
    expect(() => encodeTile([], 3, 8, 0)).toThrow(GisError);
  });
});
