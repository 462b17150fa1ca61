import { describe, expect, it } from 'vitest';
import type { SensitivityCategory } from '../../gis/sensitivity/category.ts';
import type { Viewer } from '../platform/viewer.ts';
import { mayReadExact, placeAudience, placeScopeOf } from './policy.ts';

const OWN = 7;
const viewer = (role: Viewer['role']): Viewer => ({
  accountId: role === 'public' ? null : 1,
  username: role,
  role,
  organisationIds: new Set([OWN]),
});
const categories: readonly SensitivityCategory[] = [0, 1, 2, 3, 4];

describe('who reads exact places', () => {
  it.each([
    ['public', [0]],
    ['group', [0]],
    ['admin', [0]],
    ['manager', [0]],
    ['regulator', [0, 2, 3, 4]],
    ['ecologist', [0, 1, 2, 3, 4]],
    ['steward', [0, 1, 2, 3, 4]],
  ] as const)('%s', (role, readable) => {
    expect(categories.filter(category => mayReadExact(viewer(role), category))).toEqual(readable);
  });

  it('treats an unknown role as the public', () => {
    const stranger = { ...viewer('ecologist'), role: 'auditor' } as unknown as Viewer;
    expect(placeScopeOf(stranger)).toEqual({ store: 'public' });
    expect(mayReadExact(stranger, 4)).toBe(false);
  });

  it('gives one audience to those who see the same', () => {
    const audience = (role: Viewer['role']): string => placeAudience(placeScopeOf(viewer(role)));
    expect(audience('ecologist')).toBe(audience('steward'));
    expect(audience('regulator')).not.toBe(audience('steward'));
    for (const role of ['manager', 'group', 'admin'] as const) expect(audience(role)).toBe('public');
  });
});
