import { describe, expect, it } from 'vitest';
import { parseExportArguments } from './export.command.ts';

describe('regreen export', () => {
  it('reads its arguments as the interface reads its query', () => {
    expect(
      parseExportArguments([
        '--what',
        'land',
        '--format',
        'gpkg',
        '--mine',
        '2,1,2',
        '--as-at',
        '2021-12-31',
        '--out',
        'x',
      ]),
    ).toEqual({
      query: { what: 'land', format: 'gpkg', mine: [2, 1], asAt: '2021-12-31' },
      token: undefined,
      out: 'x',
    });
  });

  it.each([
    [['--what', 'land'], '--out is missing'],
    [['--what', 'soil', '--out', 'x'], '--what: '],
    [['--what', 'land', '--as-at', '2021-02-30', '--out', 'x'], '--as-at: '],
    [['--what', 'land', '--size', '3', '--out', 'x'], "Unknown option '--size'"],
    [['--out', 'x'], '--what: '],
  ])('says what is wrong with %j', (argv, fault) => {
    const parsed = parseExportArguments(argv);
    expect('fault' in parsed ? parsed.fault : '').toContain(fault);
  });
});
