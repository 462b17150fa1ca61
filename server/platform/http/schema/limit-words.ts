import type { InBoth } from './in-both.ts';

/** What is counted where a limit is not one of the value itself. */
const UNITS: Readonly<Record<string, { readonly one: string; readonly many: string; readonly zh: string }>> = {
  string: { one: 'character', many: 'characters', zh: '个字符' },
  array: { one: 'item', many: 'items', zh: '项' },
  set: { one: 'item', many: 'items', zh: '项' },
  map: { one: 'item', many: 'items', zh: '项' },
};

/** How much there must be, or may be. */
export function limitWords(
  origin: string,
  side: 'least' | 'most',
  limit: number | bigint,
  {
    inclusive = true,
    exact = false,
  }: { readonly inclusive?: boolean | undefined; readonly exact?: boolean | undefined },
): InBoth {
  const unit = UNITS[origin];
  if (!unit) return ofValue(side, limit, inclusive);
  const counted = `${limit} ${Number(limit) === 1 ? unit.one : unit.many}`;
  if (exact) return { en: `Must have exactly ${counted}`, zh: `必须恰好有 ${limit} ${unit.zh}` };
  if (side === 'most') return { en: `May have ${counted} at most`, zh: `最多 ${limit} ${unit.zh}` };
  if (Number(limit) === 1) return { en: 'Must not be empty', zh: '不能为空' };
  return { en: `Must have ${counted} at least`, zh: `至少 ${limit} ${unit.zh}` };
}

function ofValue(side: 'least' | 'most', limit: number | bigint, inclusive: boolean): InBoth {
  if (side === 'least') {
    return inclusive
      ? { en: `Must be ${limit} or more`, zh: `不得小于 ${limit}` }
      : { en: `Must be more than ${limit}`, zh: `必须大于 ${limit}` };
  }
  return inclusive
    ? { en: `Must be ${limit} or less`, zh: `不得大于 ${limit}` }
    : { en: `Must be less than ${limit}`, zh: `必须小于 ${limit}` };
}
