// Formulas of the ledger: vectors that can be checked by eye, and identities that hold for any land.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GisError } from '../errors.ts';
import { computeAnnualTerms } from './annual.ts';
import { computeAreas, computeEvidence, isReclaimed, sumByStage, type StageArea } from './areas.ts';
import { NO_RATE_REASONS, RATE_CODES, RATE_DEFINITIONS } from './definitions.ts';
import { isSliver, leastEvidence } from './moves.ts';
import { assertScopesMatch, computeRates, ratesWithoutValue, type RateInput } from './rates.ts';
import { reconcile, residualM2, sumTerms, type Transition } from './reconciliation.ts';
import { STAGE_CODES, type StageCode } from './stages.ts';
import { BASES, EVIDENCE_GRADES, REASONS, SCOPES, type Basis } from './vocabulary.ts';

const share = (stage: StageCode, areaM2: number, more: Partial<StageArea> = {}): StageArea => ({
  stage,
  scope: 'LIC',
  evidenceGrade: 'E0',
  areaM2,
  ...more,
});

const ratesOf = (rows: readonly StageArea[], basis: Basis = 'A', more: Partial<RateInput> = {}) =>
  computeRates({ areas: computeAreas(rows, basis), basis, scope: ['LIC'], newlyReclaimedM2: 0, ...more });

// One hectare and then twice as much of each stage: every sum is readable in binary.
const everyStage = STAGE_CODES.map((stage, i) => share(stage, 2 ** i));

describe('areas', () => {
  it('sums the stages that the definitions name', () => {
    expect(computeAreas(everyStage, 'A')).toEqual({
      grossDisturbed: 2 + 4 + 8 + 16 + 32 + 64 + 128 + 256 + 512 + 1024,
      inUse: 2 + 4,
      due: 8 + 16 + 32 + 64 + 128 + 256 + 512,
      activeWorks: 16 + 32 + 64,
      ready: 8,
      reclaimedE: 128 + 256 + 512,
      reclaimedA: 256 + 512,
      reclaimedC: 512,
      exempt: 1024,
      netOutstanding: 2 + 4 + 8 + 16 + 32 + 64 + 128,
    });
  });

  it('holds the identities of the definitions for any land and basis', () => {
    const anyRow = fc.record({
      stage: fc.constantFrom(...STAGE_CODES),
      scope: fc.constantFrom(...SCOPES),
      evidenceGrade: fc.constantFrom(...EVIDENCE_GRADES),
      areaM2: fc.double({ min: 0, max: 1e8, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(anyRow), fc.constantFrom(...BASES), (rows, basis) => {
        const a = computeAreas(rows, basis);
        const total = rows.reduce((sum, row) => sum + row.areaM2, 0);
        const near = (actual: number, expected: number) =>
          expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-9 * (1 + total));
        near(a.due, a.grossDisturbed - a.inUse - a.exempt);
        near(a.due, a.ready + a.activeWorks + a.reclaimedE);
        const reclaimed = { E: a.reclaimedE, A: a.reclaimedA, C: a.reclaimedC }[basis];
        near(a.netOutstanding, a.grossDisturbed - reclaimed - a.exempt);
        near(a.grossDisturbed + sumByStage(rows).UND, total);
        expect(a.reclaimedC).toBeLessThanOrEqual(a.reclaimedA);
        expect(a.reclaimedA).toBeLessThanOrEqual(a.reclaimedE);
        const rates = ratesOf(rows, basis, { responsibilityM2: total });
        for (const code of ['RR1', 'RR2', 'RR3', 'RR5'] as const) {
          const { value } = rates[code];
          expect(value === null || (value >= 0 && value <= 1)).toBe(true);
        }
        if (rates.RR1.value !== null && rates.RR2.value !== null) {
          expect(rates.RR2.value).toBeGreaterThanOrEqual(rates.RR1.value - 1e-12);
        }
      }),
    );
  });

  it('grades: each better grade believes no more than the one before, the first believes everything', () => {
    const rows = [
      share('DST', 40),
      share('CMP', 30, { evidenceGrade: 'E4' }),
      share('CRT', 20, { evidenceGrade: 'E5' }),
      share('CMP', 10, { evidenceGrade: 'E2' }),
    ];
    expect(computeEvidence(rows, 'A')).toEqual({ E0: 0.6, E1: 0.6, E2: 0.6, E3: 0.5, E4: 0.5, E5: 0.2 });
    expect(computeEvidence([], 'A').E0).toBeNull();
  });
});

describe('rates', () => {
  it('reproduces the Upper Hunter figures: 14,746 ha under rehabilitation, 23,058 ha awaiting', () => {
    const rates = ratesOf([share('LFM', 6_000), share('EST', 8_746), share('RDY', 23_058)]);
    expect(100 * (rates.RR3.value ?? 0)).toBeCloseTo(39.01, 2);
  });

  it('has no value but a reason where the denominator is nothing', () => {
    const none = ratesOf([]);
    expect(RATE_CODES.map(code => [code, none[code].value, none[code].reason])).toEqual([
      ['RR1', null, 'nothing-disturbed'],
      ['RR2', null, 'nothing-due'],
      ['RR3', null, 'nothing-disturbed'],
      ['RR4', null, 'no-plan'],
      ['RR5', null, 'no-responsibility-range'],
    ]);
    expect(ratesOf([share('DST', 5)]).RR1.value).toBe(0);
  });

  it('lets the year’s plan be exceeded, and no other rate', () => {
    const rates = ratesOf([share('CMP', 90), share('DST', 10)], 'A', {
      newlyReclaimedM2: 30,
      plannedM2: 20,
      responsibilityM2: 80,
    });
    expect(rates.RR4.value).toBe(1.5);
    expect(rates.RR5).toMatchObject({ value: null, reason: 'numerator-outside-denominator', numeratorM2: 90 });
  });

  it('refuses the responsibility rate for land outside the licence, and numerators wider than their denominator', () => {
    const rates = ratesOf([share('CMP', 1)], 'A', { scope: ['LIC', 'LEG'], responsibilityM2: 10 });
    expect(rates.RR5).toMatchObject({ value: null, reason: 'scope-mismatch' });
    expect(() => assertScopesMatch(['LIC', 'VOL'], ['LIC'])).toThrow(GisError);
    expect(() => assertScopesMatch(['LIC'], ['LIC', 'VOL'])).not.toThrow();
  });

  it('words every definition and every reason in both languages', () => {
    const wordings = [
      ...Object.values(RATE_DEFINITIONS).flatMap(({ name, definition }) => [name, definition]),
      ...Object.values(NO_RATE_REASONS),
    ];
    for (const { en, zh } of wordings) {
      expect(en).toMatch(/^[\x20-\x7e’]+$/);
      expect(zh).toMatch(/[\u4e00-\u9fff]/);
    }
    expect(ratesWithoutValue('A', 'not-published').RR1).toMatchObject({ value: null, reason: 'not-published' });
  });
});

describe('reconciliation', () => {
  const t = (from: StageCode | null, to: StageCode, areaM2: number, more: Partial<Transition> = {}): Transition => ({
    fromStage: from,
    fromScope: from === null ? null : 'LIC',
    toStage: to,
    toScope: 'LIC',
    reason: null,
    areaM2,
    ...more,
  });

  it('puts every passage into one term', () => {
    const terms = sumTerms(
      [
        t(null, 'DST', 1),
        t('UND', 'CLR', 2),
        t('DST', 'CMP', 4),
        t('CMP', 'DST', 8, { reason: 'REDIST' }),
        t('CMP', 'RDY', 16, { reason: 'FAIL' }),
        t('CMP', 'DST', 32, { reason: 'FLOOD' }),
        t('CMP', 'EST', 64, { reason: 'CORR' }),
        t('DST', 'UND', 128, { reason: 'CORR' }),
        t('CMP', 'EXM', 256),
        t('DST', 'DST', 512),
      ],
      'A',
      ['LIC'],
    );
    expect(terms).toEqual({
      newlyDisturbed: 1 + 2,
      grossCorrections: -128,
      newlyReclaimed: 4,
      reDisturbed: 8,
      failed: 16 + 32,
      corrections: -64 - 256,
    });
  });

  it('counts land that only changed its scope as a correction, on both sides', () => {
    const move = [t('DST', 'CMP', 10, { fromScope: 'LEG' }), t('CMP', 'CRT', 5, { toScope: 'VOL' })];
    const terms = sumTerms(move, 'A', ['LIC']);
    expect(terms).toMatchObject({ newlyDisturbed: 0, grossCorrections: 10 - 5, newlyReclaimed: 10, corrections: -5 });
  });

  it('closes for any history: opening and terms give the closing figures, whatever basis and scope', () => {
    const anyStep = fc.record({
      plot: fc.nat({ max: 5 }),
      stage: fc.constantFrom(...STAGE_CODES),
      scope: fc.constantFrom(...SCOPES),
      reason: fc.option(fc.constantFrom(...REASONS)),
    });
    const scopes = fc.uniqueArray(fc.constantFrom(...SCOPES), { minLength: 1 });
    fc.assert(
      fc.property(
        fc.array(anyStep),
        fc.array(anyStep),
        fc.constantFrom(...BASES),
        scopes,
        (before, within, basis, scope) => {
          const plots = new Map<number, StageArea>();
          const take = (step: (typeof before)[number]): Transition => {
            const areaM2 = 10 ** step.plot;
            const was = plots.get(step.plot);
            plots.set(step.plot, share(step.stage, areaM2, { scope: step.scope }));
            return {
              fromStage: was?.stage ?? null,
              fromScope: was?.scope ?? null,
              toStage: step.stage,
              toScope: step.scope,
              reason: step.reason,
              areaM2,
            };
          };
          const areasNow = () =>
            computeAreas(
              [...plots.values()].filter(row => scope.includes(row.scope)),
              basis,
            );
          before.forEach(take);
          const opening = areasNow();
          const passed = within.map(take);
          const residual = residualM2(reconcile(opening, areasNow(), passed, basis, scope));
          expect(residual).toEqual({ gross: 0, reclaimed: 0 });
        },
      ),
    );
  });

  it('gives the annual terms: 701 ha reclaimed and 514 ha disturbed are 1.36; nothing disturbed is no number', () => {
    const none = computeAreas([], 'A');
    const annual = (newR: number, newD: number, outstanding: number) =>
      computeAnnualTerms(
        reconcile(none, none, [t('DST', 'CMP', newR), t(null, 'DST', newD)], 'A', ['LIC']),
        outstanding,
        0.8615,
        0.8963,
      );
    expect(annual(701, 514, 1_000).AR1.value).toBeCloseTo(1.3638, 4);
    expect(annual(701, 514, 888).AR2.value).toBeCloseTo(0.5, 12);
    expect(annual(701, 514, 888).deltaRR1Pp).toBeCloseTo(3.48, 10);
    expect(annual(701, 0, 0).AR1).toMatchObject({ value: null, reason: 'nothing-newly-disturbed' });
    expect(annual(701, 0, 0).AR2).toMatchObject({ value: null, reason: 'nothing-outstanding' });
  });
});

describe('moves', () => {
  it('asks for documents where a stage claims one', () => {
    expect(leastEvidence('CMP')).toBe('E4');
    expect(leastEvidence('CRT')).toBe('E5');
    expect(leastEvidence('EST')).toBeUndefined();
    expect(isReclaimed('TMP', 'E')).toBe(false);
  });

  it('calls overlaps noise that a survey cannot resolve', () => {
    expect(isSliver(1, 4)).toBe(true);
    expect(isSliver(1.01, 4)).toBe(false);
    // A strip of 5 cm along 400 m: 20 m2, outline 800 m.
    expect(isSliver(20, 800.1)).toBe(true);
    expect(isSliver(20.1, 800.1)).toBe(false);
  });
});
