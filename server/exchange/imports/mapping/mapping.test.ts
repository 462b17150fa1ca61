import { describe, expect, it } from 'vitest';
import { mapRow } from './map-row.ts';
import { mappingSchema } from './mapping.ts';
import { readDate } from './read-date.ts';
import { fieldsKey, suggestMapping } from './suggest-mapping.ts';

const row = (attributes: Record<string, string | number | null>) => ({
  number: 7,
  attributes,
  declaredAreaM2: undefined,
});

describe('dates', () => {
  it.each([
    ['2021-3-4', '2021-03-04'],
    ['2021/03/04', '2021-03-04'],
    ['2021年3月4日', '2021-03-04'],
    ['２０２１．３．４', '2021-03-04'],
    ['20210304', '2021-03-04'],
    [20_210_304, '2021-03-04'],
    [44_259, '2021-03-04'],
    ['44259', '2021-03-04'],
    [1_614_816_000_000, '2021-03-04'],
    ['2021-02-30', undefined],
    ['spring', undefined],
    [12, undefined],
    [null, undefined],
  ])('reads %s as %s', (value, expected) => {
    expect(readDate(value)).toBe(expected);
  });
});

describe('rows to events', () => {
  it('takes codes, names in both languages, and what the mapping says', () => {
    const mapping = mappingSchema.parse({
      columns: { stage: 's', effectiveOn: 'd', scope: 'o' },
      values: { stage: { 挖: 'DST' } },
    });
    const stageOf = (stage: string) => {
      const mapped = mapRow(row({ s: stage, d: '2020-01-01', o: '历史遗留' }), mapping);
      return 'properties' in mapped
        ? [mapped.properties.stage, mapped.properties.scope]
        : mapped.findings.map(({ code }) => code);
    };
    expect(stageOf('挖')).toEqual(['DST', 'LEG']);
    expect(stageOf('rdy')).toEqual(['RDY', 'LEG']);
    expect(stageOf('验收合格')).toEqual(['CMP', 'LEG']);
    expect(stageOf('disturbed, in use')).toEqual(['DST', 'LEG']);
    expect(stageOf('gone')).toEqual(['stage-unknown']);
    expect(stageOf('constructor')).toEqual(['stage-unknown']);
  });

  it('fills empty cells with the value for all, and says what is missing', () => {
    const mapping = mappingSchema.parse({
      columns: { stage: 's' },
      defaults: { stage: 'RDY', effectiveOn: '2020-01-01' },
    });
    expect(mapRow(row({ s: null }), mapping)).toMatchObject({
      properties: { stage: 'RDY', scope: 'LIC', evidenceGrade: 'E0' },
    });
    const nothing = mapRow(row({}), mappingSchema.parse({}));
    expect(nothing).toEqual({ findings: [{ code: 'mapping-incomplete', severity: 'error', row: 7 }] });
  });

  it('guesses columns by heading and content, and knows the same columns in another order', () => {
    const sample = [{ 治理状态: '覆土', 测量日期: '2020/1/1', 备注: '2020/1/1' }];
    expect(suggestMapping(['备注', '治理状态', '测量日期'], sample).columns).toEqual({
      stage: '治理状态',
      effectiveOn: '测量日期',
    });
    const words = ['挖损', '已复垦', '覆 土', 'CMP', '说不清', 'constructor'].map(治理状态 => ({ 治理状态 }));
    expect(suggestMapping(['治理状态'], words).values).toEqual({
      stage: { 挖损: 'DST', 已复垦: 'EST', '覆 土': 'SOI', CMP: 'CMP' },
    });
    // What the panel itself calls the column, in either language; not the state of something else.
    for (const heading of ['状态', '土地状态', 'Status', 'stage'])
      expect(suggestMapping([heading], [{ [heading]: '挖损' }]).columns).toEqual({ stage: heading });
    expect(suggestMapping(['审批状态'], [{ 审批状态: '挖损' }]).columns).toEqual({});
    expect(fieldsKey('csv', ['a', 'b'])).toBe(fieldsKey('csv', ['b', 'a']));
    expect(fieldsKey('csv', ['a', 'b'])).not.toBe(fieldsKey('xlsx', ['a', 'b']));
  });
});

it('takes no column from what every object has', () => {
  const mapping = mappingSchema.parse({ columns: { stage: 'toString' }, defaults: { effectiveOn: '2024-01-01' } });
  expect(mapRow(row({}), mapping)).toMatchObject({ findings: [{ code: 'mapping-incomplete' }] });
});
