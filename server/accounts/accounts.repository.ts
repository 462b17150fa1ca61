import type { Queryable } from '../platform/db/database.ts';
import type { Role } from '../platform/viewer.ts';

export interface AccountRow {
  readonly id: number;
  readonly username: string;
  readonly passwordHash: string;
  readonly role: Role;
  readonly organisationId: number | null;
  readonly organisationCode: string | null;
}

const COLUMNS = {
  id: 'account.id',
  username: 'account.username',
  passwordHash: 'account.password_hash',
  role: 'account.role',
  organisationId: 'account.organisation_id',
  organisationCode: 'organisation.code',
};

const accounts = (db: Queryable) =>
  db('account')
    .leftJoin('organisation', 'organisation.id', 'account.organisation_id')
    .whereNull('account.disabled_at')
    .select<AccountRow[]>(COLUMNS);

export async function findAccountByName(db: Queryable, username: string): Promise<AccountRow | undefined> {
  return (await accounts(db).where('account.username', username))[0];
}

export async function insertAccountOnce(
  db: Queryable,
  account: { username: string; passwordHash: string; role: Role; organisationId: number | null },
): Promise<void> {
  await db('account')
    .insert({
      username: account.username,
      password_hash: account.passwordHash,
      role: account.role,
      organisation_id: account.organisationId,
    })
    .onConflict('username')
    .ignore();
}

/** Ids of an organisation and of all below it. */
export async function listOrganisationTree(db: Queryable, rootId: number): Promise<number[]> {
  const rows = await db
    .withRecursive('tree', query => {
      void query
        .select('id')
        .from('organisation')
        .where('id', rootId)
        .union(below => {
          void below.select('organisation.id').from('organisation').join('tree', 'tree.id', 'organisation.parent_id');
        });
    })
    .select<{ id: number }[]>('id')
    .from('tree');
  return rows.map(row => row.id);
}

export async function insertSession(
  db: Queryable,
  session: { tokenHash: Buffer; accountId: number; expiresAt: Date },
): Promise<void> {
  await db('session').insert({
    token_hash: session.tokenHash,
    account_id: session.accountId,
    expires_at: session.expiresAt,
  });
}

/** The account of a session that is neither past its end nor idle since `idleSince`. */
export async function findAccountBySession(
  db: Queryable,
  tokenHash: Buffer,
  idleSince: Date,
): Promise<AccountRow | undefined> {
  const rows = await accounts(db)
    .join('session', 'session.account_id', 'account.id')
    .where('session.token_hash', tokenHash)
    .where('session.last_seen_at', '>', idleSince)
    .whereRaw('session.expires_at > now()');
  return rows[0];
}

/** Writes at most once a minute a session: reading a page must not be a stream of writes. */
export async function touchSession(db: Queryable, tokenHash: Buffer): Promise<void> {
  await db('session')
    .where('token_hash', tokenHash)
    .whereRaw(`last_seen_at < now() - interval '1 minute'`)
    .update({ last_seen_at: db.fn.now() });
}

export async function deleteSession(db: Queryable, tokenHash: Buffer): Promise<void> {
  await db('session').where('token_hash', tokenHash).delete();
}

export async function deleteEndedSessions(db: Queryable): Promise<void> {
  await db('session').whereRaw('expires_at <= now()').delete();
}

export async function insertToken(
  db: Queryable,
  token: { tokenHash: Buffer; accountId: number; name: string; expiresAt: Date },
): Promise<number> {
  const rows = await db('api_token')
    .insert({
      token_hash: token.tokenHash,
      account_id: token.accountId,
      name: token.name,
      expires_at: token.expiresAt,
    })
    .returning<{ id: number }[]>('id');
  return (rows[0] as { id: number }).id;
}

export async function findAccountByToken(db: Queryable, tokenHash: Buffer): Promise<AccountRow | undefined> {
  const rows = await accounts(db)
    .join('api_token', 'api_token.account_id', 'account.id')
    .where('api_token.token_hash', tokenHash)
    .whereNull('api_token.revoked_at')
    .whereRaw('api_token.expires_at > now()');
  return rows[0];
}
