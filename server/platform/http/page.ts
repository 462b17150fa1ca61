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

/** What lists are sorted by, for `decodeCursor`. */
export const cursorKey = {
  id: z.tuple([z.int()]),
  uuid: z.tuple([z.guid()]),
  text: z.tuple([z.string()]),
  dateAndId: z.tuple([z.iso.date(), z.int()]),
  dateIdAndTarget: z.tuple([z.iso.date(), z.int(), z.union([z.int(), z.guid()])]),
} as const;

/**
 * Anybody can write a cursor, and its parts go into SQL as they are: so they are checked as any other input is.
 * @throws AppError `cursor-invalid` for anything that `encodeCursor` did not make for a list sorted by `key`
 */
export function decodeCursor<Key extends readonly unknown[]>(cursor: string, key: z.ZodType<Key>): Key {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch (error) {
    throw new AppError('cursor-invalid', {}, { cause: error });
  }
  const parsed = key.safeParse(value);
  if (!parsed.success) throw new AppError('cursor-invalid');
  return parsed.data;
}
