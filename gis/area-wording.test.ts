import { describe, expect, it } from 'vitest';
import { areaWording, fillAreas, roundedM2, squareMetres } from './area-wording.ts';

describe('an area in a sentence', () => {
  it('is in hectares and mu, grouped', () => {
    expect(areaWording(17_858.72)).toEqual({ en: '1.7859 ha (26.79 mu)', zh: '1.7859 公顷（26.79 亩）' });
    expect(areaWording(123_456_789).en).toBe('12,345.6789 ha (185,185.18 mu)');
  });
  it('is never nought where there is land', () => {
    expect([99.994, 0.5, 0.003_124, 1e-7].map(area => areaWording(area).zh)).toEqual([
      '99.99 m²',
      '0.5 m²',
      '0.00312 m²',
      '<0.0001 m²',
    ]);
    expect([roundedM2(0.003_124), roundedM2(17_858.716), roundedM2(0)]).toEqual([0.00312, 17_858.72, 0]);
  });
  it('is filled in where it stands, and to the square decimetre where areas are compared', () => {
    const text = '{areaM2} m², stated {declaredM2} m², {other}';
    expect(fillAreas(text, 'en', { areaM2: 20_000, declaredM2: 20_001.5, other: 1 })).toBe(
      `2.0000 ha (30.00 mu), stated ${squareMetres(20_001.5)}, {other}`,
    );
    expect(fillAreas('有 {areaM2} m²', 'zh', { areaM2: '?' })).toBe('有 {areaM2} m²');
  });
});
