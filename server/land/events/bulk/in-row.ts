import { AppError } from '../../../platform/errors.ts';

/** The same error, with the row of the file that it is about in its params. */
export const withRow = (error: AppError, row: number): AppError =>
  new AppError(error.code, { ...error.params, row }, { cause: error, errors: error.errors });

/** Does the work for a row; what it throws names the row. */
export function inRow(row: number, work: () => void): void {
  try {
    work();
  } catch (error) {
    throw error instanceof AppError ? withRow(error, row) : error;
  }
}

export async function inRowAsync<T>(row: number, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof AppError ? withRow(error, row) : error;
  }
}
