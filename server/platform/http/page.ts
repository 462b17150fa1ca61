import { z } from 'zod';
import { AppError } from '../errors.ts';

/** `?limit=&cursor=` of every list; spread into the query schema of a route. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  cursor: z.string().max(500).optional().describe('nextCursor of the page before'),
};

/** A page of `item`: `{items, nextCursor}`; null = this was the last page. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** The sort key of the last item of a page, opaque to the caller. */
export const encodeCursor = (key: readonly unknown[]): string =>
  Buffer.from(JSON.stringify(key), 'utf8').toString('base64url');

/** @throws AppError `cursor-invalid` for anything that `encodeCursor` did not make */
export function decodeCursor<Key extends readonly unknown[]>(cursor: string): Key {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(key)) return key as unknown as Key;
  } catch (error) {
    throw new AppError('cursor-invalid', {}, { cause: error });
  }
  throw new AppError('cursor-invalid');
}
