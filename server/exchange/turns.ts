import { AppError } from '../platform/errors.ts';

type BusyCode = 'export-busy' | 'import-busy';

export interface TurnLimits {
  readonly atOnce: number;
  readonly longestLine: number;
  /** What is thrown when the line is too long. */
  readonly busyCode: BusyCode;
}

/** A few at a time, the others in their order. @throws AppError `busyCode` */
export function createTurns({ atOnce, longestLine, busyCode }: TurnLimits): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  const line: (() => void)[] = [];
  return async work => {
    if (running >= atOnce) {
      if (line.length >= longestLine) throw new AppError(busyCode);
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
