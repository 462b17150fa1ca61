import { z } from 'zod';
import type { ErrorDetail } from '../../errors.ts';

const bare = (name: string): string => name.toLowerCase().replace(/[-_.]/g, '');

/**
 * Parameters of an address that nobody knows are left alone (links carry marks of their own). But one that differs from a known one by its
 * capitals or hyphens alone is meant: `asat` would answer with the figures of today as if they were those of the day that was asked for.
 */
export function misspeltParameters(schema: z.ZodType | undefined, given: object): ErrorDetail[] {
  if (!(schema instanceof z.ZodObject)) return [];
  const known = Object.keys(schema.shape);
  return Object.keys(given)
    .filter(name => !known.includes(name))
    .flatMap(name => {
      const meant = known.find(one => bare(one) === bare(name));
      if (meant === undefined) return [];
      const message = { en: `There is no ${name}; is it ${meant}?`, zh: `没有参数 ${name}；是否为 ${meant}？` };
      return [{ code: 'parameter-misspelt', pointer: `query: ${name}`, params: { message } }];
    });
}
