import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { inBoth } from './in-both.ts';
import { schemaDetail } from './schema-detail.ts';

function told(schema: z.ZodType, value: unknown): unknown[] {
  const { error } = schema.safeParse(value, { reportInput: true });
  return (error?.issues ?? []).map(issue => {
    const { message } = schemaDetail(issue, '/').params as { message: { en: string; zh: string } };
    return [message.en, message.zh];
  });
}

describe('a fault that a schema finds', () => {
  it.each([
    [z.object({ a: z.string() }), {}, 'Missing; expected text', '缺少此项，应为文本'],
    [z.string(), 5, 'Expected text, got 5', '应为文本，实际为 5'],
    [z.int(), 2.5, 'Expected a whole number, got 2.5', '应为整数，实际为 2.5'],
    [z.number(), 'x', 'Expected a number, got the text "x"', '应为数字，实际为文本“x”'],
    [z.coerce.number(), 'x', 'Expected a number, got what is no finite number', '应为数字，实际为非有限数值'],
    [z.boolean(), null, 'Expected true or false, got null', '应为 true 或 false，实际为 null'],
    [z.array(z.int()), {}, 'Expected a list, got an object', '应为列表，实际为对象'],
    [z.record(z.string(), z.int()), [], 'Expected an object, got a list', '应为对象，实际为列表'],
    [
      z.enum(['bare', 'forest']),
      'sea',
      'Expected one of bare, forest, got the text "sea"',
      '应为以下之一：bare、forest，实际为文本“sea”',
    ],
    [z.literal('Feature'), 'F', 'Expected Feature, got the text "F"', '应为 Feature，实际为文本“F”'],
    [z.string().min(1), '', 'Must not be empty', '不能为空'],
    [z.string().max(3), '山水林田', 'May have 3 characters at most', '最多 3 个字符'],
    [z.array(z.int()).min(2), [1], 'Must have 2 items at least', '至少 2 项'],
    [z.string().length(1), '', 'Must have exactly 1 character', '必须恰好有 1 个字符'],
    [z.number().min(2), 1, 'Must be 2 or more', '不得小于 2'],
    [z.number().positive(), 0, 'Must be more than 0', '必须大于 0'],
    [z.number().lt(5), 5, 'Must be less than 5', '必须小于 5'],
    [z.number().multipleOf(5), 3, 'Must be a multiple of 5', '必须是 5 的倍数'],
    [z.strictObject({}), { q: 1, r: 2 }, 'Not a known field: q, r', '未知的字段：q、r'],
    [
      z.strictObject({}),
      Object.fromEntries(Array.from({ length: 12 }, (_unused, i) => [`k${i}`, i])),
      'Not a known field: k0, k1, k2, k3, k4, k5, k6, k7, k8, k9 and 2 more',
      '未知的字段：k0、k1、k2、k3、k4、k5、k6、k7、k8、k9 等 12 个',
    ],
    [
      z.strictObject({}),
      { ['x'.repeat(5000)]: 1 },
      `Not a known field: ${'x'.repeat(40)}…`,
      `未知的字段：${'x'.repeat(40)}…`,
    ],
    [
      z.iso.date(),
      '2022-02-30',
      'Expected a calendar date such as 2026-05-31, got the text "2022-02-30"',
      '应为实际存在的日期，例如 2026-05-31，实际为文本“2022-02-30”',
    ],
    [
      z.string().regex(/^a+$/),
      'b',
      'Expected text of the form /^a+$/, got the text "b"',
      '应为符合以下格式的文本：/^a+$/，实际为文本“b”',
    ],
    [z.string().regex(/^a+$/, inBoth('only the letter a', '只能为字母 a')), 'b', 'only the letter a', '只能为字母 a'],
    [
      z.union([z.string(), z.array(z.int())]),
      [1.5],
      'None of the permitted forms fits (Expected text, got a list; or: 0: Expected a whole number, got 1.5)',
      '不符合任何允许的形式（应为文本，实际为列表；或：0：应为整数，实际为 1.5）',
    ],
    [
      z.discriminatedUnion('type', [
        z.object({ type: z.literal('Polygon') }),
        z.object({ type: z.literal('MultiPolygon') }),
      ]),
      { type: 'Point' },
      'Expected one of Polygon, MultiPolygon, got the text "Point"',
      '应为以下之一：Polygon、MultiPolygon，实际为文本“Point”',
    ],
    [
      z.record(z.string().max(1), z.int()),
      { ab: 1 },
      'This name cannot be used: May have 1 character at most',
      '不能使用此名称：最多 1 个字符',
    ],
  ])('is told in both languages (%#)', (schema, value, en, zh) => {
    expect(told(schema, value)).toEqual([[en, zh]]);
  });

  it('tells the beginning of a long text only', () => {
    expect(JSON.stringify(told(z.int(), 'x'.repeat(1000)))).toHaveLength(
      JSON.stringify(told(z.int(), 'x'.repeat(40))).length + 2,
    );
  });
});
