import { describe, expect, it } from 'vitest';
import { polygonAreaM2 } from '../../../../gis/earth/polygon-area.ts';
import type { Polygon } from '../../../../gis/types.ts';
import { rectangle } from '../shaping/rectangle.ts';
import { asMine, conflictPieces, settled, type ConflictPiece } from './pieces.ts';

const box = (west: number, south: number, east: number, north: number): Polygon =>
  rectangle([112 + west * 1e-5, 35 + south * 1e-5], [112 + east * 1e-5, 35 + north * 1e-5]) as Polygon;
const mine = box(0, 0, 100, 100);
const theirs = { id: 7, geometry: box(50, -20, 150, 80) };
const area = (pieces: readonly ConflictPiece[]): number => pieces.reduce((sum, one) => sum + one.areaM2, 0);
const of = (pieces: readonly ConflictPiece[], side: string): ConflictPiece[] => pieces.filter(one => one.side === side);

describe('pieces of a conflict', () => {
  const pieces = conflictPieces(mine, [theirs]);
  it('tile both versions: nothing is lost and nothing is twice', () => {
    expect(area([...of(pieces, 'mine'), ...of(pieces, 'both')])).toBeCloseTo(polygonAreaM2(mine), 1);
    expect(area([...of(pieces, 'theirs'), ...of(pieces, 'both')])).toBeCloseTo(polygonAreaM2(theirs.geometry), 1);
  });
  it('give my drawing back when nothing is chosen otherwise', () => {
    const same = settled(mine, pieces, asMine(pieces));
    expect(same.ok && polygonAreaM2(same.geometry)).toBeCloseTo(polygonAreaM2(mine), 6);
  });
  it('leave common land to them, or take theirs in', () => {
    const without = settled(mine, pieces, new Set(of(pieces, 'mine').map(({ id }) => id)));
    expect(without.ok && polygonAreaM2(without.geometry)).toBeCloseTo(area(of(pieces, 'mine')), 1);
    const all = settled(mine, pieces, new Set(pieces.map(({ id }) => id)));
    expect(all.ok && polygonAreaM2(all.geometry)).toBeCloseTo(area(pieces), 1);
    expect(settled(mine, pieces, new Set())).toEqual({ ok: false, why: 'nothing-left' });
  });
  it('count land of two events that overlap once, for the later one', () => {
    const later = { id: 9, geometry: box(60, -20, 150, 80) };
    const found = conflictPieces(mine, [theirs, later]);
    expect(area([...of(found, 'mine'), ...of(found, 'both')])).toBeCloseTo(polygonAreaM2(mine), 1);
    expect(area(of(found, 'both').filter(one => one.eventId === 9))).toBeCloseTo(polygonAreaM2(box(60, 0, 100, 80)), 1);
  });
  it('are none where they wrote elsewhere', () => {
    expect(conflictPieces(mine, [{ id: 8, geometry: box(100, 0, 200, 100) }])).toEqual([]);
    expect(conflictPieces(mine, [])).toEqual([]);
  });
});
