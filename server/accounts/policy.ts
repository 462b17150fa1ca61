import { AppError, forbidden } from '../platform/errors.ts';
import type { Role, Viewer } from '../platform/viewer.ts';

/**
 * Who may do what: the only table of it. `own` = the thing belongs to the viewer's organisation or to one below it;
 * `any` = whoever's it is; absent = never. Places of sensitive species have a table of their own
 * (`server/biodiversity/policy.ts`), because there even `admin` may not look.
 */
const RULES = {
  'account.manage': { admin: 'any' },
  'token.create': { manager: 'any', ecologist: 'any', regulator: 'any', steward: 'any', group: 'any', admin: 'any' },
  'mine.create': { manager: 'own', group: 'own', admin: 'any' },
  'mine.edit': { manager: 'own', group: 'own', admin: 'any' },
  'boundary.edit': { manager: 'own', group: 'own', admin: 'any' },
  'land.write': { manager: 'own', admin: 'any' },
  'land.retract': { manager: 'own', admin: 'any' },
  'land.readWorking': {
    manager: 'own',
    group: 'own',
    ecologist: 'any',
    regulator: 'any',
    steward: 'any',
    admin: 'any',
  },
  'period.publish': { group: 'own', admin: 'any' },
  'plan.write': { manager: 'own', group: 'own', admin: 'any' },
  'facility.write': { manager: 'own', admin: 'any' },
  'habitat.write': { ecologist: 'any', steward: 'any', admin: 'any' },
  'occurrence.write': { ecologist: 'any', steward: 'any', admin: 'any' },
  'taxon.write': { steward: 'any', admin: 'any' },
  'scene.write': { manager: 'any', ecologist: 'any', group: 'any', admin: 'any' },
  'scene.writeOfMine': { manager: 'own', ecologist: 'any', group: 'own', admin: 'any' },
  'reference.write': { ecologist: 'any', regulator: 'any', admin: 'any' },
  // One's own; `admin` everybody's (`platform/jobs`, which knows who asked for what).
  'job.cancel': { manager: 'any', ecologist: 'any', regulator: 'any', steward: 'any', group: 'any', admin: 'any' },
  'job.read': { manager: 'any', ecologist: 'any', regulator: 'any', steward: 'any', group: 'any', admin: 'any' },
} as const satisfies Record<string, Partial<Record<Role, 'own' | 'any'>>>;

export type Action = keyof typeof RULES;

/** Whose the thing is that the action touches. Left out for things that belong to nobody in particular. */
export interface Resource {
  readonly organisationId?: number | null | undefined;
}

/** Deny by default: an action without a rule for the role, or `own` without an owner, is refused. */
export function can(viewer: Viewer, action: Action, resource: Resource = {}): boolean {
  if (viewer.role === 'public') return false;
  const rule = (RULES[action] as Partial<Record<Role, 'own' | 'any'>>)[viewer.role];
  if (rule === 'any') return true;
  if (rule !== 'own') return false;
  return resource.organisationId != null && viewer.organisationIds.has(resource.organisationId);
}

/** @throws AppError `sign-in-required` for the public, `forbidden` for everybody else who may not */
export function assertCan(viewer: Viewer, action: Action, resource: Resource = {}): void {
  if (can(viewer, action, resource)) return;
  if (viewer.role === 'public') throw new AppError('sign-in-required', { action });
  throw forbidden(action);
}

/** Every action, for the test that walks the whole table. */
export const ACTIONS = Object.keys(RULES) as readonly Action[];
