import { describe, expect, it } from 'vitest';
import { getCrs } from '../../../../gis/crs/parse-crs.ts';
import { projectorFor } from '../../../../gis/crs/projector.ts';
import { onDatum } from './survey-datum.ts';

const AT = [622_779.613, 3_854_652.866] as const;
const SHIFT = '24, -123, -94, 0.02, -0.25, -0.13, 1.1';

describe('a zone on an older datum', () => {
  it.each([
    ['XIAN80', 'EPSG:2382', 'EPSG:4546'],
    ['BJ54', 'EPSG:2434', 'EPSG:4546'],
  ] as const)('%s is what %s is with the same parameters', (datum, code, zone) => {
    const ours = onDatum(zone, datum, SHIFT);
    const theirs = getCrs(code, { towgs84: SHIFT.split(',').map(Number) });
    const [mine, listed] = [ours, theirs].map(crs => crs && projectorFor(crs).inverse(AT));
    expect(mine?.[0]).toBeCloseTo(listed?.[0] ?? Number.NaN, 9);
    expect(mine?.[1]).toBeCloseTo(listed?.[1] ?? Number.NaN, 9);
    // Tens of metres from where the same numbers lie on CGCS2000.
    const plain = projectorFor(zone).inverse(AT);
    expect(Math.hypot((mine?.[0] ?? 0) - plain[0], (mine?.[1] ?? 0) - plain[1])).toBeGreaterThan(2e-4);
  });

  it('is none without three or seven numbers', () => {
    for (const parameters of ['', '1 2', '1 2 x', '1,2,3,4'])
      expect(onDatum('EPSG:4546', 'BJ54', parameters)).toBeUndefined();
    expect(onDatum('EPSG:4546', 'CGCS2000', '')?.code).toBe('EPSG:4546');
    expect(onDatum('EPSG:4546', 'XIAN80', '24 -123 -94')).toBeDefined();
  });
});
