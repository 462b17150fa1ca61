import { expect, it } from 'vitest';
import { AppError } from '../platform/errors.ts';
import { createTurns } from './turns.ts';

/** Work that ends when it is told to. */
function held(): { readonly work: () => Promise<string>; readonly end: () => void; readonly hasBegun: () => boolean } {
  let end = (): void => undefined;
  let begun = false;
  const gate = new Promise<void>(resolve => (end = resolve));
  return {
    work: async () => {
      begun = true;
      await gate;
      return 'done';
    },
    end: () => end(),
    hasBegun: () => begun,
  };
}

it('lets so many work at once, the others in their order, and refuses who would stand beyond the line', async () => {
  const inTurn = createTurns({ atOnce: 2, longestLine: 1, busyCode: 'import-busy' });
  const [first, second, third] = [held(), held(), held()];
  const all = [first, second, third].map(one => inTurn(one.work));
  await expect(inTurn(() => Promise.resolve())).rejects.toEqual(new AppError('import-busy'));
  expect([first, second, third].map(one => one.hasBegun())).toEqual([true, true, false]);
  second.end();
  await all[1];
  await Promise.resolve();
  expect(third.hasBegun()).toBe(true);
  first.end();
  third.end();
  expect(await Promise.all(all)).toEqual(['done', 'done', 'done']);
});

it('passes the turn on when work fails', async () => {
  const inTurn = createTurns({ atOnce: 1, longestLine: 1, busyCode: 'export-busy' });
  const failing = inTurn(() => Promise.reject(new Error('lost')));
  const next = inTurn(() => Promise.resolve('done'));
  await expect(failing).rejects.toThrow('lost');
  expect(await next).toBe('done');
});
