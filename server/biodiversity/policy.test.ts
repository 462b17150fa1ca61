import { describe, expect, it } from 'vitest';
import type { SensitivityCategory } from '../../gis/sensitivity/category.ts';
import type { Viewer } from '../platform/viewer.ts';
import { mayReadExact, placeAudience, placeScopeOf } from './policy.ts';

const viewer = (role: Viewer['role'], ...organisationIds: number[]): Viewer => ({
  accountId: role === 'public' ? null : 1,
  username: role,
  role,
  organisationIds: new Set(organisationIds),
});
const OWN = 7;
const OTHER = 8;
const categories: readonly SensitivityCategory[] = [0, 1, 2, 3, 4];

describe('who reads exact places', () => {
  it.each([
    ['public', OWN, [0]],
    ['group', OWN, [0]],
    ['admin', OWN, [0]],
    ['manager', OWN, [0, 4]],
    ['manager', OTHER, [0]],
    ['regulator', OTHER, [0, 2, 3, 4]],
    ['ecologist', OTHER, [0, 1, 2, 3, 4]],
    ['steward', OTHER, [0, 1, 2, 3, 4]],
  ] as const)('%s, mine of organisation %i', (role, owner, readable) => {
    const asking = viewer(role, OWN);
    expect(categories.filter(category => mayReadExact(asking, category, owner))).toEqual(readable);
  });

  it('treats an unknown role as the public', () => {
    const stranger = { ...viewer('manager', OWN), role: 'auditor' } as unknown as Viewer;
    expect(placeScopeOf(stranger)).toEqual({ store: 'public' });
    expect(mayReadExact(stranger, 4, OWN)).toBe(false);
  });

  it('gives one audience to those who see the same, in any order of organisations', () => {
    const audience = (who: Viewer): string => placeAudience(placeScopeOf(who));
    expect(audience(viewer('manager', 9, 7))).toBe(audience(viewer('manager', 7, 9)));
    expect(audience(viewer('manager', 7))).not.toBe(audience(viewer('manager', 7, 9)));
    expect(audience(viewer('ecologist'))).toBe(audience(viewer('steward', 3)));
    expect(audience(viewer('admin', 7))).toBe(audience(viewer('public')));
    expect(audience(viewer('manager'))).toBe('public');
  });
});
