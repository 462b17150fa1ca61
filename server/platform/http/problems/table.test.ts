import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../threads.ts';
import { problemTable } from './table.ts';

const sources = readdirSync(join(packageRoot, 'server'), { recursive: true, encoding: 'utf8' })
  .filter(path => path.endsWith('.ts') && !path.endsWith('.test.ts'))
  .map(path => ({ path, text: readFileSync(join(packageRoot, 'server', path), 'utf8') }));
const placeholders = (sentence: string): string[] =>
  [...sentence.matchAll(/\{(\w+)\}/g)].map(match => match[1] ?? '').toSorted();

describe('the table of problems', () => {
  it('has a status of a refusal, and sentences in both languages with the same placeholders', () => {
    const wrong = Object.entries(problemTable).filter(
      ([code, { status, en, zh }]) =>
        !/^[a-z][a-z0-9-]*$/.test(code) ||
        status < 400 ||
        status > 599 ||
        en.trim() === '' ||
        !/[\u4e00-\u9fff]/.test(zh) ||
        String([...new Set(placeholders(en))]) !== String([...new Set(placeholders(zh))]),
    );
    expect(wrong.map(([code]) => code)).toEqual([]);
  });

  it('knows every code that the server throws by name', () => {
    const thrown = sources.flatMap(({ path, text }) =>
      [...text.matchAll(/new AppError\(\s*'([^']+)'/g)].map(match => ({ path, code: match[1] ?? '' })),
    );
    expect(thrown.length).toBeGreaterThan(30);
    expect(thrown.filter(({ code }) => !(code in problemTable))).toEqual([]);
  });

  it('takes in every list of its folder', () => {
    const folder = join(packageRoot, 'server/platform/http/problems');
    const table = readFileSync(join(folder, 'table.ts'), 'utf8');
    const lists = readdirSync(folder).filter(name => !/^(table|nouns)\b/.test(name));
    expect(lists.filter(name => !table.includes(`'./${name}'`))).toEqual([]);
  });
});
