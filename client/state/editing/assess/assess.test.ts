import { describe, expect, it } from 'vitest';
import { polygonAreaM2 } from '../../../../gis/earth/polygon-area.ts';
import type { Polygon, Position } from '../../../../gis/types.ts';
import { toRings, type EditRing } from '../rings.ts';
import { rectangle } from '../shaping/rectangle.ts';
import { assess, NO_SURROUNDINGS, NOTHING_ASSESSED, type Surroundings } from './assess.ts';
import { Desk } from './desk.ts';
import type { DeskAnswer, DeskQuestion } from './desk-work.ts';
import { findFixes } from './fixes.ts';

const at = (x: number, y: number): Position => [112 + x * 1e-5, 35 + y * 1e-5];
const box = (west: number, south: number, east: number, north: number): Polygon =>
  rectangle(at(west, south), at(east, north)) as Polygon;
let count = 0;
const ringsOf = (polygon: Polygon): EditRing[] => toRings(polygon, () => `r${count++}`);
const around = (change: Partial<Surroundings>): Surroundings => ({ ...NO_SURROUNDINGS, ...change });

describe('assessing a drawing', () => {
  const drawn = ringsOf(box(0, 0, 100, 100));
  it('tells the part outside the outlines, and asks for nothing where there are none', () => {
    const half = assess(drawn, around({ allowed: [box(0, 0, 50, 100)] }));
    expect(half.outsideM2).toBeCloseTo(polygonAreaM2(box(50, 0, 100, 100)), 1);
    expect(half.issues.map(({ code }) => code)).toEqual(['outside-boundary']);
    expect(assess(drawn, around({ allowed: [] })).outsideM2).toBeCloseTo(half.areaM2, 3);
    expect(assess(drawn, NO_SURROUNDINGS).outsideM2).toBeNull();
    expect(assess(drawn, around({ allowed: [box(-1, -1, 101, 101)] }))).toMatchObject({ outsideM2: 0, issues: [] });
  });
  it('tells the part over habitats once, also where they overlap', () => {
    const over = assess(drawn, around({ habitats: [box(50, 0, 150, 100), box(60, 0, 150, 100)] }));
    expect(over.habitatM2).toBeCloseTo(polygonAreaM2(box(50, 0, 100, 100)), 1);
    expect(over.issues[0]?.code).toBe('over-habitat');
  });
});

describe('remedies', () => {
  const find = (rings: readonly EditRing[], near: Surroundings) => findFixes(rings, assess(rings, near), near);
  it('clip land outside, and say how much goes', () => {
    const [fix] = find(ringsOf(box(0, 0, 100, 100)), around({ allowed: [box(0, 0, 50, 100)] }));
    expect(fix?.kind).toBe('clip');
    expect(fix?.changeM2).toBeCloseTo(-polygonAreaM2(box(50, 0, 100, 100)), 1);
  });
  it('repair an outline that crosses itself, which has no area before', () => {
    const bowTie: EditRing = { id: 'x', role: 'outer', positions: [at(0, 0), at(100, 100), at(100, 0), at(0, 100)] };
    const [fix] = find([bowTie], NO_SURROUNDINGS);
    expect(fix).toMatchObject({ kind: 'repair', changeM2: null });
    expect(fix?.areaM2).toBeGreaterThan(5000);
  });
  it('join parts that cover each other, and drop a hole that lies outside', () => {
    const twice = find([...ringsOf(box(0, 0, 100, 100)), ...ringsOf(box(50, 0, 150, 100))], NO_SURROUNDINGS);
    expect(twice.map(({ kind, geometry }) => [kind, geometry.coordinates.length])).toEqual([['repair', 1]]);
    expect(twice[0]?.areaM2).toBeCloseTo(polygonAreaM2(box(0, 0, 150, 100)), 1);
    const stray: EditRing[] = ringsOf(box(200, 0, 210, 10)).map(ring => ({ ...ring, role: 'hole' }));
    const [fix] = find([...ringsOf(box(0, 0, 100, 100)), ...stray], NO_SURROUNDINGS);
    expect(fix?.kind).toBe('repair');
    expect(fix?.geometry.coordinates.map(rings => rings.length)).toEqual([1]);
  });
  it('never say that a gap filled beside a long side takes land away', () => {
    // Two corners more on a side of 1.8 km from west to east bend it by more than the gap holds.
    const rings = ringsOf(box(0, 0, 2000, 100));
    const [fix] = find(rings, around({ cells: [box(1000, 100.045, 1100, 130)] }));
    expect(fix?.kind).toBe('fill-gaps');
    expect(fix?.changeM2).toBeGreaterThan(0);
  });
  it('fill a gap to a neighbour and drop a sliver, each with its spot', () => {
    const rings = [...ringsOf(box(0, 0, 100, 100)), ...ringsOf(box(300, 0, 400, 0.2))];
    const found = find(rings, around({ cells: [box(101, 0, 200, 100)] }));
    expect(found.map(({ kind }) => kind)).toEqual(['fill-gaps', 'drop-slivers']);
    expect(found.map(({ spots }) => spots.length)).toEqual([1, 1]);
  });
  it('are none for a sound drawing or an empty sheet', () => {
    expect(find(ringsOf(box(0, 0, 100, 100)), NO_SURROUNDINGS)).toEqual([]);
    expect(find([], NO_SURROUNDINGS)).toEqual([]);
  });
});

describe('the desk', () => {
  const question = (wantsFixes: boolean): DeskQuestion => ({ rings: [], around: NO_SURROUNDINGS, wantsFixes });
  const reply: DeskAnswer = { assessment: NOTHING_ASSESSED, fixes: null };
  it('asks one thing at a time and only the last of those that waited', async () => {
    let [open, most, asked] = [0, 0, 0];
    const desk = new Desk({
      ask: async () => {
        asked++;
        most = Math.max(most, ++open);
        await new Promise(done => setTimeout(done, 5));
        open--;
        return reply;
      },
    });
    const answers = await Promise.all([1, 2, 3, 4].map(() => desk.ask(question(false))));
    expect([most, asked]).toEqual([1, 2]);
    expect(answers).toEqual([reply, undefined, undefined, reply]);
  });
  it('goes on after a helper failed', async () => {
    let fails = true;
    const desk = new Desk({ ask: () => (fails ? Promise.reject(new Error('gone')) : Promise.resolve(reply)) });
    expect(await desk.ask(question(true))).toBeUndefined();
    fails = false;
    expect(await desk.ask(question(true))).toBe(reply);
  });
});
