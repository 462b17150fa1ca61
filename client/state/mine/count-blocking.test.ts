import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { FindingList } from '../../../server/exchange/diagnosis/finding-list.ts';
import { countBlocking as refuses } from '../../../server/exchange/imports/examination/count-blocking.ts';
import type { ImportAnswer } from '../../api/imports.ts';
import { chooseRows, importAnswer, importErrors, leftOut, stopImport, toggleRow } from './importing.ts';

const answerOf = (rowCount: number, { faults }: FindingList): ImportAnswer => {
  const errors = faults.errors.filter((_row, at) => at % 2 === 0);
  const rows = { unready: [], errors, warnings: [] };
  return { rowCount, readyCount: rowCount, findings: [], rows, faults } as unknown as ImportAnswer;
};

const overlap = (row: number, other: number) =>
  ({ code: 'rows-overlap', severity: 'error', row, params: { other } }) as const;

afterEach(stopImport);

describe('the rows that are left out', () => {
  it('settle the errors they have a part in, and no other one', () => {
    const list = new FindingList();
    for (const [row, other] of [
      [2, 1],
      [3, 1],
      [3, 2],
    ] as const)
      list.report(overlap(row, other));
    importAnswer.value = answerOf(3, list);
    expect(importErrors.value).toBe(3);
    toggleRow(1);
    expect(importErrors.value).toBe(1);
    toggleRow(2);
    expect(importErrors.value).toBe(0);
    chooseRows('readable');
    expect([...leftOut.value].toSorted((a, b) => a - b)).toEqual([2, 3]);
    expect(importErrors.value).toBe(0);
  });

  it('are never enough for the panel where they are not for the server, nor the other way round', () => {
    const row = fc.integer({ min: 1, max: 6 });
    const finding = fc.oneof(
      fc.tuple(row, row).map(([one, other]) => overlap(one, other)),
      row.map(one => ({ code: 'ring-crosses-itself', severity: 'error', row: one }) as const),
      row.map(one => ({ code: 'gap-between-rows', severity: 'warning', row: one, params: { other: 1 } }) as const),
      fc.constant({ code: 'zones-mixed', severity: 'error' } as const),
    );
    fc.assert(
      fc.property(fc.array(finding, { maxLength: 8 }), fc.uniqueArray(row), (findings, left) => {
        const list = new FindingList();
        for (const one of findings) list.report(one);
        importAnswer.value = answerOf(6, list);
        leftOut.value = new Set(left);
        const chosen = left.length === 0 ? undefined : new Set([1, 2, 3, 4, 5, 6].filter(one => !left.includes(one)));
        expect(importErrors.value).toBe(refuses(list.faults, chosen));
      }),
      { numRuns: 500 },
    );
  });
});
