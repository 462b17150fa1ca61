import { describe, expect, it } from 'vitest';
import type { Account, Role } from '../../api/shapes/session.ts';
import { mayReadEvents, whyNot } from './permissions.ts';

const account = (role: Role, organisationCode: string | null = 'MINE-A'): Account => ({
  id: 1,
  username: role,
  role,
  organisationCode,
});
const organisations = [
  { id: 1, code: 'GROUP', parentCode: null },
  { id: 2, code: 'COMPANY', parentCode: 'GROUP' },
  { id: 3, code: 'MINE-A', parentCode: 'COMPANY' },
  { id: 4, code: 'MINE-B', parentCode: 'COMPANY' },
].map(one => ({ ...one, nameZh: '', nameEn: '', kind: 'mine' as const, revision: 1 }));

describe('why a command is not to be had', () => {
  it('asks a stranger to sign in first', () => {
    expect(whyNot('land.write', null)).toBe('why.sign-in');
  });
  it('lets managers write in their own mine and below their company, nowhere else', () => {
    expect(whyNot('land.write', account('manager'), 'MINE-A', organisations)).toBeNull();
    expect(whyNot('land.write', account('manager', 'COMPANY'), 'MINE-B', organisations)).toBeNull();
    expect(whyNot('land.write', account('manager'), 'MINE-B', organisations)).toBe('why.other-organisation');
  });
  it('tells the other roles who may', () => {
    expect(whyNot('land.write', account('ecologist'), 'MINE-A', organisations)).toBe('why.land.write');
    expect(whyNot('period.publish', account('manager'), 'MINE-A', organisations)).toBe('why.period.publish');
    expect(whyNot('scene.write', account('regulator'))).toBe('why.scene.write');
  });
  it('lets the administrator do all of it anywhere', () => {
    for (const action of ['land.write', 'land.retract', 'period.publish', 'scene.write'] as const) {
      expect(whyNot(action, account('admin', null), 'MINE-B', organisations)).toBeNull();
    }
  });
});

describe('who is asked to look at single events', () => {
  it('keeps the public out, and managers and group offices to their own', () => {
    expect(mayReadEvents(null, 'MINE-A', organisations)).toBe(false);
    expect(mayReadEvents(account('manager'), 'MINE-A', organisations)).toBe(true);
    expect(mayReadEvents(account('manager'), 'MINE-B', organisations)).toBe(false);
    expect(mayReadEvents(account('group', 'GROUP'), 'MINE-B', organisations)).toBe(true);
  });
  it('lets the other roles read everywhere', () => {
    for (const role of ['ecologist', 'regulator', 'steward', 'admin'] as const) {
      expect(mayReadEvents(account(role), 'MINE-B', organisations)).toBe(true);
    }
  });
});
