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
const encodeCursor = (key: readonly unknown[]): string =>
  Buffer.from(JSON.stringify(key), 'utf8').toString('base64url');

/**
 * A page of rows that were asked for with one more than `limit`, which tells whether there is another page. `keyOf` answers what the list is
 * sorted by.
 */
export function cutPage<Row>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => readonly unknown[],
): { items: Row[]; nextCursor: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? encodeCursor(keyOf(last)) : null };
}

/** What lists are sorted by, for `startAfter`. */
export const cursorKey = {
  id: z.tuple([z.int()]),
  uuid: z.tuple([z.guid()]),
  text: z.tuple([z.string()]),
  dateAndId: z.tuple([z.iso.date(), z.int()]),
  dateIdAndTarget: z.tuple([z.iso.date(), z.int(), z.union([z.int(), z.guid()])]),
} as const;

/**
 * The sort key after which a page begins; none for the first page. Anybody can write a cursor, and its parts go into SQL as they are: so
 * they are checked as any other input is.
 * @throws AppError `cursor-invalid` for anything that `cutPage` did not make for a list sorted by `key`
 */
export function startAfter<Key extends readonly unknown[]>(cursor: string | undefined, key: z.ZodType<Key>): Key | [] {
  if (cursor === undefined) return [];
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
