import { AppError } from '../platform/errors.ts';

/** A few at a time, the others in their order. @throws AppError `export-busy` when the line is too long */
export function createTurns(atOnce: number, longestLine: number): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  const line: (() => void)[] = [];
  return async work => {
    if (running >= atOnce) {
      if (line.length >= longestLine) throw new AppError('export-busy');
      await new Promise<void>(resolve => line.push(resolve));
    } else running += 1;
    try {
      return await work();
    } finally {
      const next = line.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
