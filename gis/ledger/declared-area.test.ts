import { describe, expect, it } from 'vitest';
import { judgeDeclaredArea, UNIT_MIX_UPS } from './declared-area.ts';

describe('a declared area', () => {
  it('agrees within half a percent or ten square metres, differs up to five percent, is wrong beyond', () => {
    const verdict = (declared: number, measured: number) => judgeDeclaredArea(declared, measured).verdict;
    expect([100_400, 100_600, 104_900, 105_100].map(declared => verdict(declared, 100_000))).toEqual([
      'agrees',
      'differs',
      'differs',
      'wrong',
    ]);
    expect([verdict(109, 100), verdict(111, 100)]).toEqual(['agrees', 'wrong']);
  });

  it('tells which units were mistaken for each other, and only then', () => {
    const hectares = 12.5;
    const measured = hectares * 10_000;
    expect(judgeDeclaredArea(hectares, measured).mixUp?.mixUp).toBe('ha → m²');
    expect(judgeDeclaredArea(hectares * 15, measured).mixUp?.mixUp).toBe('亩 (mu) → m²');
    expect(judgeDeclaredArea(measured * 15, measured).mixUp?.mixUp).toBe('亩 (mu) → ha');
    expect(judgeDeclaredArea((measured * 10_000) / 15, measured).mixUp?.mixUp).toBe('m² → 亩 (mu)');
    expect(judgeDeclaredArea(measured * 2, measured)).toEqual({ verdict: 'wrong', ratio: 2, mixUp: undefined });
    const ratios = UNIT_MIX_UPS.map(({ ratio }) => ratio).toSorted((a, b) => a - b);
    ratios.slice(1).forEach((ratio, i) => expect(ratio / (ratios[i] ?? 0)).toBeGreaterThan(1.2));
  });
});
