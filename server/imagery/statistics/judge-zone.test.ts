import { describe, expect, it } from 'vitest';
import { judgeZone, type ZoneEvidence } from './judge-zone.ts';

const good: ZoneEvidence = {
  areaM2: 10_000,
  cellSizeM: 10,
  validFraction: 1,
  effectivePixels: 95,
};

describe('the judgement of a zone', () => {
  it.each<[string, Partial<ZoneEvidence>, string]>([
    ['enough of everything', {}, 'ok'],
    ['at the edge of enough', { validFraction: 0.8, effectivePixels: 20, areaM2: 2500 }, 'ok'],
    ['9 % seen', { validFraction: 0.09, effectivePixels: 9 }, 'low-coverage'],
    ['just under 80 %', { validFraction: 0.799 }, 'low-coverage'],
    ['below 0.25 ha at 10 m', { areaM2: 2499 }, 'too-small'],
    ['0.25 ha on a 20 m grid', { areaM2: 2500, cellSizeM: 20 }, 'too-small'],
    ['a thread of slivers of cells', { effectivePixels: 19.9 }, 'too-small'],
  ])('%s', (_name, change, status) => {
    expect(judgeZone({ ...good, ...change })).toBe(status);
  });
});
