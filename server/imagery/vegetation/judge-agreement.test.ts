import { describe, expect, it } from 'vitest';
import { judgeAgreement, type CellObservation, type ReclaimedCell } from './judge-agreement.ts';

let nextScene = 1;
const seen = (mean: number | null) => (mean === null ? null : { mean, stdev: 0.05, nEff: 120, validFraction: 1 });
function day(acquiredOn: string, cell: number | null, disturbed: number | null = 0.1, reference: number | null = 0.7) {
  return { sceneId: nextScene++, acquiredOn, cell: seen(cell), disturbed: seen(disturbed), reference: seen(reference) };
}
const cellWith = (...observations: readonly CellObservation[]): ReclaimedCell => ({
  cellId: 7,
  eventId: 3,
  stage: 'EST',
  areaM2: 12_000,
  observations,
});

describe('whether the satellite agrees', () => {
  it('agrees when the cell has come half of the way from land in use to the reference, on the latest usable day', () => {
    const answer = judgeAgreement(cellWith(day('2021-07-01', 0.15), day('2022-07-01', 0.5)), true);
    // (0.5 - 0.1) / (0.7 - 0.1)
    expect(answer).toMatchObject({ status: 'agrees', have: 2, need: 1 });
    expect(answer.recoveryIndex).toBeCloseTo(4 / 6, 12);
  });

  it('disagrees only when the two latest usable days are both low', () => {
    expect(judgeAgreement(cellWith(day('2021-07-01', 0.2), day('2022-07-01', 0.25)), true)).toMatchObject({
      status: 'disagrees',
      have: 2,
      need: 2,
    });
    expect(judgeAgreement(cellWith(day('2022-07-01', 0.2)), true)).toMatchObject({
      status: 'insufficient-data',
      reason: 'one-low-scene-only',
      have: 1,
      need: 2,
    });
    expect(judgeAgreement(cellWith(day('2021-07-01', 0.6), day('2022-07-01', 0.2)), true)).toMatchObject({
      status: 'insufficient-data',
      reason: 'one-low-scene-only',
    });
  });

  it('does not disagree where the interval reaches the threshold', () => {
    const observations = [day('2021-07-01', 0.395), day('2022-07-01', 0.396)];
    const answer = judgeAgreement(cellWith(...observations), true);
    expect(answer).toMatchObject({ status: 'insufficient-data', reason: 'too-close-to-call', have: 2 });
    expect(answer.recoveryHigh).toBeGreaterThan(0.5);
  });

  it('is not moved by haze or drought that lies on all three alike', () => {
    const clear = judgeAgreement(cellWith(day('2022-07-01', 0.55, 0.1, 0.7)), true);
    const hazy = judgeAgreement(cellWith(day('2022-07-20', 0.55 * 0.6, 0.1 * 0.6, 0.7 * 0.6)), true);
    expect(hazy.recoveryIndex).toBeCloseTo(clear.recoveryIndex ?? 0, 12);
    expect(hazy.status).toBe('agrees');
  });

  it.each<[string, readonly CellObservation[], boolean, string]>([
    ['without any reference area', [day('2022-07-01', 0.6, 0.1, null)], false, 'no-reference-area'],
    ['without a scene since the stage began', [], true, 'no-scene-since-stage'],
    ['under cloud only', [day('2022-07-01', null)], true, 'no-usable-scene'],
    ['without land in use to compare with', [day('2022-07-01', 0.6, null)], true, 'no-disturbed-land-that-day'],
    ['with the reference under cloud', [day('2022-07-01', 0.6, 0.1, null)], true, 'no-reference-that-day'],
    ['in winter', [day('2022-01-01', 0.12, 0.1, 0.19)], true, 'reference-not-greener'],
    [
      'clouded, then winter',
      [day('2022-01-01', 0.12, 0.1, 0.19), day('2022-07-01', null)],
      true,
      'reference-not-greener',
    ],
  ])('does not judge %s', (_name, observations, hasReference, reason) => {
    const answer = judgeAgreement(cellWith(...observations), hasReference);
    expect(answer).toMatchObject({ status: 'insufficient-data', reason, have: 0 });
    expect(answer.recoveryIndex).toBeUndefined();
  });
});
