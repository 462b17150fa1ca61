import { expect, it } from 'vitest';
import { AppError } from '../../../platform/errors.ts';
import { mappingSchema } from '../mapping/mapping.ts';
import { parseField } from './parse-field.ts';
import { shortName } from './short-name.ts';

const refusalOf = (text: string): AppError => {
  try {
    parseField('mapping', text, mappingSchema);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('It was taken');
};

it('keeps the beginning of a long name, and never half of a character', () => {
  expect(shortName('a.txt')).toBe('a.txt');
  expect(shortName('x'.repeat(300))).toBe('x'.repeat(200));
  expect(shortName(`${'x'.repeat(198)}😀.txt`)).toBe(`${'x'.repeat(198)}😀`);
  expect(shortName(`${'x'.repeat(199)}😀.txt`)).toBe('x'.repeat(199));
});

it('says in both languages where a field is not what is described', () => {
  expect(refusalOf('{').code).toBe('import-field-not-json');
  for (const text of ['[]', 'null', '{"__proto__":{}}', '{"columns":[]}', '{"rows":[1.5]}']) {
    const { code, errors } = refusalOf(text);
    expect(code).toBe('import-field-invalid');
    expect(errors[0]?.pointer).toMatch(/^\/mapping/);
    expect(errors[0]?.params?.['message']).toEqual({
      en: expect.stringMatching(/[a-z]/) as string,
      zh: expect.stringMatching(/[\u4E00-\u9FFF]/) as string,
    });
  }
});

it('refuses text that a database would not keep, and takes what only looks like it', () => {
  const withRight = (text: string) => `{"defaults":{"rightRef":"${text}"}}`;
  expect(refusalOf(withRight('a\\ud83d')).code).toBe('text-unusable');
  for (const text of ['\\ud83d\\ude00', '\\\\ud83d'])
    expect(parseField('mapping', withRight(text), mappingSchema)?.defaults.rightRef).toBe(
      JSON.parse(`"${text}"`) as string,
    );
});
