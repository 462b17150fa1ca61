import { expect, it } from 'vitest';
import { createProgressBar } from './progress-bar.ts';

it('fills on a terminal, writes nothing that is shown already, and leaves an empty line', () => {
  const written: string[] = [];
  const bar = createProgressBar({ write: text => written.push(text), isTTY: true, columns: 28 });
  for (const fraction of [0, 0.001, 0.5, 1]) bar?.show(fraction);
  bar?.clear();
  expect(written).toEqual([
    `\r[${' '.repeat(20)}]   0 %`,
    `\r[${'#'.repeat(10)}${' '.repeat(10)}]  50 %`,
    `\r[${'#'.repeat(20)}] 100 %`,
    `\r${' '.repeat(28)}\r`,
  ]);
});

it('is none in a pipe', () => {
  expect(createProgressBar({ write: () => true })).toBeUndefined();
  expect(createProgressBar({ write: () => true, isTTY: false, columns: 80 })).toBeUndefined();
});
