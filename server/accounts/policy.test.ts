import { describe, expect, it } from 'vitest';
import { PUBLIC_VIEWER, type Role, type Viewer } from '../platform/viewer.ts';
import { ACTIONS, assertCan, can } from './policy.ts';

const OWN = 7;
const OTHER = 8;
const as = (role: Role): Viewer => ({ accountId: 1, username: role, role, organisationIds: new Set([OWN]) });
const allowedOn = (role: Role, organisationId?: number): string[] =>
  ACTIONS.filter(action => can(as(role), action, { organisationId })).toSorted();

describe('who may do what', () => {
  it('lets the public do nothing that is not public', () => {
    expect(ACTIONS.filter(action => can(PUBLIC_VIEWER, action, { organisationId: OWN }))).toEqual([]);
    expect(() => assertCan(PUBLIC_VIEWER, 'land.write', { organisationId: OWN })).toThrow('sign-in-required');
  });

  it('keeps a manager to the land of the own organisation', () => {
    expect(allowedOn('manager', OWN)).toContain('land.write');
    expect(allowedOn('manager', OTHER)).toEqual(['job.cancel', 'job.read', 'scene.write', 'token.create']);
    expect(() => assertCan(as('manager'), 'land.write', { organisationId: OTHER })).toThrow('forbidden');
  });

  it('treats an unknown owner as somebody else', () => {
    expect(can(as('manager'), 'land.write')).toBe(false);
    expect(can(as('group'), 'period.publish', { organisationId: null })).toBe(false);
  });

  it('never lets a regulator or an ecologist touch land, boundaries or facilities', () => {
    for (const role of ['regulator', 'ecologist', 'steward'] as const) {
      for (const action of ['land.write', 'land.retract', 'boundary.edit', 'facility.write', 'mine.create'] as const) {
        expect(can(as(role), action, { organisationId: OWN }), `${role} ${action}`).toBe(false);
      }
    }
  });

  it('lets group headquarters publish what is theirs and change no site data', () => {
    expect(can(as('group'), 'period.publish', { organisationId: OWN })).toBe(true);
    expect(can(as('group'), 'period.publish', { organisationId: OTHER })).toBe(false);
    expect(can(as('group'), 'land.write', { organisationId: OWN })).toBe(false);
  });

  it('lets the administrator do everything in this table', () => {
    expect(allowedOn('admin')).toEqual([...ACTIONS].toSorted());
  });
});
