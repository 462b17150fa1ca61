import { describe, expect, it } from 'vitest';
import { resolveStatuses, type StatusEntry } from './resolve-statuses.ts';

const entry = (match: StatusEntry['match'], name: string, level: string, exceptions: string[] = []): StatusEntry => ({
  list: 'CN_PLANT_2021',
  match,
  name,
  level,
  exceptions,
});
const cycas = { scientificName: 'Cycas revoluta', genus: 'Cycas', family: 'Cycadaceae' };

describe('protection of a taxon', () => {
  it('follows its genus when it has no entry of its own', () => {
    expect(resolveStatuses(cycas, [entry('genus', 'Cycas', 'I')])).toEqual([{ list: 'CN_PLANT_2021', level: 'I' }]);
  });
  it('lets its own entry beat the genus and the family', () => {
    const entries = [
      entry('family', 'Cycadaceae', 'III'),
      entry('genus', 'Cycas', 'I'),
      entry('species', 'Cycas revoluta', 'II'),
    ];
    expect(resolveStatuses(cycas, entries)).toEqual([{ list: 'CN_PLANT_2021', level: 'II' }]);
  });
  it('leaves out the exceptions of a genus', () => {
    expect(resolveStatuses(cycas, [entry('genus', 'Cycas', 'I', ['Cycas revoluta'])])).toEqual([]);
  });
  it('does not match a genus entry against a species name', () => {
    expect(resolveStatuses({ ...cycas, genus: null }, [entry('genus', 'Cycas', 'I')])).toEqual([]);
  });
});
