import { describe, expect, it } from 'vitest';
import { pack, unpack } from './parcel.ts';

describe('a message between threads', () => {
  it('comes out as it went in, with long rows of positions handed over flat', () => {
    const positions = Array.from({ length: 40 }, (_, i) => [110 + i / 1e9, 35 - i / 1e9]);
    const message = {
      rings: [{ id: 'a', role: 'outer', positions }],
      around: { allowed: null, habitats: [{ type: 'Polygon', coordinates: [positions, positions.slice(0, 4)] }] },
      issues: [{ code: 'gap', position: [1, 2], params: { areaM2: 3 } }],
      wantsFixes: false,
      geometry: undefined,
    };
    const { content, transfer } = pack(message);
    expect(transfer).toHaveLength(2);
    expect(unpack(structuredClone(content, { transfer }))).toEqual(message);
  });
});
