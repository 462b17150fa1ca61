import { describe, expect, it } from 'vitest';
import type { ZoneFault, ZoneShape } from '../../../../gis/zonal/zone-shape.ts';
import { openShapes, ShapeStore } from './shape-store.ts';

const KEYS = ['points', 'ringEnds', 'ringSigns', 'minU', 'maxU', 'minV', 'maxV', 'areaCells'] as const;
const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView) => Buffer.from(buffer, byteOffset, byteLength);
const isSame = (a: number | ArrayBufferView, b: number | ArrayBufferView): boolean =>
  typeof a === 'number' || typeof b === 'number' ? a === b : bytesOf(a).equals(bytesOf(b));

/** A zig-zag of so many points with a hole of three. */
function shapeOf(count: number, seed: number): ZoneShape {
  const points = Float64Array.from({ length: 2 * (count + 3) }, (_, i) => seed + ((i * 7919) % 1013) / 7);
  const box = { minU: seed, maxU: seed + 1, minV: seed + 2, maxV: seed + 3, areaCells: seed + 4 };
  return { points, ringEnds: Uint32Array.of(count, count + 3), ringSigns: Int8Array.of(-1, 1), ...box };
}

describe('shapes in memory that threads share', () => {
  it('come out as they went in, with their faults, in order', () => {
    const store = new ShapeStore();
    // Small ones, ones with a room of their own, and ones that no longer fit into the room that is being filled.
    const sizes = [5, 40_000, 3, 30_000, 30_000, 30_000, 30_000, 30_000, 30_000, 30_000, 30_000, 30_000, 30_000, 12];
    const shapes = sizes.flatMap((count, i): (ZoneShape | ZoneFault)[] => [shapeOf(count, i), 'not-finite']);
    shapes.push('empty-geometry', 'outside-crs');
    for (const [i, shape] of shapes.entries()) {
      if (typeof shape === 'string' || i % 4 === 0) store.add(shape);
      else {
        // As they are when they are made: their points in the store's own room.
        const points = store.roomFor(shape.points.length);
        points.set(shape.points);
        store.add({ ...shape, points });
      }
    }
    const shared = store.share();
    expect(shared.rooms.every(room => room.buffer instanceof SharedArrayBuffer)).toBe(true);
    for (const opened of [openShapes(shared), openShapes(structuredClone(shared))]) {
      expect(opened.length).toBe(shapes.length);
      for (const [zone, shape] of shapes.entries()) {
        const own = opened.at(zone);
        if (typeof shape === 'string' || typeof own !== 'object') expect(own).toBe(shape);
        else expect(KEYS.filter(key => !isSame(own[key], shape[key]))).toEqual([]);
      }
      expect(opened.at(shapes.length)).toBeUndefined();
      expect(opened.at(2)).toBe(opened.at(2));
    }
  });

  it('a first one without a point is no fault of the store', () => {
    expect(new ShapeStore().roomFor(0)).toHaveLength(0);
  });

  it('a hundred thousand zones are a few columns, not a hundred thousand objects', () => {
    const store = new ShapeStore();
    const shape = shapeOf(4, 1);
    for (let i = 0; i < 100_000; i += 1) store.add(shape);
    const { rooms, ...columns } = store.share();
    const bytes = Object.values(columns).reduce((sum, column) => sum + column.buffer.byteLength, 0);
    expect(bytes).toBeLessThan(2 * 100_000 * 70);
    // The last room is not full.
    const points = rooms.reduce((sum, room) => sum + room.byteLength, 0);
    expect(points).toBeLessThan(100_000 * shape.points.byteLength + 2 * (4 << 20));
  });
});
