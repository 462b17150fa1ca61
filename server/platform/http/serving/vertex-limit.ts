import { MAX_VERTICES } from '../../../../gis/geometry/validate.ts';
import { AppError } from '../../errors.ts';

/**
 * Refuses a body whose geometries have more vertices than may be stored, before a schema walks through every one of them.
 * Only the lengths of rings are added up, so a drawing of any size costs a look at each ring.
 * @throws AppError `too-many-vertices` {count, limit}
 */
export function assertFewVertices(body: unknown, limit: number = MAX_VERTICES): void {
  const count = countVertices(body);
  if (count <= limit) return;
  const params = { count, limit };
  throw new AppError('too-many-vertices', params, {
    errors: [{ code: 'too-many-vertices', pointer: '/geometry/coordinates', params }],
  });
}

/** Vertices of the geometry of a Feature, or of a patch that carries one; of anything else 0, which the schema judges. */
function countVertices(body: unknown): number {
  const geometry = member(body, 'geometry');
  let count = 0;
  // A list and no recursion: nesting is as deep as whoever sent it likes.
  const open: unknown[] = [member(geometry, 'coordinates')];
  for (let list = open.pop(); list !== undefined; list = open.pop()) {
    if (!Array.isArray(list)) continue;
    const [first] = list as readonly unknown[];
    if (Array.isArray(first) && !Array.isArray(first[0])) count += list.length;
    else if (Array.isArray(first)) for (const inner of list as readonly unknown[]) open.push(inner);
  }
  return count;
}

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
