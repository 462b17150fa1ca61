import { describe, expect, it } from 'vitest';
import { FACILITY_TYPES, TAILINGS_STATUSES } from '../../facilities/reference/vocabulary.ts';
import { BOUNDARY_KINDS, MINE_METHODS, MINE_STATUSES } from '../../mines/reference/vocabulary.ts';
import { VOCABULARIES } from './vocabularies.ts';

describe('vocabularies', () => {
  it.each(Object.entries(VOCABULARIES))('%s: every code once, with a name in both languages', (_name, terms) => {
    expect(new Set(terms.map(term => term.code)).size).toBe(terms.length);
    for (const { nameZh, nameEn } of terms) {
      expect(nameZh).toMatch(/\S/);
      expect(nameEn).toMatch(/\S/);
    }
  });

  it.each([
    [VOCABULARIES.facilityTypes, FACILITY_TYPES],
    [VOCABULARIES.tailingsStatuses, TAILINGS_STATUSES],
    [VOCABULARIES.boundaryKinds, BOUNDARY_KINDS],
    [VOCABULARIES.methods, MINE_METHODS],
    [VOCABULARIES.mineStatuses, MINE_STATUSES],
  ])('names exactly the codes that are accepted', (terms, codes) => {
    expect(terms.map(term => term.code)).toEqual([...codes]);
  });
});
