import type { Queryable } from '../platform/db/database.ts';
import type { Role } from '../platform/viewer.ts';
import type { AccountsService } from './accounts.service.ts';

export const DEMO_PASSWORD = 'demo';

/** One account a role, named like it: what the demonstration offers to try. */
export const DEMO_USERNAMES: readonly Role[] = ['manager', 'ecologist', 'regulator', 'steward', 'group', 'admin'];

/** Adds the demo accounts; `organisationIds` says to which organisation each belongs (absent = none). */
export async function seedDemoAccounts(
  accounts: AccountsService,
  organisationIds: Partial<Record<Role, number>>,
  db?: Queryable,
): Promise<void> {
  for (const username of DEMO_USERNAMES) {
    const organisationId = organisationIds[username] ?? null;
    await accounts.ensureAccount({ username, password: DEMO_PASSWORD, role: username, organisationId }, db);
  }
}
