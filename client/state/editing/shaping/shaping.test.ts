import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metresPerDegree } from '../../../../gis/earth/local-scale.ts';
import { polygonAreaM2 } from '../../../../gis/earth/polygon-area.ts';
import { hasErrors, validatePolygonal } from '../../../../gis/geometry/validate.ts';
import type { MultiPolygon, Polygon, Polygonal, Position } from '../../../../gis/types.ts';
import { combine } from './combine.ts';
import { dropSlivers, findSlivers } from './drop-slivers.ts';
import { fillGaps, findGaps } from './fill-gaps.ts';
import { offset } from './offset.ts';
import { rectangle } from './rectangle.ts';
import { repair } from './repair.ts';
import type { Shaped } from './shaped.ts';
import { apart, split } from './split.ts';
import { tracePath } from './trace-path.ts';

const LAT = 25;
const scale = metresPerDegree(LAT);
/** Metres east and north of a corner in Yunnan. */
const at = (x: number, y: number): Position => [102 + x / scale.lng, LAT + y / scale.lat];
const box = (west: number, south: number, east: number, north: number): Polygon =>
  rectangle(at(west, south), at(east, north)) as Polygon;
const geometryOf = (shaped: Shaped): MultiPolygon => {
  if (!shaped.ok) throw new Error(shaped.why);
  expect(validatePolygonal(shaped.geometry)).toEqual([]);
  return shaped.geometry;
};
const areaOf = (geometry: Polygonal): number => polygonAreaM2(geometry);
const SQUARE = box(0, 0, 100, 100);

const star = fc
  .record({
    x: fc.integer({ min: -100, max: 100 }),
    y: fc.integer({ min: -100, max: 100 }),
    radii: fc.array(fc.integer({ min: 30, max: 300 }), { minLength: 3, maxLength: 20 }),
  })
  .map(({ x, y, radii }): Polygon => {
    const ring = radii.map((radius, i) => {
      const angle = (2 * Math.PI * i) / radii.length;
      return at(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
    });
    return { type: 'Polygon', coordinates: [[...ring, ring[0] as Position]] };
  })
  .filter(polygon => !hasErrors(validatePolygonal(polygon)));
/** Crossing points move by half of 0.1 mm along outlines of a few kilometres. */
const TOLERANCE_M2 = 1;

describe('combining with other land', () => {
  it('gives and takes exactly the land that both have', () => {
    fc.assert(
      fc.property(star, star, (drawing, other) => {
        const clipped = combine(drawing, [other], 'clip');
        const both = clipped.ok ? areaOf(clipped.geometry) : clipped.why === 'apart' ? 0 : areaOf(drawing);
        const cut = combine(drawing, [other], 'cut-out');
        const left = cut.ok ? areaOf(geometryOf(cut)) : cut.why === 'nothing-left' ? 0 : areaOf(drawing);
        expect(Math.abs(left + both - areaOf(drawing))).toBeLessThan(TOLERANCE_M2);
        const merged = combine(drawing, [other], 'merge');
        const whole = merged.ok ? areaOf(geometryOf(merged)) : areaOf(drawing);
        expect(Math.abs(whole + both - areaOf(drawing) - areaOf(other))).toBeLessThan(TOLERANCE_M2);
      }),
      { numRuns: 40 },
    );
  });

  it('says why it does nothing', () => {
    expect(combine(SQUARE, [box(200, 0, 300, 100)], 'cut-out')).toEqual({ ok: false, why: 'apart' });
    expect(combine(SQUARE, [box(100, 0, 300, 100)], 'cut-out')).toEqual({ ok: false, why: 'apart' });
    expect(combine(SQUARE, [box(-1, -1, 300, 300)], 'cut-out')).toEqual({ ok: false, why: 'nothing-left' });
    expect(combine(SQUARE, [box(-1, -1, 300, 300)], 'clip')).toEqual({ ok: false, why: 'unchanged' });
    expect(combine(SQUARE, [box(200, 0, 300, 100)], 'clip')).toEqual({ ok: false, why: 'apart' });
    expect(combine(SQUARE, [box(10, 10, 20, 20)], 'merge')).toEqual({ ok: false, why: 'unchanged' });
    expect(combine({ type: 'MultiPolygon', coordinates: [] }, [SQUARE], 'clip')).toEqual({ ok: false, why: 'empty' });
  });

  it('clips to several boundaries that overlap, and counts their common ground once', () => {
    const clipped = geometryOf(combine(SQUARE, [box(-10, -10, 60, 60), box(40, -10, 90, 60)], 'clip'));
    expect(areaOf(clipped)).toBeCloseTo(areaOf(box(0, 0, 90, 60)), 1);
  });
});

describe('splitting', () => {
  it('leaves pieces that are the whole, largest first', () => {
    const cut = split(SQUARE, [at(30, -5), at(30, 105)]);
    if (!cut.ok) throw new Error(cut.why);
    const areas = cut.pieces.map(areaOf);
    expect(areas).toHaveLength(2);
    expect(areas[0]).toBeGreaterThan(areas[1] as number);
    expect(areas.reduce((sum, one) => sum + one)).toBeCloseTo(areaOf(SQUARE), 2);
  });
  it('refuses a line that ends inside or runs past', () => {
    expect(split(SQUARE, [at(30, -5), at(30, 50)])).toEqual({ ok: false, why: 'uncut' });
    expect(split(SQUARE, [at(-30, -5), at(-30, 50)])).toEqual({ ok: false, why: 'uncut' });
  });
  it('takes the parts of a drawing apart', () => {
    const two: MultiPolygon = {
      type: 'MultiPolygon',
      coordinates: [SQUARE, box(200, 0, 400, 100)].map(p => p.coordinates),
    };
    const cut = apart(two);
    expect(cut.ok && cut.pieces.map(piece => Math.round(areaOf(piece) / 100))).toEqual([200, 100]);
    expect(apart(SQUARE)).toEqual({ ok: false, why: 'too-few' });
  });
});

describe('offset', () => {
  it('grows and shrinks by metres, and leaves the strip alone', () => {
    const grown = geometryOf(offset(SQUARE, 10, 'all'));
    // Sides, and the four quarter circles at the corners.
    expect(areaOf(grown) / (100 * 100 + 4 * 100 * 10 + Math.PI * 100)).toBeCloseTo(1, 3);
    expect(areaOf(geometryOf(offset(SQUARE, -10, 'all'))) / 6400).toBeCloseTo(1, 4);
    const strip = geometryOf(offset(SQUARE, 10, 'strip'));
    expect(areaOf(strip)).toBeCloseTo(areaOf(grown) - areaOf(SQUARE), 2);
    expect(strip.coordinates[0]).toHaveLength(2);
    expect(areaOf(geometryOf(offset(SQUARE, -10, 'strip'))) / 3600).toBeCloseTo(1, 3);
  });
  it('refuses what leaves nothing and what is no distance', () => {
    expect(offset(SQUARE, -60, 'all')).toEqual({ ok: false, why: 'nothing-left' });
    expect(offset(SQUARE, Number.NaN, 'all')).toEqual({ ok: false, why: 'distance' });
    expect(offset(SQUARE, 0, 'all')).toEqual({ ok: false, why: 'distance' });
    expect(offset(SQUARE, 1e6, 'all')).toEqual({ ok: false, why: 'distance' });
  });
});

describe('a rectangle', () => {
  it('is the same from any two opposite corners, and nothing from a line', () => {
    const area = areaOf(rectangle(at(0, 0), at(40, 20)) as Polygon);
    expect(area).toBeCloseTo(areaOf(rectangle(at(40, 0), at(0, 20)) as Polygon), 6);
    expect(area / 800).toBeCloseTo(1, 4);
    expect(rectangle(at(0, 0), at(0, 20))).toBeUndefined();
  });
});

describe('slivers', () => {
  const thin = box(200, 0, 300, 0.3);
  const both: MultiPolygon = { type: 'MultiPolygon', coordinates: [SQUARE.coordinates, thin.coordinates] };
  it('are dropped where they are parts, and filled where they are holes', () => {
    expect(findSlivers(both)).toHaveLength(1);
    expect(geometryOf(dropSlivers(both)).coordinates).toHaveLength(1);
    const pierced = geometryOf(combine(SQUARE, [box(10, 10, 90, 10.2)], 'cut-out'));
    expect(areaOf(geometryOf(dropSlivers(pierced)))).toBeCloseTo(areaOf(SQUARE), 3);
  });
  it('are told from narrow land that is meant', () => {
    expect(dropSlivers(box(0, 0, 100, 3))).toEqual({ ok: false, why: 'unchanged' });
    expect(dropSlivers(thin)).toEqual({ ok: false, why: 'nothing-left' });
  });
});

describe('gaps', () => {
  const neighbour = box(101, -20, 200, 120);
  it('to a neighbour are filled, and nothing else changes', () => {
    const filled = geometryOf(fillGaps(SQUARE, [neighbour]));
    expect(areaOf(filled)).toBeGreaterThan(areaOf(SQUARE) + 95);
    expect(areaOf(filled)).toBeLessThan(areaOf(SQUARE) + 103);
    // Neither border is left behind: the next look finds nothing, and the neighbour is not taken.
    expect(findGaps(filled, [neighbour]).coordinates).toEqual([]);
    expect(combine(filled, [neighbour], 'clip')).toEqual({ ok: false, why: 'apart' });
  });
  it('are not seen where land is wide apart, where it joins, or where the drawing lies on the cell', () => {
    expect(findGaps(SQUARE, [box(105, 0, 200, 100)]).coordinates).toEqual([]);
    expect(findGaps(SQUARE, [box(100, 0, 200, 100)]).coordinates).toEqual([]);
    expect(fillGaps(SQUARE, [box(-50, -50, 150, 150)])).toEqual({ ok: false, why: 'unchanged' });
    expect(fillGaps(SQUARE, [])).toEqual({ ok: false, why: 'unchanged' });
  });
  it('keeps out of gaps between two others', () => {
    expect(findGaps(box(-300, 0, -200, 100), [SQUARE, neighbour]).coordinates).toEqual([]);
  });
});

describe('repair', () => {
  it('reads a bow tie as two triangles', () => {
    const positions = [at(0, 0), at(100, 100), at(100, 0), at(0, 100)];
    const mended = geometryOf(repair([{ id: 'a', role: 'outer', positions }]));
    expect(mended.coordinates).toHaveLength(2);
    expect(areaOf(mended) / 5000).toBeCloseTo(1, 3);
  });
  it('has nothing to say of nothing', () => {
    expect(repair([])).toEqual({ ok: false, why: 'empty' });
  });
});

describe('a traced way', () => {
  const ring = [at(0, 0), at(100, 0), at(100, 50), at(0, 50)];
  it('is the shorter one, or the other on request, from either end', () => {
    expect(tracePath(ring, 0, 2)).toHaveLength(3);
    expect(tracePath([...ring, ring[0] as Position], 3, 0)).toEqual([ring[3], ring[0]]);
    expect(tracePath(ring, 3, 0, true)).toEqual([ring[3], ring[2], ring[1], ring[0]]);
    expect(tracePath(ring, 0, 3)).toEqual(tracePath(ring, 3, 0).reverse());
    expect(tracePath(ring, 1, 1)).toEqual([ring[1]]);
    expect(tracePath(ring, 0, 9)).toEqual([]);
  });
  it('and its other way go round the whole ring once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 }), (from, to) => {
        fc.pre(from !== to);
        expect(tracePath(ring, from, to).length + tracePath(ring, from, to, true).length).toBe(ring.length + 2);
      }),
    );
  });
});
