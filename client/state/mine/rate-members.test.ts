import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { computeAreas } from '../../../gis/ledger/areas.ts';
import { computeRates } from '../../../gis/ledger/rates.ts';
import {
  BASES,
  EVIDENCE_GRADES,
  SCOPES,
  STAGES,
  type Basis,
  type RateCode,
  type Scope,
} from '../../api/shapes/codes.ts';
import type { LandCell } from '../../api/shapes/land.ts';
import type { Resource } from '../resource.ts';
import { basis, openSide, openStage, rateCode, toggleSide, toggleStage } from '../selection.ts';
import { partition, restoration } from './land.ts';
import { boundaries } from './places.ts';
import { membersOf, openMembers } from './rate-members.ts';

const ready = <T>(target: Resource<T>, data: unknown): void => {
  target.state.value = { status: 'ready', data: data as T };
};

/** One cell of every stage in every scope, each of an area that no other sum can be mistaken for: powers of two. */
const cells = STAGES.flatMap((stage, row) =>
  SCOPES.slice(0, 2).map((scope, column) => ({
    type: 'Feature' as const,
    id: row * 2 + column + 1,
    geometry: { type: 'MultiPolygon', coordinates: [] },
    properties: {
      stage,
      scope,
      areaM2: 2 ** (row * 2 + column),
      since: '2020-01-01',
      eventId: 1,
      evidenceGrade: EVIDENCE_GRADES[0],
    },
  })),
) as unknown as readonly LandCell[];

const scope: readonly Scope[] = [SCOPES[0]];

function showRate(code: RateCode, counted: Basis): { numeratorM2: number; denominatorM2: number } {
  rateCode.value = code;
  basis.value = counted;
  const rows = cells.map(cell => cell.properties).filter(cell => scope.includes(cell.scope));
  const rates = computeRates({ areas: computeAreas(rows, counted), basis: counted, scope, newlyReclaimedM2: 0 });
  ready(restoration, { asAt: '2022-12-31', scope, rates });
  return rates[code];
}

const sumOf = (side: 'numerator' | 'denominator'): number | undefined => {
  const members = membersOf(side);
  return members?.kind === 'cells' ? members.cells.reduce((sum, cell) => sum + cell.properties.areaM2, 0) : undefined;
};

beforeEach(() => ready(partition, { features: cells }));
afterEach(() => {
  rateCode.value = 'RR1';
  basis.value = 'A';
  openSide.value = null;
  for (const one of [partition, restoration, boundaries]) one.state.value = { status: 'idle' };
});

describe('the polygons behind a rate', () => {
  for (const code of ['RR1', 'RR2', 'RR3'] as const) {
    it(`add up to both sides of ${code} as the ledger computes it, on every basis`, () => {
      for (const counted of BASES) {
        const rate = showRate(code, counted);
        expect(sumOf('numerator')).toBe(rate.numeratorM2);
        expect(sumOf('denominator')).toBe(rate.denominatorM2);
      }
    });
  }

  it('of RR5 are the reclaimed cells and the responsibility range that is valid that day', () => {
    const rate = showRate('RR5', 'A');
    const range = { kind: 'RESP', validFrom: '2010-01-01', validTo: null };
    ready(boundaries, [
      { ...range, id: 1 },
      { ...range, id: 2, validTo: '2022-12-31' },
      { ...range, id: 3, validFrom: '2023-01-01' },
      { ...range, id: 4, kind: 'LICENCE' },
    ]);
    expect(sumOf('numerator')).toBe(rate.numeratorM2);
    const members = membersOf('denominator');
    expect(members?.kind === 'boundaries' && members.boundaries.map(one => one.id)).toEqual([1]);
  });

  it('of RR4 do not exist: both sides are figures of a year', () => {
    showRate('RR4', 'A');
    expect(membersOf('numerator')).toEqual({ kind: 'figure', why: 'year' });
    expect(membersOf('denominator')).toEqual({ kind: 'figure', why: 'plan' });
  });

  it('come largest first, and only one thing is open at a time', () => {
    showRate('RR1', 'A');
    toggleSide('denominator');
    const members = openMembers.value;
    const areas = members?.kind === 'cells' ? members.cells.map(cell => cell.properties.areaM2) : [];
    expect(areas).toEqual(areas.toSorted((a, b) => b - a));
    toggleStage('DST');
    expect([openSide.value, openStage.value]).toEqual([null, 'DST']);
    toggleSide('numerator');
    expect([openSide.value, openStage.value]).toEqual(['numerator', null]);
  });
});
