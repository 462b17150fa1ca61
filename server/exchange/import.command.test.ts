import { describe, expect, it } from 'vitest';
import { parseImportArguments } from './import.command.ts';

describe('regreen import', () => {
  it('takes files, a mine and what holds for all rows', () => {
    expect(
      parseImportArguments(['a.zip', 'b.txt', '--mine', 'QH-1', '--check', '--stage', 'DST', '--on', '2020-01-01']),
    ).toEqual({
      files: ['a.zip', 'b.txt'],
      mineCode: 'QH-1',
      isCheck: true,
      mapping: undefined,
      fixes: undefined,
      defaults: { stage: 'DST', effectiveOn: '2020-01-01' },
      token: undefined,
    });
  });

  it.each([
    [['--mine', 'QH-1'], 'no file is named'],
    [['a.zip'], '--mine is missing'],
    [['a.zip', '--mine', 'QH-1', '--force'], "Unknown option '--force'"],
  ])('says what is wrong with %j', (argv, fault) => {
    const parsed = parseImportArguments(argv);
    expect('fault' in parsed ? parsed.fault : '').toContain(fault);
  });
});
