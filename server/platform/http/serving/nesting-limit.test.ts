import { expect, it } from 'vitest';
import { AppError } from '../../errors.ts';
import { assertShallow } from './nesting-limit.ts';

function refusal(json: string, limit?: number): unknown {
  try {
    assertShallow(Buffer.from(json), limit);
  } catch (error) {
    return error instanceof AppError ? { code: error.code, ...error.params } : error;
  }
  return undefined;
}

it('counts lists and objects that stand in each other, and none that stand in a text', () => {
  expect(refusal('{"a":[{"b":[1]}]}', 4)).toBeUndefined();
  expect(refusal('{"a":[{"b":[1]}]}', 3)).toEqual({ code: 'body-too-deep', limit: 3 });
  expect(refusal('[[],[],{},[{}]]', 3)).toBeUndefined();
  expect(refusal(JSON.stringify(['[[{{', '\\"[[[', '\\\\', '"{']), 1)).toBeUndefined();
  // After an escaped backslash the text is at its end, and what follows counts again.
  expect(refusal(String.raw`["\\\\",[[]]]`, 2)).toMatchObject({ code: 'body-too-deep' });
  expect(refusal('["never ended [[[[', 1)).toBeUndefined();
});

it('refuses what could be parsed and not be written again, and takes any drawing', () => {
  const deep = '['.repeat(200_000) + ']'.repeat(200_000);
  expect(() => JSON.stringify(JSON.parse(deep))).toThrow(RangeError);
  expect(refusal(deep)).toMatchObject({ code: 'body-too-deep', limit: 64 });
  const rings = { type: 'MultiPolygon', coordinates: [[[[101, 36, 5]]]] };
  expect(refusal(JSON.stringify({ type: 'Feature', geometry: rings, properties: { attributes: {} } }))).toBeUndefined();
});
