import type { Account, Role } from '../../api/shapes/session.ts';
import type { Organisation } from '../../api/shapes/mines.ts';
import type { Key } from '../../i18n/t.ts';

/** Commands of this client that not everybody may give. The server decides; this table only explains beforehand. */
export type Action = 'land.write' | 'land.retract' | 'period.publish' | 'scene.write';

/** A reason as a key of the catalogue; none of them takes a placeholder. */
export type WhyKey = Extract<Key, `why.${string}`>;

interface Rule {
  readonly roles: readonly Role[];
  /** Roles that may do it for mines of their own organisation only. */
  readonly own: readonly Role[];
}

const RULES: Record<Action, Rule> = {
  'land.write': { roles: ['manager', 'admin'], own: ['manager'] },
  'land.retract': { roles: ['manager', 'admin'], own: ['manager'] },
  'period.publish': { roles: ['group', 'admin'], own: ['group'] },
  'scene.write': { roles: ['manager', 'ecologist', 'group', 'admin'], own: [] },
};

const READ_OWN_EVENTS: ReadonlySet<Role> = new Set(['manager', 'group']);

/**
 * Why the viewer may not do this, as a key of the catalogue; null when nothing speaks against it.
 * `mineOrganisation` is the code of the organisation that the mine belongs to, where the action has one.
 */
export function whyNot(
  action: Action,
  account: Account | null,
  mineOrganisation?: string,
  organisations: readonly Organisation[] = [],
): WhyKey | null {
  if (account === null) return 'why.sign-in';
  const rule = RULES[action];
  if (!rule.roles.includes(account.role)) return `why.${action}`;
  if (rule.own.includes(account.role) && mineOrganisation !== undefined) {
    return isUnder(mineOrganisation, account.organisationCode, organisations) ? null : 'why.other-organisation';
  }
  return null;
}

/**
 * Whether the viewer's role opens the working ledger of a mine: managers and group offices read below their own
 * organisation, the other roles everywhere, the public nowhere.
 */
export function mayReadEvents(
  account: Account | null,
  mineOrganisation: string | undefined,
  organisations: readonly Organisation[],
): boolean {
  if (account === null) return false;
  if (mineOrganisation === undefined || !READ_OWN_EVENTS.has(account.role)) return true;
  return isUnder(mineOrganisation, account.organisationCode, organisations);
}

/** Whether `code` is `root` or stands below it in the tree. An unknown tree is left to the server. */
function isUnder(code: string, root: string | null, organisations: readonly Organisation[]): boolean {
  if (root === null || organisations.length === 0) return true;
  const parents = new Map(organisations.map(one => [one.code, one.parentCode]));
  for (let at: string | null | undefined = code; at !== null && at !== undefined; at = parents.get(at)) {
    if (at === root) return true;
  }
  return false;
}
